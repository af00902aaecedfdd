"""Time and memory of a piece of work."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from seqbench.running.devices import kind_of


@dataclass
class Stopwatch:
    """CPU seconds of this process (all threads) and wall seconds beside them, while it is entered."""

    device: str = "cpu"
    cpu: float = 0.0
    wall: float = 0.0
    _start: tuple[float, float] = field(default=(0.0, 0.0), repr=False)

    def __enter__(self) -> Self:
        synchronise(self.device)
        self._start = (time.process_time(), time.perf_counter())
        return self

    def __exit__(self, *_: object) -> None:
        synchronise(self.device)
        self.cpu = time.process_time() - self._start[0]
        self.wall = time.perf_counter() - self._start[1]

    @property
    def elapsed(self) -> float:
        """Seconds since it was entered, of the kind that `working` counts."""
        now = time.process_time() if self.device == "cpu" else time.perf_counter()
        return now - self._start[self.device != "cpu"]

    @property
    def working(self) -> float:
        """The seconds that rates are taken over: CPU seconds, but wall seconds where another device does the work."""
        return self.cpu if self.device == "cpu" else self.wall


def synchronise(device: str) -> None:
    """Wait until a device has done what it was given; the CPU always has."""
    torch = sys.modules.get("torch")
    if torch is None or device == "cpu":
        return
    if kind_of(device) == "cuda":
        torch.cuda.synchronize(device)
    else:
        getattr(torch, device).synchronize()


_WITH_TORCH: set[int] = set()  # numbers of processes that have run a trial with torch: a fork is another one


def process_is_fresh(*, torch: bool) -> bool:
    """Whether no trial of this process used torch before this one, which uses it or not.

    torch keeps the memory that it frees, so that a later trial of the process takes less than it needs.
    """
    fresh = os.getpid() not in _WITH_TORCH
    if torch:
        _WITH_TORCH.add(os.getpid())
    return fresh


class PeakMemory:
    """The most resident memory since this was made, above what was resident then; None where it cannot be told."""

    _PROCESS = Path("/proc/self")

    def __init__(self) -> None:
        self._before = self._read("VmRSS")
        try:
            (self._PROCESS / "clear_refs").write_text("5")  # resets the high-water mark
        except OSError:
            self._before = None

    def bytes(self) -> int | None:
        """The peak so far, in bytes."""
        peak = self._read("VmHWM")
        return None if self._before is None or peak is None else max(0, peak - self._before)

    def _read(self, name: str) -> int | None:
        try:
            lines = (self._PROCESS / "status").read_text().splitlines()
        except OSError:
            return None
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":")), None)
