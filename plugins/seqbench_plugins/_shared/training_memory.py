"""Trainings that this machine cannot do, refused with the figure before they begin."""

from __future__ import annotations

import os
from dataclasses import dataclass

from seqbench import DataError

_HOURS = 6
_MEMORY = 0.8  # share of the machine's memory


@dataclass(frozen=True, kw_only=True)
class Training:
    """A training to come: who learns, how many tags, the bytes it takes, and the seconds where these are known."""

    tagger: str
    tags: int
    size: float
    seconds: float = 0.0

    def check(self, memory: int | None = None) -> None:
        """Raises `DataError` if this training takes more memory than the machine has, or more than six hours."""
        most = _MEMORY * (memory or _physical())
        what = f"with {self.tags:,} tags, training {self.tagger} would take"
        out = "choose a column with fewer tags (?tags=COLUMN), or another tagger"
        if self.size > most:
            raise DataError(f"{what} {self.size / 1e9:,.1f} GB, and this machine can give {most / 1e9:,.1f} GB; {out}")
        if self.seconds > _HOURS * 3600:
            hours = f"about {self.seconds / 3600:,.0f} hours, and more than {_HOURS} are refused"
            raise DataError(f"{what} {hours}; {out}, or fewer iterations")


def _physical() -> int:
    """Bytes of memory of this machine; where it does not tell, as many as 64 bits address."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 1 << 62
