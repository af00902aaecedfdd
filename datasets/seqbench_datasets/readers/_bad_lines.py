"""Malformed lines of a file: counted, the first ten shown, and left out where that is asked for."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field, replace

from seqbench import Corpus, DataError

_SHOWN = 10
_CUT = 30
HINT = "?skip-bad=1"


class MalformedError(DataError):
    """A line that is no line of its format; the other lines may be."""


@dataclass
class BadLines:
    """Malformed lines so far: their number, and the first ten with their line numbers; `skipped` if wished away."""

    skipped: bool = False
    count: int = 0
    shown: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, text: str) -> None:
        """Count the line with this number and text."""
        self.count += 1
        if len(self.shown) < _SHOWN or line < self.shown[-1][0]:
            insort(self.shown, (line, text if len(text) <= _CUT else f"{text[:_CUT]}…"))
            del self.shown[_SHOWN:]

    def settled(self, corpus: Corpus | None, first: DataError) -> Corpus:
        """The corpus without the malformed lines, which a note counts.

        Raises `DataError`, the first error with all malformed lines behind it, unless they are to be skipped.
        """
        if corpus is None or (self.count and not self.skipped):
            raise DataError(f"{first}{self._behind()}")
        if not self.count:
            return corpus
        number = f"{self.count:,} malformed line{'s were' if self.count > 1 else ' was'} left out"
        return replace(corpus, notes=(*corpus.notes, f"{number} ({self._listed()})"))

    def _listed(self) -> str:
        return ", ".join(f"{line}: {text!r}" for line, text in self.shown) + (
            f" and {self.count - _SHOWN:,} more" if self.count > _SHOWN else ""
        )

    def _behind(self) -> str:
        """Text behind the first error in its sentence."""
        if self.count > 1:
            return f"; {self.count:,} lines are malformed ({self._listed()}); {HINT} leaves them out"
        return f"; {HINT} leaves the line out" if self.count else ""
