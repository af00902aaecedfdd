"""Other splits of a dataset: folds, random splits, and training sets of other sizes, each a dataset of its own.

Splits are named in `--data` texts (`PATH?fold=2/5`, `?resplit=3`, `?train-size=300`), so that a worker, a cluster and a
later command draw the same one again. Folds and random splits are drawn from all sentences of a dataset, as Gorman and
Bedrick (2019) do. Sentences with the same words stay on one side, or (`split-by=document`) the sentences of a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from seqbench.data.corpus import Corpus, Sequences, offsets_of
from seqbench.data.dataset import Dataset
from seqbench.data.origins import joined_origins
from seqbench.data.sentence_groups import document_numbers, same_words, starts_of
from seqbench.data.split_options import FOLD, RESPLIT, SIZE, fold_of, is_by_document, number_of
from seqbench.data.splits import CUT
from seqbench.errors import DataError, UsageError

DEV = "dev"
_DEV_OF_REST = 0.1
_DIGITS = 12  # a sentence on the border of two folds belongs to the same one whichever is asked for


@dataclass(frozen=True)
class Shares:
    """Place where test begins in the shuffled sentences, and shares of them that are test and dev: fractions of 1."""

    begin: float
    test: float
    dev: float


def draw(dataset: Dataset, options: Mapping[str, str]) -> Dataset:
    """Dataset that the options describe. Raises `UsageError` if an option is malformed or beyond the data."""
    if FOLD in options and RESPLIT in options:
        raise UsageError("a dataset is one fold or one random split: leave out fold or resplit")
    drawn, by_document = dataset, is_by_document(options)
    if FOLD in options:
        number, folds = fold_of(options[FOLD])
        shares = Shares((number - 1) / folds, 1 / folds, _DEV_OF_REST * (1 - 1 / folds))
        drawn = _split(dataset, [0, folds], shares, by_document=by_document)
    elif RESPLIT in options:
        sizes = [len(split) if split else 0 for split in (dataset.train, dataset.dev, dataset.test)]
        shares = Shares(0, sizes[2] / sum(sizes), sizes[1] / sum(sizes))
        drawn = _split(dataset, [1, number_of(RESPLIT, options[RESPLIT])], shares, by_document=by_document)
    if SIZE in options:
        drawn = _smaller(drawn, number_of(SIZE, options[SIZE]))
    return drawn.drawn_from(dataset, options)


def dev_name(held_out: float | None) -> str:
    """Name of the split that `on_dev` puts in the place of test."""
    return DEV if held_out is None else f"{DEV}, {held_out!r} held out"


def held_out_of(name: str) -> float | None:
    """Share of dev that was held out, by the name of the split."""
    match = re.fullmatch(rf"{DEV}, (0\.\d+|\d\.?\d*e-\d+) held out", name)
    return float(match[1]) if match else None


def on_dev(dataset: Dataset, held_out: float | None = None) -> Dataset:
    """Dataset with dev in the place of the test set; the rest of dev, of which a share was held out, is dev.

    The sentences of dev that choose come first in the place of test, those held out last. Raises `DataError` if there
    is no dev, or too little of it to be parted.
    """
    if dataset.dev is None:
        raise DataError(f"dataset {dataset.name!r} has no dev set, and nothing else may choose hyperparameters")
    note = "test is dev: these scores choose hyperparameters and tell nothing about new text"
    whole = replace(dataset, name=f"{dataset.name} (dev)", ceiling=None, ceilings=None, notes=(*dataset.notes, note))
    if held_out is None:
        return replace(whole, test=dataset.dev)
    order = _shuffled(same_words(dataset.dev.sentences), np.random.default_rng(3))
    choosing, apart = np.flatnonzero(order >= held_out), np.flatnonzero(order < held_out)
    if not len(choosing) or not len(apart):
        raise DataError(f"dev of {dataset.name!r} has too few different sentences ({len(order):,}) to hold some out")
    test = dataset.dev.take(np.concatenate([choosing, apart]))
    return replace(whole, dev=dataset.dev.take(choosing), test=test)


def _split(dataset: Dataset, seed: list[int], shares: Shares, *, by_document: bool) -> Dataset:
    everything = _pooled(dataset)
    groups = document_numbers(dataset) if by_document else same_words(everything.sentences)
    places = _shuffled(groups, np.random.default_rng(seed))
    places = np.round((places - shares.begin) % 1, _DIGITS) % 1
    dev = shares.dev if dataset.dev else 0.0
    parts = np.digitize(places, np.round([shares.test, shares.test + dev], _DIGITS))  # 0 test, 1 dev, 2 train
    test, held_out, train = (np.flatnonzero(parts == part) for part in range(3))
    if not len(test) or not len(train) or (dev and not len(held_out)):
        few = (
            f"documents ({int(groups.max()) + 1:,} in all)"
            if by_document
            else f"different sentences ({len(everything):,} in all)"
        )
        raise DataError(f"{dataset.name} has too few {few} to split it so")
    numbers = groups if by_document else None
    return Dataset.of(
        dataset.name,
        train=_taken(everything, train, numbers),
        test=_taken(everything, test, numbers),
        dev=_taken(everything, held_out, numbers) if dev else None,
        notes=(*_of_reading(dataset), *_repeats(everything, together=not by_document)),
    )


def _of_reading(dataset: Dataset) -> Iterator[str]:
    """Notes of a dataset that hold of its splits too: all but those on splits that were cut from train."""
    return (note for note in dataset.notes if not note.startswith(CUT))


def _repeats(everything: Corpus, *, together: bool) -> tuple[str, ...]:
    """Note on the sentences that have the words of another: whether they stay together, as sentences of a group do."""
    groups = same_words(everything.sentences)
    repeats = len(groups) - len(np.unique(groups))
    if not repeats:
        return ()
    where = "stand in one fold or split, so that none is learned and tested"
    if not together:
        where = "may stand in different ones, because documents stay together: some are learned and tested"
    return (f"{repeats:,} of {len(groups):,} sentences repeat another word for word; all of one wording {where}",)


def _taken(corpus: Corpus, sentences: NDArray[np.int64], documents: NDArray[np.int64] | None) -> Corpus:
    """Corpus of these sentences; with the number of each one's document, their marks are kept."""
    taken = corpus.take(sentences)
    return taken if documents is None else replace(taken, documents=starts_of(documents[sentences]))


