"""The JavaScript that draws: Vega, Vega-Lite and Vega-Embed with its interpreter, out of an installed package.

The package takes three seconds to put them together, so that the script is kept in the folder of the user's caches,
under the package's version, with its SHA-256 in the first line. A file that does not have the hash is written anew.
While they are put together nothing else runs in a process, so that the first page lets another one do it meanwhile.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from seqbench.errors import SeqbenchError
from seqbench.results.files import content_of, write_whole

_AHEAD = "from seqbench.reporting.page.libraries import javascript; javascript()"


@contextmanager
def put_together_ahead() -> Iterator[None]:
    """Let another process fill the cache meanwhile, unless it is filled; at the end that is done.

    What goes wrong there, `javascript` does here.
    """
    if _path().is_file():
        yield
        return
    command, nobody = [sys.executable, "-c", _AHEAD], subprocess.DEVNULL
    with subprocess.Popen(command, stdin=nobody, stdout=nobody, stderr=nobody) as process:  # noqa: S603 -- ours
        try:
            yield
        except BaseException:
            process.kill()
            raise


def _path() -> Path:
    """The file that keeps the script."""
    from importlib.metadata import version

    from platformdirs import user_cache_dir

    return Path(user_cache_dir("seqbench")) / "javascript" / f"vl-convert-{version('vl-convert-python')}.js"


@cache
def javascript() -> str:
    """The libraries in one script that defines `vegaEmbed`. Raises `SeqbenchError` if it could not stand in a page."""
    path = _path()
    script = _kept(path)
    if script is None:
        script = _bundled()
        with suppress(OSError):  # a home that cannot be written to costs time and nothing else
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, _with_hash(script.encode("utf-8")))
    return script


def _kept(path: Path) -> str | None:
    """The script of an earlier call, None if there is none or if it has changed since."""
    try:
        content = content_of(str(path))
    except OSError:
        return None
    script = content.partition(b"\n")[2]
    return script.decode("utf-8") if content == _with_hash(script) else None


def _with_hash(script: bytes) -> bytes:
    return b"// sha256: " + hashlib.sha256(script).hexdigest().encode("ascii") + b"\n" + script


def _bundled() -> str:
    """The script as the package makes it, with nothing in it that ends a script element."""
    import vl_convert

    script: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;").replace("\r", "")
    script = script.replace("</script", r"<\/script").replace("<!--", r"<\!--")
    if "\0" in script:
        raise SeqbenchError("the JavaScript of vl-convert-python has a zero byte; install another version of it")
    return script
