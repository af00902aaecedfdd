"""Cold start of a kept model: the wall time of a new process that loads it and tags a word."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

COLD_START = "cold_start_seconds"
"""Name of the cost of a trial."""
_LONGEST = 300.0  # seconds
_PROGRAM = "import sys, seqbench; seqbench.load(sys.argv[1]).predict([['word']])"


def cold_start_seconds(folder: Path) -> float | None:
    """Wall seconds of a process that loads the model of a folder and tags a word.

    None where that fails: for a model that reads more than words, and for one whose code is in a plugin file.
    """
    return seconds_of_process(["-c", _PROGRAM, str(folder)])


def seconds_of_process(arguments: Sequence[str]) -> float | None:
    """Wall seconds of a process of this Python with these arguments; None if it fails or takes minutes."""
    started = time.perf_counter()
    try:
        done = subprocess.run(  # noqa: S603 -- this Python, with a program of this package
            [sys.executable, *arguments], capture_output=True, check=False, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        return None
    return None if done.returncode else time.perf_counter() - started
