"""Limits of one request, and of all of them together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits of a server.

    Of a request: `body` bytes, `tokens`, `sentence` tokens in one sentence, `word` characters in one token. `waiting`
    requests at most wait for a model, `connections` at most are open. A client has `client_seconds` to send its
    request, a request `seconds` to be answered, the last ones `stop_seconds` when the server stops. Requests that wait
    are tagged together, up to `batch` tokens; 0 tags each alone.
    """

    body: int = 1_000_000
    tokens: int = 10_000
    sentence: int = 1_000
    word: int = 500
    waiting: int = 256
    connections: int = 1_000
    client_seconds: float = 10.0
    seconds: float = 30.0
    stop_seconds: float = 10.0
    batch: int = 8_192
