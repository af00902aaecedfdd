"""Ways to score models on a test set: by score, policy for illegal spans, slice of the words, with repeats or without.

Each way gives every trained model a score, and what each sentence adds to the score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.statistics.linear_scores import LinearScores, Tokens, accuracies, mean_f1s, span_f1s
from seqbench.contracts.metric import Flags
from seqbench.results.predictions import Predictions
from seqbench.scoring.metrics_from_counts import UNITS_OF_A_TAG
from seqbench.scoring.reference import Reference
from seqbench.scoring.sentence_counts import Integers
from seqbench.spans import POLICIES, reading_of

SCORE, POLICY, SLICE, REPEATS = "score", "policy", "slice", "repeats"
ACCURACY, MACRO_F1, SPAN_F1 = "accuracy", "macro F1", "span F1"
ALL_WORDS = "all words"
WITH, WITHOUT = "all sentences", "without sentences of train"


@dataclass(frozen=True, eq=False, kw_only=True)
class Subset:
    """Part of a test set: its tokens as flags (tokens,), and its sentences where it is made of whole ones."""

    choices: Mapping[str, str]
    tokens: Flags
    sentences: Flags | None


@dataclass(frozen=True, eq=False, kw_only=True)
class Way:
    """Scores by one choice of each kind; `used` are the sentences (sentences,) that the scores look at.

    `tokens` are those of a mean over tags, which hangs on rare ones; None for other scores.
    """

    choices: Mapping[str, str]
    linear: LinearScores
    used: Flags
    tokens: Tokens | None = None

    def unsteady(self, unit_of: Integers) -> Flags:
        """Whether a score hangs on tags in few units: (trained models,); `unit_of` each sentence (sentences,)."""
        models, units = len(self.linear.scores), int(unit_of[-1]) + 1
        if self.tokens is None:
            return np.zeros(models, bool)
        tags, first = self.tokens.tags, unit_of[self.tokens.sentence] * self.tokens.tags
        of_gold = np.zeros(units * tags, bool)
        of_gold[first + self.tokens.gold] = True
        return np.array([_has_rare(of_gold, first + ids, tags) for ids in self.tokens.predicted])


def _has_rare(of_gold: Flags, cells: NDArray[np.int64], tags: int) -> bool:
    """Whether a tag occurs in few units, from flags of gold (units * tags,) and cells of the predicted tags."""
    occurs = of_gold.copy()
    occurs[cells] = True
    units = occurs.reshape(-1, tags).sum(0)
    return bool(((units > 0) & (units < min(UNITS_OF_A_TAG, len(occurs) // tags))).any())


def ways(predictions: Predictions, first: str = ACCURACY) -> Iterator[Way]:
    """Every way to score, those of the whole test set by the score named `first` before all others."""
    parts = list(subsets(predictions.reference))
    by_score = {ACCURACY: _of_tokens(predictions, parts, ACCURACY), MACRO_F1: _of_tokens(predictions, parts, MACRO_F1)}
    by_score[SPAN_F1] = _of_spans(predictions, parts)
    for score in sorted(by_score, key=lambda name: name != first):
        yield from by_score[score]


def subsets(reference: Reference) -> Iterator[Subset]:
    """The slices of the words, each with the sentences that train has and without; the same tokens come only once."""
    seen: set[bytes] = set()
    for name, tokens, sentences in _slices(reference):
        for repeats, kept in _repeats(reference):
            lengths = np.diff(reference.offsets)
            where = tokens & np.repeat(kept, lengths)
            if where.any() and where.tobytes() not in seen:
                seen.add(where.tobytes())
                whole = None if sentences is None else sentences & kept
                yield Subset(choices={SLICE: name, REPEATS: repeats}, tokens=where, sentences=whole)


def _slices(reference: Reference) -> Iterator[tuple[str, Flags, Flags | None]]:
    """Name, tokens, and sentences of each slice."""
    lengths = np.diff(reference.offsets)
    every = np.ones(len(lengths), bool)
    yield ALL_WORDS, np.ones(len(reference.gold), bool), every
    if reference.learned:
        yield "known words", reference.known, None
        yield "unknown words", ~reference.known, None
        yield "ambiguous words", reference.ambiguous, None
    short = lengths <= np.median(lengths)
    for name, sentences in (("shorter sentences", short), ("longer sentences", ~short)):
        yield name, np.repeat(sentences, lengths), sentences


def _repeats(reference: Reference) -> Iterator[tuple[str, Flags]]:
    yield WITH, np.ones(len(reference.offsets) - 1, bool)
    if len(reference.repeated):
        yield WITHOUT, ~reference.repeated


def _of_tokens(predictions: Predictions, parts: list[Subset], score: str) -> Iterator[Way]:
    """Ways by a score of tokens."""
    reference = predictions.reference
    sentences = len(reference.offsets) - 1
    sentence = np.repeat(np.arange(sentences), np.diff(reference.offsets))
    ids = np.concatenate([model.ids for model in predictions.models])
    every = Tokens(reference.gold.astype(np.int64), sentence, ids, sentences, len(reference.tags))
    for part in parts:
        tokens = every.chosen(part.tokens)
        used = np.bincount(tokens.sentence, minlength=sentences) > 0
        linear, hanging = (accuracies(tokens), None) if score == ACCURACY else (mean_f1s(tokens), tokens)
        yield Way(choices={SCORE: score, **part.choices}, linear=linear, used=used, tokens=hanging)


def _of_spans(predictions: Predictions, parts: list[Subset]) -> Iterator[Way]:
    """Ways by F1 of spans, where tags are spans, on parts of whole sentences; first by the policy of the run."""
    reference = predictions.reference
    own = reference.spans.policy
    for policy in sorted(POLICIES, key=lambda name: name != own):
        reading = reading_of(replace(reference, spans=replace(reference.spans, policy=policy)))
        if reading is None:
            return
        ids = (ids for model in predictions.models for ids in model.ids)
        pairs = (reading.pair(reference.gold, seed.astype(np.int32), reference.offsets) for seed in ids)
        counts = np.stack([pair.by_sentence() for pair in pairs])
        for part in parts:
            if part.sentences is not None:
                linear = span_f1s(counts * part.sentences[:, None])
                choices = {SCORE: SPAN_F1, POLICY: policy, **part.choices}
                yield Way(choices=choices, linear=linear, used=part.sentences)
