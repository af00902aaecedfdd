"""Answers of servers on this machine."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """Answer to a request: `headers` by name, as they were spelt."""

    status: int
    headers: dict[str, str]
    text: str


def get(address: str, **headers: str) -> Answer:
    """The answer to GET; raises ConnectionRefusedError if nobody listens."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())
    finally:
        connection.close()
