"""Weights of a kept network as the beginning of a training on other data: known words and tags keep what they learned.

A form or tag that the kept network does not know begins as in any other training; forms that only it knows stay known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seqbench.data.corpus import Corpus, Sequences
from seqbench.errors import SeqbenchError
from seqbench.neural.features import AffixEmbeddings
from seqbench.neural.kept_network import KeptNetwork
from seqbench.neural.vocabulary import Alphabet
from seqbench.neural.word_vectors import Vectors

Places = NDArray[np.int64]
"""Of each row of a new table the row of the old one that it begins with, -1 for none."""
Axes = Mapping[str, Sequence[int]]
"""By the name of weights, the axes along which they have one entry for each tag."""

_LEARNED = "learned"  # the folder of what a kept model has learned
_MOVES = "objective.moves"
_NAMED = 5


def learned_folder(model: str) -> Path:
    """The folder in that of a kept model that its tagger has written. Raises `ValueError` if there is none."""
    folder = Path(model) / _LEARNED
    if not folder.is_dir():
        raise ValueError(f"warm_start must be the folder of a kept model, was: {model!r}")
    return folder


@dataclass(frozen=True)
class KnownTags:
    """The tags of a kept model beside those of a training set."""

    kept: tuple[str, ...]
    tags: tuple[str, ...]

    @classmethod
    def of(cls, kept: Iterable[str], train: Corpus) -> KnownTags:
        """The tags that a kept model knows, and those of a training set in the order of their ids."""
        return cls(tuple(map(str, kept)), tuple(map(str, train.tags.vocabulary)))

    @property
    def places(self) -> Places:
        """The id that the kept model has for each tag of the training set, -1 for none: (tags,)."""
        ids = {tag: number for number, tag in enumerate(self.kept)}
        return np.array([ids.get(tag, -1) for tag in self.tags], np.int64)

    @property
    def texts(self) -> list[str]:
        """How many tags of the training set the kept model knows, which are new to it, and which are no longer used."""
        new, left = ([t for t in some if t not in others] for some, others in
                     ((self.tags, self.kept), (self.kept, self.tags)))  # fmt: skip
        texts = [f"{len(self.tags) - len(new)} of {len(self.tags)} tags of train"]
        texts += [f"tags that are new to it: {_listed(new)}"] * bool(new)
        return texts + [f"tags of it that train lacks: {_listed(left)}"] * bool(left)


@dataclass(frozen=True, eq=False, kw_only=True)
class WarmStart:
    """A kept network that another training begins with. Nothing of its folder is executed."""

    folder: str
    kept: KeptNetwork

    @classmethod
    def read(cls, folder: str) -> WarmStart:
        """The network of a kept model. Raises `StoreError` if the folder holds none, or a damaged one."""
        return cls(folder=folder, kept=KeptNetwork.read(learned_folder(folder)))

    def alphabet(self, sentences: Sequences, vectors: Vectors | None) -> Alphabet:
        """The kept alphabet, and behind it what a training set has beside; its word vectors unless there are others."""
        before = self.kept.alphabet
        return Alphabet.of(sentences, vectors or before.vectors, before)

    def give(self, scorer: nn.Module, alphabet: Alphabet, train: Corpus, axes: Axes) -> None:
        """Put the kept weights into a new network. Raises `SeqbenchError` if it is of another architecture."""
        weights, state = self.kept.weights, scorer.state_dict()
        for name in sorted(set(state) ^ set(weights)):
            raise self._other(f"{name!r} is on one side only")
        rows, by_tag = self._rows(scorer, alphabet), KnownTags.of(self.kept.vocabularies.tags, train).places
        with torch.no_grad():
            for name, tensor in state.items():
                if not _of_its_own(name, scorer):
                    places = self._places(name, tensor, rows, by_tag, axes.get(name, ()))
                    self._copy(name, tensor, places)

    def note(self, train: Corpus) -> str:
        """Sentence on what of a training set the kept network knows, and what is new or no longer used."""
        words = train.sentences.vocabulary
        known = sum(form in self.kept.alphabet.cased for form in words)
        tags, *others = KnownTags.of(self.kept.vocabularies.tags, train).texts
        parts = [f"knows {known:,} of {len(words):,} words and {tags}", *others]
        return f"warm start from {Path(self.folder).name!r}, which {'; '.join(parts)}"

    def _rows(self, scorer: nn.Module, alphabet: Alphabet) -> dict[str, Places]:
        """The places of the rows of each embedding, whose ids are those of the kept one with further ones behind."""
        rows = {f"{name}.weight": _extended(self.kept.weights[f"{name}.weight"].shape[:1], module.num_embeddings)
                for name, module in scorer.named_modules() if isinstance(module, nn.Embedding)}  # fmt: skip
        before, now = ([len(table) + 1 for table in of.affixes] for of in (self.kept.alphabet, alphabet))
        starts = [0, *accumulate(before)]
        parts = [_extended((old,), new, start) for old, new, start in zip(before, now, starts, strict=False)]
        affixes = {f"{n}.table.weight" for n, module in scorer.named_modules() if isinstance(module, AffixEmbeddings)}
        return rows | {name: np.concatenate(parts) for name in affixes}

    def _places(
        self, name: str, tensor: Tensor, rows: Mapping[str, Places], by_tag: Places, axes: Sequence[int]
    ) -> list[Places]:
        """The places along each axis of some weights. Raises `SeqbenchError` if their sizes do not fit."""
        old, count = self.kept.weights[name].shape, len(self.kept.vocabularies.tags)
        places = [np.arange(size) for size in tensor.shape]
        sizes = list(tensor.shape)
        if name in rows and old:
            places[0], sizes[0] = rows[name], old[0]
        for axis in axes:
            places[axis], sizes[axis] = by_tag, count
        if name == _MOVES:  # the last row and column stand for the ends of a sentence
            places, sizes = [np.append(by_tag, count)] * 2, [count + 1] * 2
        if tuple(sizes) != old or any(len(p) != size for p, size in zip(places, tensor.shape, strict=True)):
            raise self._other(f"{name!r} has the sizes {old}, and {tuple(sizes)} would fit")
        return places

    def _copy(self, name: str, tensor: Tensor, places: Sequence[Places]) -> None:
        array, own = self.kept.weights[name], tensor.detach().cpu().numpy().copy()
        if array.dtype != own.dtype or (array.dtype.kind == "f" and not np.isfinite(array).all()):
            raise self._other(f"{name!r} is of another type, or holds what is no finite number")
        if not array.shape:
            own[...] = array
        else:
            own[np.ix_(*(np.flatnonzero(p >= 0) for p in places))] = array[np.ix_(*(p[p >= 0] for p in places))]
        tensor.copy_(torch.from_numpy(own))

    def _other(self, why: str) -> SeqbenchError:
        return SeqbenchError(
            f"warm_start={self.folder!r} is a network of another architecture: {why}; "
            "set the fields of this tagger as in the spec of that model, or leave warm_start out"
        )


def _extended(old: Sequence[int], new: int, start: int = 0) -> Places:
    """Places of a table to whose rows, which begin at `start` in the old one, further ones were added."""
    count = old[0] if old else 0
    return np.append(np.arange(start, start + count), np.full(max(0, new - count), -1))


def _of_its_own(name: str, scorer: nn.Module) -> bool:
    """Whether these numbers follow from data or sizes, and are not learned: legal moves, starts of affixes."""
    module = scorer.get_submodule(name.rpartition(".")[0])
    return name.startswith("objective.in_") or isinstance(module, AffixEmbeddings)


def _listed(tags: Sequence[str]) -> str:
    more = f" and {len(tags) - _NAMED} more" if len(tags) > _NAMED else ""
    return ", ".join(tags[:_NAMED]) + more
