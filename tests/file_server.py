"""A server of files on this machine, which can be told to go wrong: cut, changed, redirected, without ranges."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from seqbench import DataAccess


@dataclass
class FileServer:
    """Files by path. `cuts` are places at which the connection ends, one for each of the next requests."""

    files: dict[str, bytes] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    ranges: bool = True
    redirect: str = ""
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    port: int = 0

    def access(self, cache, **further) -> DataAccess:
        """Access of datasets to this server only."""
        return DataAccess(cache=cache, mirrors=(f"http://127.0.0.1:{self.port}/{{repo}}/{{path}}",), **further)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        asked = request.headers.get("Range")
        self.requests.append((request.path, asked))
        content = self.files.get(request.path)
        if self.redirect:
            request.send_response(302)
            request.send_header("Location", self.redirect)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        if content is None:
            request.send_error(404)
            return
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and self.ranges else 0
        if start >= len(content) and start:
            request.send_error(416)
            return
        request.send_response(206 if start else 200)
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        request.send_header("Content-Length", str(len(content) - start))
        request.end_headers()
        end = self.cuts.pop(0) if self.cuts else len(content)
        with suppress(ConnectionError):  # a client that refuses goes away
            request.wfile.write(content[start : max(start, end)])
        if end < len(content):
            request.close_connection = True


@contextmanager
def serving(**files: bytes) -> Iterator[FileServer]:
    """Within it, a server runs."""
    server = FileServer(dict(files))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.answer(self)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
