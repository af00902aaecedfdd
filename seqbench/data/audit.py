"""Faults of a dataset, or of several side by side, before anything is learned from them.

Findings are sentences for people: they are printed as warnings before a run, stored with it, and stand below its table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from seqbench.data.corpus import Corpus
from seqbench.data.dataset import Dataset
from seqbench.data.homoglyphs import homoglyphs
from seqbench.data.long_sentences import long_sentences
from seqbench.data.repeated_sentences import SAME, disagreement, overlaps, repeated, with_other_tags
from seqbench.errors import DataError

TELLING = 0.01
"""With fewer test sentences that train has, the accuracy without them says nothing new."""
_ALIKE = 0.5
"""Two corpora with more of their sentences in common are near-identical."""
_SOME = 0.1
"""So many of dev in train, or of test in dev, are told; fewer may be short sentences, which are repeats by nature."""
_FEW_TOKENS = 10
"""With fewer tokens nothing is said of the meaning of tags."""
_LISTED, _MOST_DIGITS = 5, 8
"""So many of the tags that train lacks are listed, the most frequent ones."""


def findings(dataset: Dataset) -> Iterator[str]:
    """Sentences that users of a dataset must know. Raises `DataError` if a split is empty."""
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    for split, corpus in splits.items():
        if corpus is not None:
            if not corpus.tokens:
                raise DataError(f"dataset {dataset.name!r}: {split} has no token")
            yield from _of_split(split, corpus, dataset.train)
    yield from _of_sizes(dataset)
    yield from _of_dev(dataset)
    yield from _documents(splits)


def alike(datasets: Sequence[Dataset]) -> Iterator[str]:
    """Pairs of near-identical datasets, as sentences; datasets that were drawn from one another are left out."""
    texts = [_texts(dataset) for dataset in datasets]
    for (first, texts_of_first), (second, texts_of_second) in combinations(zip(datasets, texts, strict=True), 2):
        if (first.origin or first.name) == (second.origin or second.name):
            continue
        smaller = min(len(texts_of_first), len(texts_of_second))
        common = len(texts_of_first & texts_of_second) / max(1, smaller)
        if common > _ALIKE:
            yield (
                f"{first.name} and {second.name} have {100 * common:.0f} % of their different sentences in common (of "
                "the smaller one): what is found on both was found on one corpus"
            )


def _of_split(split: str, corpus: Corpus, train: Corpus) -> Iterator[str]:
    if len(train.tags.vocabulary) == 1 and corpus is train:
        yield "train has one tag only: there is nothing to learn"
    if split == "test":
        if len(np.unique(corpus.tags.ids)) == 1 < len(train.tags.vocabulary):
            yield f"test has one tag only, {corpus.tags.vocabulary[corpus.tags.ids[0]]!r}"
        yield from _repeats(corpus, train)
        yield from _contradictions(corpus, train)
    yield from _unseen(split, corpus, len(train.tags.vocabulary))
    yield from _another_meaning(split, corpus, train)
    yield from _homoglyphs(split, corpus)
    yield from long_sentences(split, corpus)


def _repeats(test: Corpus, train: Corpus) -> Iterator[str]:
    kinds = {name: int(flags.sum()) for name, flags in overlaps(test.sentences, train.sentences).items()}
    if count := kinds.pop(SAME, 0):
        score = "; 'new s.' is the accuracy on the others" if TELLING <= count / len(test) < 1 else ""
        share = f"{count:,} of {len(test):,} test sentences ({100 * count / len(test):.1f} %)"
        yield f"{share} stand in train with the same words{score}"
    if kinds:
        total = sum(kinds.values())
        share = f"{total:,}{' more' * bool(count)} of {len(test):,} test sentences ({100 * total / len(test):.1f} %)"
        by_kind = ", ".join(f"{name} ({number:,})" for name, number in kinds.items())
        yield f"{share} stand in train but for {by_kind}; 'seqbench errors' has the accuracy without them"


def _contradictions(test: Corpus, train: Corpus) -> Iterator[str]:
    other = int(with_other_tags(test, train).sum())
    if other:
        share = f"{other:,} of {len(test):,} test sentences"
        yield f"{share} stand in train with the same words, and always with other tags"
    within = disagreement(test)
    if within.sentences:
        yield (
            f"{within.sentences:,} test sentences stand in test more than once with different tags: no tagger that "
            f"sees the words of one sentence alone has more than {_below(within.ceiling)} % right"
        )


def _below(share: float) -> str:
    """A share under 1 in %, with so many digits that it is not shown as 100."""
    texts = [f"{100 * share:.{digits}f}" for digits in range(2, _MOST_DIGITS)]
    return next((text for text in texts if not text.startswith("100")), texts[-1])


def _documents(splits: Mapping[str, Corpus | None]) -> Iterator[str]:
    """Documents that are in two splits, by their names."""
    named = {split: set(corpus.document_ids) - {""} for split, corpus in splits.items() if corpus is not None}
    for (first, ids), (second, others) in combinations(named.items(), 2):
        if common := sorted(ids & others):
            are = "is" if len(common) == 1 else "are"
            yield f"{_counted(len(common), 'document')} {are} in {first} and in {second}, such as {common[0]!r}"


def _of_dev(dataset: Dataset) -> Iterator[str]:
    """Faults of dev beside train and test."""
    if dataset.dev is None:
        return
    dev, test = dataset.dev, dataset.test
    inside = _shared(dev, dataset.train)
    if inside > _SOME:
        much = ": dev rewards memory" * (inside > _ALIKE)
        yield f"{100 * inside:.0f} % of dev's sentences stand in train with the same words{much}"
    if len(dev) == len(test) and _shared(dev, test) == 1:
        yield "dev is test: all of its sentences stand there, so that what is chosen on dev is chosen on test"
    elif (common := _shared(test, dev)) > _SOME:
        yield f"{100 * common:.0f} % of test's sentences stand in dev with the same words, which chooses"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _shared(corpus: Corpus, others: Corpus) -> float:
    """The share of sentences that stand in another corpus with the same words."""
    return float(repeated(corpus.sentences, others.sentences).mean())


def _homoglyphs(split: str, corpus: Corpus) -> Iterator[str]:
    flags = homoglyphs(corpus.sentences)
    if count := int(flags.sum()):
        word = corpus.sentences.vocabulary[corpus.sentences.ids[flags][0]]
        yield (
            f"{_counted(count, 'word')} of {split} mix{'es' * (count == 1)} Latin letters with letters of other "
            f"scripts that look like them, the first is {word!r} ({word.encode('unicode_escape').decode()})"
        )


def _unseen(split: str, corpus: Corpus, learned: int) -> Iterator[str]:
    counts = np.bincount(corpus.tags.ids, minlength=len(corpus.tags.vocabulary))[learned:]
    tags = [(tag, count) for tag, count in zip(corpus.tags.vocabulary[learned:], counts.tolist(), strict=True) if count]
    always = "these tokens always count as wrong"
    if len(tags) == 1:
        ((tag, count),) = tags
        yield f"tag {tag!r} is in {split} ({_counted(count, 'token')}) but not in train: {always}"
    elif tags:
        most = sorted(tags, key=lambda tag: -tag[1])[:_LISTED]
        listed = ", ".join(f"{tag!r} ({count})" for tag, count in most)
        rest = f" and {len(tags) - _LISTED:,} more" if len(tags) > _LISTED else ""
        tokens = sum(count for _, count in tags)
        yield f"{len(tags):,} tags are in {split} ({tokens:,} tokens) but not in train: {listed}{rest}: {always}"


def _another_meaning(split: str, corpus: Corpus, train: Corpus) -> Iterator[str]:
    """Splits of which most tags are none of train's, as where one column has two meanings."""
    strange = int(np.count_nonzero(corpus.tags.ids >= len(train.tags.vocabulary)))
    if 2 * strange > corpus.tokens >= _FEW_TOKENS:
        share = 100 * strange / corpus.tokens
        yield (
            f"{share:.0f} % of the tokens of {split} have tags that train has not: does the column of the tags mean "
            "the same in both files (?tags=COLUMN)?"
        )


def _of_sizes(dataset: Dataset) -> Iterator[str]:
    train, dev, test = dataset.train, dataset.dev, dataset.test
    if dev is not None and len(dev) == 1 < len(train):
        yield f"dev is one sentence ({_counted(dev.tokens, 'token')}): what it chooses is left to chance"
    if train.tokens < test.tokens:
        yield f"train is smaller than test ({train.tokens:,} tokens, test has {test.tokens:,})"


def _texts(dataset: Dataset) -> set[int]:
    """Hashes of the different sentences of all splits."""
    splits = [split for split in (dataset.train, dataset.dev, dataset.test) if split is not None]
    return {hash(tuple(words)) for split in splits for words in split.sentences}
