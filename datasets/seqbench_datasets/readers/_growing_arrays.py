"""A corpus that grows block by block: cells become ids at once, and only distinct ones become strings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, DataError, Ids, Origins, Sequences, strings
from seqbench_datasets.readers._cell_index import Cells
from seqbench_datasets.readers._distinct_cells import DistinctCells


@dataclass
class GrowingIds:
    """Ids so far, in memory, or in a file, so that those of a large corpus are never in memory all at once."""

    path: Path | None = None
    parts: list[Ids] = field(default_factory=list)
    begun: bool = False

    def add(self, ids: Ids) -> None:
        """Append ids."""
        if self.path is None:
            self.parts.append(ids)
            return
        with self.path.open("ab" if self.begun else "wb") as file:
            ids.astype("<i4", copy=False).tofile(file)
        self.begun = True

    def whole(self) -> Ids:
        """All ids, those of a file mapped into memory."""
        if self.path is None or not self.begun or not self.path.stat().st_size:
            return np.concatenate([np.zeros(0, np.int32), *self.parts])
        return np.memmap(self.path, np.int32, "r")


@dataclass
class Column:
    """One column of all tokens so far, its distinct cells in order of first sight.

    With a `key`, cells are like `Case=Nom|Number=Sing`; what stands behind the key is meant, `_` where it is missing.
    """

    distinct: DistinctCells = field(default_factory=DistinctCells)
    ids: GrowingIds = field(default_factory=GrowingIds)
    key: bytes = b""

    def add(self, cells: Cells) -> None:
        """Append the cells of a block."""
        self.ids.add(self.distinct.numbers(cells))

    def sequences(self, offsets: NDArray[np.int64], layers: Mapping[str, Sequences] | None = None) -> Sequences:
        """The column, cut into sentences."""
        forms = strings(
            b"\n".join(cells).decode().split("\n") if (cells := self.distinct.cells) else ()
        )  # no cell has a newline
        ids = self.ids.whole()
        if self.key:
            values = [_value(form, self.key.decode()) for form in forms]
            index: dict[str, int] = {}
            numbers = [index.setdefault(value, len(index)) for value in values]
            forms, ids = strings(index), np.array(numbers, np.int32)[ids]
        return Sequences(ids, offsets, forms, MappingProxyType(dict(layers or {})))


def _value(cell: str, key: str) -> str:
    pairs = dict(pair.split("=", 1) for pair in cell.split("|") if "=" in pair)
    return pairs.get(key) or "_"


@dataclass
class GrowingCorpus:
    """Words, tags and layers of all blocks so far; `ends` and `documents` count tokens, from the start of the file."""

    path: Path
    folder: Path | None = None
    words: Column = field(init=False)
    tags: Column = field(init=False)
    layers: dict[str, Column] = field(default_factory=dict)
    documents: list[int] = field(default_factory=list)
    tokens: int = 0
    notes: list[str] = field(default_factory=list)
    document_ids: list[str] = field(default_factory=list)
    starts: list[NDArray[np.int64]] = field(default_factory=list)
    lines: list[NDArray[np.int64]] = field(default_factory=list)
    named: list[NDArray[np.int64]] = field(default_factory=list)
    sent_ids: list[bytes] = field(default_factory=list)

    _ends: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))

    def __post_init__(self) -> None:
        self.words, self.tags = self._column("words"), self._column("tags")

    def _column(self, name: str) -> Column:
        return Column(ids=GrowingIds(self.folder and self.folder / f"{name}.ids"))

    def end(self, places: NDArray[np.int64]) -> None:
        """Sentences end before these tokens of the next block, in ascending order, counted from the file's start."""
        self._ends = np.concatenate([self._ends[-1:], places])

    def add(self, words: Cells, tags: Cells, layers: Mapping[str, Cells], lines: NDArray[np.int64]) -> None:
        """Append the tokens of a block, each with the number of its line."""
        inside = self._ends[(self._ends >= self.tokens) & (self._ends < self.tokens + len(lines))]
        self.starts.append(_without_repeats(inside))
        self.lines.append(lines[self.starts[-1] - self.tokens])
        self.words.add(words)
        self.tags.add(tags)
        for name, cells in layers.items():
            if name not in self.layers:
                self.layers[name] = self._column(f"layer-{len(self.layers)}")
            self.layers[name].add(cells)
        self.tokens += len(words.starts)

    def corpus(self) -> Corpus:
        """The whole corpus; `DataError` where it has no sentence."""
        if not self.tokens:
            raise DataError(f"{self.path}: holds no sentence")
        offsets = np.concatenate([*self.starts, np.array([self.tokens])])
        layers = {name: column.sequences(offsets) for name, column in self.layers.items()}
        words = self.words.sequences(offsets, layers)
        starts = np.searchsorted(offsets[:-1], np.unique(np.array(self.documents, np.int64)))
        documents, tags = starts[starts < len(offsets) - 1], self.tags.sequences(offsets)
        ids, origins = self._document_ids(offsets[documents]), self._origins(offsets)
        return Corpus(words, tags, documents, tuple(self.notes), ids, origins)

    def _document_ids(self, tokens: NDArray[np.int64]) -> tuple[str, ...]:
        """Names of the documents that open before these tokens; of several that open there, empty but one, the last."""
        names = dict(zip(self.documents, self.document_ids, strict=True)) if self.document_ids else {}
        return tuple(names[token] for token in tokens.tolist()) if any(names.values()) else ()

    def _origins(self, offsets: NDArray[np.int64]) -> Origins:
        lines = np.concatenate(self.lines)
        if not self.sent_ids:
            return Origins.of(str(self.path), lines)
        names = np.full(len(lines), b"", object)
        places = np.searchsorted(offsets, np.concatenate(self.named))
        inside = places < len(lines)
        names[places[inside]] = np.array(self.sent_ids, object)[inside]
        return Origins.of(str(self.path), lines, names)


def _without_repeats(ascending: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers in ascending order, each once."""
    return ascending[np.diff(ascending, prepend=-1) > 0]
