"""Sentences stored once as integer ids, offsets and a vocabulary, which every tagger of a run reads.

Strings are encoded when a corpus is read and never again. Ids `0..V-1` are the training set's forms in order of
first sight; dev and test start with the same V entries and append their own, so that `id < V` means known and an
unknown form keeps its string. Tags are encoded in the same way. All arrays are read-only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from types import MappingProxyType
from typing import TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from seqbench.data.origins import Origins

Ids: TypeAlias = NDArray[np.int32]
Offsets: TypeAlias = NDArray[np.int64]
Strings: TypeAlias = NDArray[np.object_]
_LOOKED_UP = 1000


@dataclass(frozen=True, eq=False)
class Sequences(Sequence[list[str]]):
    """Sentences, or their tags: to a simple plugin a sequence of lists of str, to a fast one three arrays.

    `ids` (tokens,) int32 index `vocabulary` (forms,) str; sentence i is `ids[offsets[i]:offsets[i + 1]]`, so `offsets`
    (sentences + 1,) int64 starts with 0. `layers` are parallel `Sequences` by name (a POS column beside the words).
    """

    ids: Ids
    offsets: Offsets
    vocabulary: Strings
    layers: Mapping[str, Sequences] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for array in (self.ids, self.offsets, self.vocabulary):
            array.setflags(write=False)

    @classmethod
    def encode(cls, sentences: Iterable[Sequence[str]]) -> Sequences:
        """Encode sentences, sequences of str; the vocabulary is in order of first sight."""
        lists = [list(sentence) for sentence in sentences]
        index: dict[str, int] = {}
        ids = [index.setdefault(form, len(index)) for form in chain.from_iterable(lists)]
        return cls(np.array(ids, np.int32), offsets_of([len(x) for x in lists]), strings(index))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, index: int) -> list[str]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequences: ...
    def __getitem__(self, index: int | slice) -> list[str] | Sequences:
        if isinstance(index, slice):
            numbers = range(len(self))[index]
            return self._between(numbers) if numbers.step == 1 else self.take(np.array(numbers, np.int64))
        start, stop = self.offsets[range(len(self))[index] :][:2]
        return list(self.vocabulary[self.ids[start:stop]])

    def __iter__(self) -> Iterator[list[str]]:
        """Iterate over sentences; the strings of many are looked up at once, which is several times quicker."""
        for start in range(0, len(self), _LOOKED_UP):
            offsets = self.offsets[start : start + _LOOKED_UP + 1]
            forms = self.vocabulary[self.ids[offsets[0] : offsets[-1]]].tolist()
            for first, end in pairwise((offsets - offsets[0]).tolist()):
                yield forms[first:end]

    @property
    def lengths(self) -> Offsets:
        """Number of tokens of each sentence: (sentences,)."""
        return np.diff(self.offsets)

    def _between(self, numbers: range) -> Sequences:
        """Neighbouring sentences, which share the arrays of all."""
        start, stop = numbers.start, max(numbers.start, numbers.stop)
        offsets = self.offsets[start : stop + 1]
        layers = {name: layer[start:stop] for name, layer in self.layers.items()}
        ids = self.ids[offsets[0] : offsets[-1]]
        return Sequences(ids, offsets - offsets[0], self.vocabulary, MappingProxyType(layers))

    def take(self, sentences: NDArray[np.int64]) -> Sequences:
        """Sentences with these numbers, in this order, over the same vocabulary."""
        lengths = self.lengths[sentences]
        offsets = offsets_of(lengths)
        shift = np.repeat(self.offsets[:-1][sentences] - offsets[:-1], lengths)
        ids = self.ids[np.arange(offsets[-1]) + shift]
        layers = {name: layer.take(sentences) for name, layer in self.layers.items()}
        return Sequences(ids, offsets, self.vocabulary, MappingProxyType(layers))

    def compact(self) -> Sequences:
        """Copy of these sentences over a vocabulary of exactly their own forms, in order of first sight."""
        layers = {name: layer.compact() for name, layer in self.layers.items()}
        first = _first_places(self.ids, len(self.vocabulary))
        order = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(self.ids))]
        if (order == np.arange(len(order))).all():
            ids = self.ids  # a corpus as it was read, or the beginning of one: nothing to copy
        else:
            rank = np.zeros(len(first), np.int32)
            rank[order] = np.arange(len(order), dtype=np.int32)
            ids = rank[self.ids]
        return Sequences(ids, self.offsets, self.vocabulary[order], MappingProxyType(layers))

    def extend(self, train: Sequences) -> Sequences:
        """Copy of these sentences over the vocabulary of `train`, with their own further forms appended to it."""
        own = self.compact()
        index = {form: i for i, form in enumerate(train.vocabulary)}
        ids = np.fromiter((index.setdefault(form, len(index)) for form in own.vocabulary), np.int32)
        layers = {name: layer.extend(train.layers[name]) for name, layer in self.layers.items()}
        return Sequences(ids[own.ids], own.offsets, strings(index), MappingProxyType(layers))

    def digest(self) -> bytes:
        """SHA-256 of the content: the forms in use, the ids, the sentence ends and the layers."""
        own = self.compact()
        content = hashlib.sha256(json.dumps(own.vocabulary.tolist()).encode())
        content.update(np.ascontiguousarray(own.ids, "<i4").data)
        content.update(np.ascontiguousarray(own.offsets, "<i8").data)
        for name, layer in sorted(self.layers.items()):
            content.update(name.encode() + b"\0" + layer.digest())
        return content.digest()


@dataclass(frozen=True, eq=False)
class Corpus:
    """Sentences with their tags, one tag per token; `documents` numbers the sentences that open a document.

    `notes` are sentences on how the corpus was read, which its users must know, `document_ids` the name of each
    document, "" for one without, or nothing where its file names none, `origins` where its sentences were read; none is
    part of its content.
    """

    sentences: Sequences
    tags: Sequences
    documents: Offsets = field(default_factory=lambda: np.zeros(0, np.int64))
    notes: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    origins: Origins | None = None

    def __post_init__(self) -> None:
        self.documents.setflags(write=False)

    @classmethod
    def encode(cls, sentences: Iterable[Sequence[str]], tags: Iterable[Sequence[str]]) -> Corpus:
        """Encode sentences and tags, sequences of str."""
        return cls(Sequences.encode(sentences), Sequences.encode(tags))

    def __len__(self) -> int:
        return len(self.sentences)

    @property
    def tokens(self) -> int:
        """Number of tokens of all sentences."""
        return len(self.sentences.ids)

    def part(self, start: int, stop: int) -> Corpus:
        """Corpus of the sentences from `start` up to `stop`; a document that is cut in two opens again."""
        inside = self.documents[(self.documents >= start) & (self.documents < stop)] - start
        if len(self.documents) and stop > start:
            inside = np.union1d(inside, np.zeros(1, np.int64))
        origins = self.origins and self.origins.take(slice(start, stop))
        return Corpus(self.sentences[start:stop], self.tags[start:stop], inside, origins=origins)

    def take(self, sentences: NDArray[np.int64]) -> Corpus:
        """Corpus of the sentences with these numbers, in this order; starts of documents are lost."""
        origins = self.origins and self.origins.take(sentences)
        return Corpus(self.sentences.take(sentences), self.tags.take(sentences), origins=origins)

    def compact(self) -> Corpus:
        """Copy of this corpus with vocabularies of exactly its own words and tags."""
        sentences, tags = self.sentences.compact(), self.tags.compact()
        return Corpus(sentences, tags, self.documents, document_ids=self.document_ids, origins=self.origins)

    def extend(self, train: Corpus) -> Corpus:
        """Copy of this corpus over the vocabularies of `train`, with its own words and tags appended."""
        sentences, tags = self.sentences.extend(train.sentences), self.tags.extend(train.tags)
        return Corpus(sentences, tags, self.documents, document_ids=self.document_ids, origins=self.origins)

    def digest(self) -> bytes:
        """SHA-256 of words, layers, tags and document starts."""
        parts = (self.sentences.digest(), self.tags.digest(), self.documents.astype("<i8").tobytes())
        return hashlib.sha256(b"".join(parts)).digest()


def _first_places(ids: Ids, forms: int, step: int = 1 << 16) -> Offsets:
    """First place of each form in the ids, `len(ids)` if there is none: (forms,)."""
    first = np.full(forms, len(ids))
    for end in range(len(ids), 0, -step):  # from the last token to the first, the last one written stays
        start = max(0, end - step)
        first[ids[start:end][::-1]] = np.arange(end - 1, start - 1, -1)
    return first


def offsets_of(lengths: Sequence[int] | Offsets) -> Offsets:
    """Starts of sentences of these lengths and, last, the end of all: (sentences + 1,)."""
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def strings(forms: Iterable[str]) -> Strings:
    """Strings as an array of objects, which keeps a long one from widening all others."""
    listed = list(forms)
    array = np.empty(len(listed), object)
    array[:] = listed
    return array
