"""Rows that a table can have beside its runs: `published` results, or a CSV file of typed-in scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from seqbench.errors import UsageError

PUBLISHED: Final = "published"


@dataclass(frozen=True)
class Beside:
    """Whether published results on the same data are wanted, and the file of scores that were typed in, if any."""

    published: bool = False
    file: Path | None = None

    @classmethod
    def of(cls, names: Iterable[str | Path]) -> Beside:
        """The wishes of `--beside`, each the word "published" or a file. Raises `UsageError` for a second file."""
        named = list(dict.fromkeys(map(str, names)))
        files = [Path(name) for name in named if name != PUBLISHED]
        if len(files) > 1:
            raise UsageError(f"--beside takes one file of scores, was: {', '.join(map(str, files))}; put them into one")
        return cls(PUBLISHED in named, files[0] if files else None)
