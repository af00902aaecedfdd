"""A server of one page, by the standard library: on the loopback address, below a path that nobody can guess."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread

from seqbench.serving.live.page_state import PageState

_LOCAL = "127.0.0.1"
_NAMES = frozenset({_LOCAL, "localhost"})
_SECONDS = 10  # that a browser may take for its request
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
_NO_HEADERS: Mapping[str, str] = {}
_KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css", "json": "application/json"}


@contextmanager
def served(state: PageState, port: int = 0) -> Iterator[str]:
    """Context in which browsers on this machine can see the page; its value is the address. Port 0: a free one.

    Raises `OSError` if the port is taken.
    """
    token = secrets.token_urlsafe(16)
    handler = type("_LiveHandler", (_Handler,), {"state": state, "prefix": f"/{token}/"})
    server = ThreadingHTTPServer((_LOCAL, port), handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, name="live page", daemon=True)
    thread.start()
    try:
        yield f"http://{_LOCAL}:{server.server_port}/{token}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET below the token: the frame around the page, the page, and how far the run is."""

    state: PageState
    prefix: str
    timeout = _SECONDS
    server_version, sys_version = "seqbench", ""

    def do_GET(self) -> None:
        """Answer a request."""
        path = self.path.partition("?")[0]
        host = self.headers.get("Host", "").rpartition(":")[0]
        below = secrets.compare_digest(path[: len(self.prefix)].encode(), self.prefix.encode())
        name = path[len(self.prefix) :] or "live.html"
        if not below or host not in _NAMES:
            self._refuse()
        elif name in {"live.html", "live.js", "live.css"}:
            text = files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
            self._answer(name.rpartition(".")[2], text, {"Content-Security-Policy": _POLICY})
        elif name == "state":
            shown = self.state.status_for_browser()
            self._answer("json", json.dumps({"number": shown.number, "status": shown.status, "over": shown.over}))
        elif name == "page":
            self._answer("html", self.state.page_for_browser().html)
        else:
            self._refuse()

    def _refuse(self) -> None:
        self._answer("html", "nothing is here", status=HTTPStatus.NOT_FOUND)

    def _answer(
        self, kind: str, text: str, further: Mapping[str, str] = _NO_HEADERS, status: HTTPStatus = HTTPStatus.OK
    ) -> None:
        body = text.encode()
        own = {"Content-Type": f"{_KINDS[kind]}; charset=utf-8", "Content-Length": str(len(body))}
        self.send_response(status)
        for header, value in {**_HEADERS, **own, **further}.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object, **__: object) -> None:
        """Write nothing: standard error is the run's."""
