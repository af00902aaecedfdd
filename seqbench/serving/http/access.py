"""Access to a server: a token, names of this machine, headers of every answer; each request is counted and logged."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from seqbench.serving.http.metrics import Metrics

Log = Callable[[Mapping[str, object]], None]
"""Takes an event, as plain values."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_OPEN = frozenset({"/", "/page.js", "/page.css", "/health", "/openapi.json"})
"""Addresses that tell nothing of the models, and need no token."""
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_UNAUTHORIZED, _MISDIRECTED, _ERROR = 401, 421, 500


@dataclass(frozen=True)
class Guard:
    """Demands on a request: a name of the host among `hosts` (none: any), and the token, if there is one.

    A page of a stranger whose name leads to this machine has a name that is not among `hosts`.
    """

    token: str | None = None
    hosts: frozenset[str] = LOOPBACK

    def refusal(self, path: str, headers: Headers) -> tuple[int, str] | None:
        """Status and reason if the request may not pass."""
        if self.hosts and _name(headers.get("host", "")) not in self.hosts:
            return _MISDIRECTED, "this server answers to the names of its own machine only"
        if self.token is not None and path not in _OPEN:
            presented = headers.get("authorization", "").removeprefix("Bearer ")
            if not secrets.compare_digest(presented.encode(), self.token.encode()):
                return _UNAUTHORIZED, "the token is missing or wrong (Authorization: Bearer TOKEN)"
        return None


def _name(host: str) -> str:
    """The name of a host without its port: `[::1]:80`, `localhost:80`."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


class Access:
    """Middleware around the application: refuses, counts, logs, and answers for what nobody foresaw."""

    def __init__(self, app: ASGIApp, guard: Guard, metrics: Metrics, log: Log, paths: Collection[str]) -> None:
        self._app, self._guard, self._metrics, self._log, self._paths = app, guard, metrics, log, paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, answer = time.perf_counter(), _Answer(send)
        event: dict[str, object] = {"event": "request", "method": scope["method"], "path": scope["path"][:100]}
        try:
            refusal = self._guard.refusal(scope["path"], Headers(scope=scope))
            if refusal:
                await answer.refuse(*refusal)
            else:
                await self._app(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 -- the server outlives whatever a tagger raises, and says it
            event["error"] = f"{type(error).__name__}: {error}"
            await answer.refuse(_ERROR, "the server failed at this request; its log says why")
        self._tell(event, scope, answer.status, time.perf_counter() - start)

    def _tell(self, event: dict[str, object], scope: Scope, status: int, seconds: float) -> None:
        path = scope["path"] if scope["path"] in self._paths else "other"
        self._metrics.request(path, status, seconds)
        tokens = scope.get("state", {}).get("tokens")
        entry = {"status": status, "ms": round(1000 * seconds, 2), **({} if tokens is None else {"tokens": tokens})}
        self._log({**event, **entry})


class _Answer:
    """Sends an answer with the headers that every answer has, and knows its status."""

    def __init__(self, send: Send) -> None:
        self._send, self.status = send, 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)

    async def refuse(self, status: int, reason: str) -> None:
        """Answer with a reason, unless an answer is on its way."""
        if self.status:
            return
        body = b'{"error":"%s"}' % reason.encode("ascii")
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        if status != _ERROR:
            headers.append((b"connection", b"close"))  # its body is not read
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self({"type": "http.response.body", "body": body})
