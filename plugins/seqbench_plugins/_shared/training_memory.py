"""Trainings that this machine cannot do, refused with the figure before they begin."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

from seqbench import DataError

_HOUR = 3600
_MEMORY = 0.8  # share of the machine's memory


@dataclass(frozen=True, kw_only=True)
class Training:
    """A training to come: who learns, how many tags, the bytes it takes, and the seconds where these are known.

    `budget` are the seconds that the user gives it, as `Conditions.budget`.
    """

    tagger: str
    tags: int
    size: float
    seconds: float = 0.0
    budget: float | None = None

    def check(self, memory: int | None = None) -> None:
        """Raises `DataError` if it takes more memory than the machine has, or an hour and more than its budget."""
        most = _MEMORY * (memory or _physical())
        what = f"with {self.tags:,} tags, training {self.tagger} would take"
        out = "choose a column with fewer tags (?tags=COLUMN), or another tagger"
        if self.size > most:
            raise DataError(f"{what} {self.size / 1e9:,.1f} GB, and this machine can give {most / 1e9:,.1f} GB; {out}")
        if self.seconds > max(_HOUR, self.budget or 0):
            hours = self.seconds / _HOUR
            way = f"{out}, or fewer iterations, or allow the time: --budget {math.ceil(hours)}h"
            raise DataError(
                f"{what} about {hours:,.1f} hours, and more than one is only begun where it is allowed; {way}"
            )


def _physical() -> int:
    """Bytes of memory of this machine; where it does not tell, as many as 64 bits address."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 1 << 62
