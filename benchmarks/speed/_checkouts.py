"""Commands of two checkouts of seqbench, timed in turns: `git worktree add ../before COMMIT` makes the other one."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
PARTS = ("", "plugins", "datasets")  # the folders of the import packages


def environment(checkout: Path) -> dict[str, str]:
    """Environment in which Python imports seqbench and its plugins from a checkout; compiled files lie elsewhere."""
    own = {"PYTHONPATH": os.pathsep.join(str(checkout.resolve() / part) for part in PARTS)}
    own["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir(), "seqbench-compiled"))
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def seconds(arguments: Sequence[str], checkout: Path) -> tuple[float, float]:
    """Wall and CPU seconds of one `seqbench` of a checkout."""
    began, before = time.perf_counter(), _cpu()
    command = [sys.executable, "-P", "-m", "seqbench", *arguments]  # -P: not from the current folder
    subprocess.run(command, env=environment(checkout), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began, _cpu() - before


def _cpu() -> float:
    """CPU seconds of the processes that have ended, to the microsecond."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def ratios(commands: Mapping[str, tuple[Sequence[str], Sequence[str]]], before: Path, rounds: int) -> None:
    """Print medians of commands here and in a checkout `before`, each with its own arguments, taken in turns."""
    for name, (own, other) in commands.items():
        seconds(own, HERE), seconds(other, before)  # the first ones read files from disk
        pairs = [(seconds(own, HERE), seconds(other, before)) for _ in range(rounds)]
        for kind, place in (("wall", 0), ("CPU", 1)):
            now, then = (statistics.median(pair[side][place] for pair in pairs) for side in (0, 1))
            print(f"seqbench {name}, {kind}: {now:.3f} s, before {then:.3f} s, ratio {now / then:.2f}", flush=True)
