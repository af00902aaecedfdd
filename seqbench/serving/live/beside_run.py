"""The live page of a run that is under way, made and served by a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from seqbench.errors import SeqbenchError

_PATIENCE = 60  # seconds that the last version of the page may take


@contextmanager
def live_page(
    folder: Path, tell: Callable[[str], None], plugins: Sequence[Path] = (), corpora: Path | None = None
) -> Iterator[None]:
    """Context in which a run's folder can be looked at in a browser; `tell` gets the sentence with the address.

    The process is another one, so that no time of the page counts as a trial's. It ends when the context is left, or
    when this process ends in whatever way, after the last version of the page. Raises `SeqbenchError` if it does not
    start.
    """
    files = [part for file in plugins for part in ("--plugin", str(file))]
    variables = {} if corpora is None else {"SEQBENCH_DATA": str(corpora)}
    process = subprocess.Popen(  # noqa: S603 -- this very Python
        [sys.executable, "-P", "-m", "seqbench", "report", str(folder), "--live", "--while-input", *files],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, **variables},
        text=True,
    )
    with process:
        try:
            tell(_first_line(process))
            yield
        finally:
            _end(process)


def _first_line(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline().strip() if process.stdout else ""
    if not line:
        raise SeqbenchError("the live page does not start; standard error says why, and --live may be left out")
    return line


def _end(process: subprocess.Popen[str]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
