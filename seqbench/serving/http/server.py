"""The server: an address, limits on clients that send slowly, and an end that waits for what is being answered."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from seqbench.errors import UsageError
from seqbench.serving.http.access import Log
from seqbench.serving.http.limits import Limits

_TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_HEAD_BYTES = 16_384
_KEEP_ALIVE = 30


@dataclass(frozen=True)
class Address:
    """Where a server listens; port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8000

    @contextmanager
    def listening(self) -> Iterator[socket.socket]:
        """A socket that listens here. Raises `UsageError` if there can be none."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            opened = socket.create_server((self.host, self.port), family=family, backlog=1024)
        except OSError as error:
            why = error.strerror or str(error)
            raise UsageError(
                f"port {self.port} of {self.host!r} cannot be used: {why}; choose another --port"
            ) from error
        with opened:
            yield opened


def serve(app: Starlette, address: Address, limits: Limits, log: Log, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM, then answer what was asked and return; `ready` is told the address."""
    with address.listening() as opened, _told(log):
        host, port = opened.getsockname()[:2]
        ready(f"http://{f'[{host}]' if ':' in host else host}:{port}")
        Server(_config(app, limits)).run(sockets=[opened])


def _config(app: Starlette, limits: Limits) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_protocol(limits.client_seconds),
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        h11_max_incomplete_event_size=_HEAD_BYTES,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=max(1, round(limits.stop_seconds)),
    )


class Server(uvicorn.Server):
    """A server that ends by itself when it is told to, instead of dying by the signal."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Within it SIGINT and SIGTERM end the server, the second one at once; other threads get no signals."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


class TimedProtocol(H11Protocol):
    """A protocol that closes a connection whose client takes longer than `seconds` for the head of a request."""

    seconds = Limits().client_seconds
    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give the client so many seconds for its first request."""
        super().connection_made(transport)
        self.deadline = self.loop.call_later(self.seconds, self.give_up)

    def data_received(self, data: bytes) -> None:
        """Take bytes; a head that has begun must be complete in time."""
        super().data_received(data)
        if str(self.conn.their_state) != "IDLE":  # the head is complete
            self.stop_waiting()
        elif self.deadline is None:
            self.deadline = self.loop.call_later(self.seconds, self.give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        self.stop_waiting()
        super().connection_lost(exc)

    def give_up(self) -> None:
        """Close the connection and say why."""
        if not self.transport.is_closing():
            self.transport.write(_TIMED_OUT)
            self.transport.close()

    def stop_waiting(self) -> None:
        """The head is there."""
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None


def _protocol(limit: float) -> type[TimedProtocol]:
    """The protocol with so many seconds."""

    class Timed(TimedProtocol):
        seconds = limit

    return Timed


class _Events(logging.Handler):
    """Passes what uvicorn says on to the log."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log({"event": "server", "message": record.getMessage()})


@contextmanager
def _told(log: Log) -> Iterator[None]:
    """Within it, what uvicorn says goes to the log."""
    logger, handler = logging.getLogger("uvicorn.error"), _Events(log)
    logger.addHandler(handler)
    before, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
