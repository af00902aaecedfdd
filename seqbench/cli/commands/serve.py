"""`seqbench serve MODEL...`: kept models behind a port, with a JSON interface and a page to try them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict, Unpack

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.contracts.quantities import bytes_of, seconds_of
from seqbench.errors import UsageError
from seqbench.serving.http.limits import Limits
from seqbench.serving.kept_model import KeptModel, load_model

_EXAMPLES = """
\b
Examples:
  seqbench serve models/first
  seqbench serve models/first models/second --port 9000
  SEQBENCH_TOKEN=... seqbench serve models/first --host 0.0.0.0
\b
  curl -s http://127.0.0.1:8000/tag -H 'Content-Type: application/json' \\
    -d '{"text": "The dog ate the apple."}'
"""
_LOCAL = "127.0.0.1"


class _Options(TypedDict):
    """Options of a call."""

    places: tuple[Path, ...]
    host: str
    port: int
    token: str | None
    batching: bool
    body: str
    tokens: int
    waiting: int
    seconds: str
    quiet: bool
    plugins: tuple[Path, ...]
    without: tuple[str, ...]


@click.command("serve", epilog=_EXAMPLES)
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MODEL...")
@click.option(
    "--host",
    metavar="ADDRESS",
    default=_LOCAL,
    show_default=True,
    help="Where to listen; another one takes --token.",
)
@click.option(
    "--port", metavar="N", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0: a free one."
)
@click.option("--token", metavar="TOKEN", help="What requests must send as 'Bearer TOKEN'; else SEQBENCH_TOKEN.")
@click.option("--batching/--no-batching", default=True, help="Whether requests that wait are tagged together.")
@click.option("--most-bytes", "body", metavar="SIZE", default="1M", show_default=True, help="Of the body of a request.")
@click.option(
    "--most-tokens",
    "tokens",
    metavar="N",
    default=10_000,
    show_default=True,
    type=click.IntRange(1),
    help="Tokens of a request at most.",
)
@click.option(
    "--most-waiting",
    "waiting",
    metavar="N",
    default=256,
    show_default=True,
    type=click.IntRange(1),
    help="Requests that may wait for a model.",
)
@click.option("--timeout", "seconds", metavar="TIME", default="30s", show_default=True, help="Of a request at most.")
@click.option("--quiet", is_flag=True, help="Log nothing.")
@options.plugin
@options.without
def command(**arguments: Unpack[_Options]) -> None:
    """Serve kept models: POST /tag, GET /models, /health, /metrics, /openapi.json, and a page at /.

    A line of JSON for each request goes to standard error; words are not logged. SIGINT or SIGTERM ends the server
    after the requests that it has. Takes the extra 'serve'.
    """
    try:
        from seqbench.serving.http.access import LOOPBACK, Guard
        from seqbench.serving.http.application import application, named
        from seqbench.serving.http.server import Address, serve
    except ImportError as error:
        raise UsageError("seqbench serve takes starlette and uvicorn: pip install 'seqbench[serve]'") from error

    local = arguments["host"] in LOOPBACK
    token = _token(arguments["host"], arguments["token"], local=local)
    log, limits = _quiet if arguments["quiet"] else _log, _limits(arguments)
    app = application(named(_models(arguments)), limits, Guard(token, LOOPBACK if local else frozenset()), log)
    address = Address(arguments["host"], arguments["port"])
    serve(app, address, limits, log, lambda address: echo(f"serving on {address}"))


def _token(host: str, token: str | None, *, local: bool) -> str | None:
    """The token, if there is one. Raises `UsageError` if there is none and other machines can reach the server."""
    token = token or os.environ.get("SEQBENCH_TOKEN") or None
    if token is None and not local:
        raise UsageError(f"--host {host} lets other machines in: give a --token that they must send")
    return token


def _models(arguments: _Options) -> list[KeptModel]:
    """The models, each folder once."""
    registry = options.registry_of(arguments["plugins"], arguments["without"])
    return [load_model(folder, registry) for folder in dict.fromkeys(arguments["places"])]


def _limits(arguments: _Options) -> Limits:
    own = Limits()
    return Limits(
        body=bytes_of(arguments["body"], "--most-bytes"),
        tokens=arguments["tokens"],
        waiting=arguments["waiting"],
        seconds=seconds_of(arguments["seconds"], "--timeout"),
        batch=own.batch if arguments["batching"] else 0,
    )


def _log(event: Mapping[str, object]) -> None:
    """A line of JSON on standard error."""
    echo(json.dumps({"time": round(time.time(), 3), **event}), err=True)


def _quiet(_event: Mapping[str, object]) -> None:
    """Discard a message."""