def _shuffled(groups: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.float64]:
    """Places (sentences,) from 0 to 1 in a random order that keeps the sentences of one group (from 0) together."""
    count = int(groups.max(initial=-1)) + 1
    rank = random.permutation(count)[groups]
    size = np.bincount(rank, minlength=count)
    middle = (np.cumsum(size) - size / 2) / max(1, len(groups))
    return np.asarray(middle[rank])


def _pooled(dataset: Dataset) -> Corpus:
    """Train, dev and test in a row, without marks of documents."""
    splits, base = [dataset.train], dataset.train
    for split in (dataset.dev, dataset.test):
        if split is not None:
            base = split.extend(base)
            splits.append(base)
    origins = joined_origins([split.origins for split in splits])
    return Corpus(_joined([s.sentences for s in splits]), _joined([s.tags for s in splits]), origins=origins)


def _joined(parts: Sequence[Sequences]) -> Sequences:
    """Sequences in a row; each vocabulary begins with that of the sequences before."""
    layers = {name: _joined([part.layers[name] for part in parts]) for name in parts[0].layers}
    ids = np.concatenate([part.ids for part in parts])
    lengths = np.concatenate([part.lengths for part in parts])
    return Sequences(ids, offsets_of(lengths), parts[-1].vocabulary, MappingProxyType(layers))


def _smaller(dataset: Dataset, size: int) -> Dataset:
    """Dataset with so many sentences of train, drawn at random: a larger size holds all of a smaller one's."""
    sentences = len(dataset.train)
    if size > sentences:
        too_few = f"{dataset.name} has {sentences:,} sentences in train, fewer than the {size:,} of {SIZE}"
        raise UsageError(f"{too_few}; name smaller sizes, or 'all' of --train-sizes for every sentence")
    chosen = np.sort(np.random.default_rng(2).permutation(sentences)[:size])
    return Dataset.of(
        dataset.name,
        train=dataset.train.take(chosen),
        test=dataset.test,
        dev=dataset.dev,
        ceiling=dataset.ceiling,
        ceilings=dataset.ceilings,
        notes=dataset.notes,
    )
