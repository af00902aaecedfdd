"""Comparisons in words: one plain sentence on who is best, and a word for each model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from seqbench.comparing.across_splits import SPLITS
from seqbench.comparing.comparison import BETTER, EQUAL, IDENTICAL, LEARNER, MODEL, OPEN, SAME, TIE, Comparison
from seqbench.comparing.dataset_comparison import DatasetComparison
from seqbench.comparing.statistics.corrected_resampled_t import INFLUENCE
from seqbench.reporting.number_format import missed, named
from seqbench.results.model_names import ModelKey

Names: TypeAlias = Mapping[ModelKey, str]

SHORT = {MODEL: "(a) these models", LEARNER: "(b) these learners"}
QUESTION_PHRASES = {
    MODEL: "on text like this test set",
    LEARNER: "as a way of learning",
    SPLITS: "on other samples of such data",
}
OVERLAPS = "as far as 25 of 30 measured pairs of taggers need it; data with nearly all tokens of one tag may need more"
"""What a test over splits takes for granted, in short."""
OVERLAPS_AT_LENGTH = (
    f"if training sentences add at most {INFLUENCE:g} times the variance of those of test. Of 30 measured pairs of "
    "taggers 25 kept to that; five, all on data of which nearly all tokens have one tag, did not (3 to 8 times): what "
    "is shown on such data is not sure"
)
"""What a test over splits takes for granted, and how far that was found to be so."""
INDEPENDENT = "no documents are marked: sentences are taken as independent, and intervals may be too short"
"""What a test on sentences takes for granted."""
UNDECIDED = "undecided"
_FEW_SEEDS = 3
_FEW_PAIRS = 3
BEST, LEADS, TIED, WORSE, COMPARED = "best", "leads", "tied", "worse", "compared with"
EXPLAINED = {
    LEADS: "has the best score, which is not shown to be better than all others.",
    TIED: "has exactly the best score, as another model has.",
    IDENTICAL: "predicts the same tags as the first.",
    EQUAL: "differs from the first by no more than counts as none, for all practical purposes.",
    UNDECIDED: "shown neither to be equal to the first nor to differ by more.",
}


def place(key: ModelKey, first: ModelKey, comparisons: Sequence[Comparison], *, against: ModelKey | None) -> str:
    """Word for a model under one question: beside the leader, or beside the model that all are compared with."""
    if key == first:
        return _first(first, comparisons, against)
    mine = next((c for c in comparisons if {c.a, c.b} == {key, first}), None)
    if mine is None or mine.relation is None:
        return "-"
    if mine.relation == BETTER:
        return BETTER if mine.a == key else WORSE
    if mine.relation == SAME and mine.rope is not None:
        return UNDECIDED
    return TIED if mine.relation == SAME and abs(mine.difference) < TIE and not against else mine.relation


def said(comparison: Comparison) -> str:
    """Word for the relation of a pair, the better first."""
    if comparison.relation == SAME and comparison.rope is not None:
        return UNDECIDED
    return comparison.relation or "-"


_NOTHING = "nothing is decided"
_MANY_NAMES, _FIRST_NAMES = 12, 8


def _first(first: ModelKey, comparisons: Sequence[Comparison], against: ModelKey | None) -> str:
    mine = [c for c in comparisons if first in (c.a, c.b)]
    relations = {c.relation for c in mine}
    if not mine or relations == {OPEN}:
        return OPEN if mine else "-"
    if against:
        return COMPARED
    if relations == {BETTER}:
        return BEST
    return TIED if any(abs(c.difference) < TIE and c.rope is None for c in mine) else LEADS


def verdict(compared: DatasetComparison, names: Names, against: ModelKey | None = None) -> str:
    """One plain sentence on a dataset by one metric, for both questions."""
    looked = f" {compared.looked[0].upper()}{compared.looked[1:]}." if compared.looked else ""
    sentence = answer(compared, names, against)
    head = f"{compared.dataset}, {named(compared.metric)}{_counted_as_none(compared)}"
    return f"{head}: {sentence}.{looked}{_of_few_seeds(compared)}"


def _of_few_seeds(compared: DatasetComparison) -> str:
    """Sentence on what two or three seeds would miss, where they tell a pair of learners with seeds not apart."""
    seeded = {standing.model for standing in compared.standings if not standing.deterministic}
    open_pairs = [c for c in compared.comparisons if c.question == LEARNER and c.relation == SAME]
    sizes = [c.detectable for c in open_pairs if c.detectable is not None and seeded & {c.a, c.b}]
    if not sizes or not 1 < compared.fewest_seeds <= _FEW_SEEDS:
        return ""
    words = f"with {compared.fewest_seeds} seeds {missed(sizes, compared.metric)} would often be missed"
    return f" Not told apart does not mean equal: as a way of learning, {words}."


def answer(compared: DatasetComparison, names: Names, against: ModelKey | None = None) -> str:
    """Answers of the comparisons to each question that was put, the same wherever they are read."""
    parts = [
        (question, _said(compared, question, names, against))
        for question in QUESTION_PHRASES
        if any(c.question == question for c in compared.comparisons)
    ]
    if len(parts) > 1 and len({text for _, text in parts}) == 1:
        both, text = " and ".join(QUESTION_PHRASES[question] for question, _ in parts), parts[0][1]
        return f"{both} {text}" if text.startswith(_NOTHING) else f"{text}, {both}"
    return "; ".join(f"{QUESTION_PHRASES[question]} {text}" for question, text in parts)


def _counted_as_none(compared: DatasetComparison) -> str:
    ropes = {c.rope for c in compared.comparisons if c.rope is not None}
    return "".join(f", differences up to {100 * rope:g} points counted as none" for rope in ropes)


def _said(compared: DatasetComparison, question: str, names: Names, against: ModelKey | None) -> str:
    """Text on one question."""
    order = sorted(compared.standings, key=lambda s: (s.model != against, -s.mean))
    first = order[0].model
    of_question = [c for c in compared.comparisons if c.question == question]
    words = {s.model: place(s.model, first, of_question, against=against) for s in order}
    others: dict[str, list[str]] = {}
    for model, word in words.items():
        if model != first:
            others.setdefault(word, []).append(names[model])
    if set(others) == {OPEN}:
        return _undecided(of_question, names)
    begin = {
        BEST: f"{names[first]} is better than all others",
        LEADS: f"{names[first]} has the best score",
        TIED: f"{names[first]} has the best score, tied with {', '.join(others.get(TIED, others.get(IDENTICAL, [])))}",
        COMPARED: "",
    }.get(words[first], "")
    sentences = [begin] * bool(begin) + list(_parts(others, words[first], names[first]))
    reason = reason_of([c for c in of_question if first in (c.a, c.b)])
    return "; ".join(sentences) + (f", as {reason}" if OPEN in others and reason else "")


def _undecided(comparisons: Sequence[Comparison], names: Names) -> str:
    """Text where no pair with the best model is decided; of others the first that are."""
    decided = [f"{names[c.a]} is better than {names[c.b]}" for c in comparisons if c.relation == BETTER]
    undecided = "which model is best is not decided" if decided else _NOTHING
    reason = reason_of(comparisons)
    return "; ".join([undecided + (f": {reason}" if reason else ""), *decided[:_FEW_PAIRS]])


def reason_of(comparisons: Sequence[Comparison]) -> str | None:
    """Reason why pairs are not decided, that of the first such pair; None if each is."""
    return next((c.why for c in comparisons if c.relation == OPEN and c.why), None)


def listed(names: Sequence[str]) -> str:
    """Names, of many the first; the standings below have all."""
    if len(names) <= _MANY_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[:_FIRST_NAMES])} and {len(names) - _FIRST_NAMES} more"


def _parts(others: Mapping[str, Sequence[str]], word: str, first: str) -> list[str]:
    """How the other models stand beside the first."""
    than = first if word == COMPARED else "it"
    texts = {
        BETTER: f"better than {first}",
        IDENTICAL: f"identical to {than}",
        EQUAL: f"equal to {than} for all practical purposes",
        UNDECIDED: "undecided",
        SAME: f"not told apart from {than}",
        WORSE: f"worse than {first}" if word == COMPARED else "worse",
        OPEN: "not decided",
    }
    return [
        f"{text}: {listed(others[relation])}"
        for relation, text in texts.items()
        if relation in others and not (relation == WORSE and word == BEST)
    ]
