"""Where sentences were read: the file, the line of the first token, and the name that the file gives to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Origin:
    """The file of a sentence, the line of its first token (from 1), and its `sent_id`, empty where it has none."""

    file: str
    line: int
    sent_id: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Origins:
    """The origins of all sentences of a corpus: `numbers` (sentences,) index `files`, `lines` (sentences,) from 1.

    `sent_ids` (sentences,) are bytes of UTF-8, `None` where no sentence has a name.
    """

    files: tuple[str, ...]
    numbers: NDArray[np.int32]
    lines: NDArray[np.int64]
    sent_ids: NDArray[np.object_] | None = None

    @classmethod
    def of(cls, file: str, lines: NDArray[np.int64], sent_ids: NDArray[np.object_] | None = None) -> Origins:
        """The origins of sentences of one file."""
        return cls(files=(file,), numbers=np.zeros(len(lines), np.int32), lines=lines, sent_ids=sent_ids)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, sentence: int) -> Origin:
        name = "" if self.sent_ids is None else self.sent_ids[sentence].decode(errors="replace").strip()
        return Origin(self.files[self.numbers[sentence]], int(self.lines[sentence]), name)

    def take(self, sentences: NDArray[np.int64] | NDArray[np.bool_] | slice) -> Origins:
        """The origins of these sentences."""
        names = None if self.sent_ids is None else self.sent_ids[sentences]
        return Origins(files=self.files, numbers=self.numbers[sentences], lines=self.lines[sentences], sent_ids=names)


def joined_origins(parts: Sequence[Origins | None]) -> Origins | None:
    """The origins of several corpora, one behind the other; None unless all are known."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    before = np.cumsum([0, *(len(part.files) for part in known)])
    named = any(part.sent_ids is not None for part in known)
    empty = [np.full(len(part), b"", object) if part.sent_ids is None else part.sent_ids for part in known]
    return Origins(
        files=tuple(file for part in known for file in part.files),
        numbers=np.concatenate([part.numbers + first for part, first in zip(known, before.tolist(), strict=False)]),
        lines=np.concatenate([part.lines for part in known]),
        sent_ids=np.concatenate(empty) if named else None,
    )
