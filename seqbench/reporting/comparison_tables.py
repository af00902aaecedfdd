"""Comparisons as tables and in words: who is best, who cannot be told from the best, what cannot be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from seqbench.comparing.comparison import LEARNER, LEVEL, MODEL, Comparison
from seqbench.comparing.measured import Measured, Units
from seqbench.comparing.statistics.bootstrap import interval
from seqbench.reporting.number_format import counted, named, p_value, points
from seqbench.reporting.table import Table
from seqbench.results.model_key import ModelKey
from seqbench.results.predictions import Predictions

_QUESTIONS = {
    MODEL: "(a) are these trained models better on text like this test set?",
    LEARNER: "(b) are these ways of learning better, whatever the seed?",
}
_SHORT = {MODEL: "(a) these models", LEARNER: "(b) these learners"}
_BEST, _LEADS = "best", "leads"
_APART, _SAME, _OPEN = "worse", "not told apart", "needs seeds"

Names: TypeAlias = Mapping[ModelKey, str]


def standing(
    measured: Measured, comparisons: Sequence[Comparison], names: Names, against: ModelKey | None = None
) -> Table:
    """Each model with its score, the interval and a word for either question; the best (or `against`) first."""
    keys = measured.predictions.keys
    means = dict(zip(keys, measured.means, strict=True))
    order = sorted(means, key=lambda key: (key != against, -means[key]))
    words: dict[str, dict[ModelKey, str]] = {}
    for question in _QUESTIONS:
        of_question = [c for c in comparisons if c.question == question]
        words[question] = {key: _word(key, order[0], of_question, against) for key in order}
    rows = []
    for key in order:
        low, high = interval(measured.resampled.learners[:, keys.index(key)])
        limits = f"{100 * low:.2f} to {100 * high:.2f}"
        rows.append([names[key], f"{100 * means[key]:.2f}", limits, *(of_models[key] for of_models in words.values())])
    what = f"what is better or worse than {names[against]}" if against else "who is best"
    title = f"{measured.predictions.dataset.name}: {what}? {named(measured.metric)} in %, {_text(measured.units)}"
    columns = ["model", named(measured.metric), "95 % interval", *_SHORT.values()]
    return Table(title, columns, rows, list(_conclusions(comparisons, words, names)))


def pairs(measured: Measured, comparisons: Sequence[Comparison], names: Names) -> Iterator[Table]:
    """The differences in points, a table for each question that could be answered."""
    for question, words in _QUESTIONS.items():
        of_question = [c for c in comparisons if c.question == question]
        if any(c.p is not None for c in of_question):
            title = f"{measured.predictions.dataset.name}: {words} Differences in points of {named(measured.metric)}"
            further = ["errors", "McNemar"] if question == MODEL else ["seeds won", "ASO"]
            columns = ["better", "than", "difference", "95 % interval", further[0]]
            columns += ["p", "p (Holm)", "detectable", further[1]]
            yield Table(title, columns, [_cells(c, names) for c in of_question], _explained(question))


def _word(key: ModelKey, first: ModelKey, comparisons: Sequence[Comparison], against: ModelKey | None) -> str:
    """Word for a model under one question: beside the leader, or beside the model that all are compared with."""
    if key == first:
        decided = [_relation(c) for c in comparisons if first in (c.a, c.b)]
        if not decided or _OPEN in decided:
            return "-" if not decided else _OPEN
        return "compared with" if against else (_BEST if set(decided) == {_APART} else _LEADS)
    mine = next((c for c in comparisons if {c.a, c.b} == {key, first}), None)
    if mine is None:
        return "-"
    relation = _relation(mine)
    return "better" if relation == _APART and mine.a == key else relation


def _relation(c: Comparison) -> str:
    if c.p_adjusted is None:
        return _OPEN
    return _APART if c.p_adjusted <= LEVEL else _SAME


def _conclusions(
    comparisons: Sequence[Comparison], words: Mapping[str, Mapping[ModelKey, str]], names: Names
) -> Iterator[str]:
    """Sentences that name the best model, the test behind it, and the differences that the test would miss."""
    for question in _QUESTIONS:
        of_question = [c for c in comparisons if c.question == question]
        decided = [c for c in of_question if c.p_adjusted is not None]
        if of_question and not decided:
            yield f"{_SHORT[question]}: not decided, it takes two or more seeds of each model (--seeds 5)."
        elif decided:
            test = f"{decided[0].test}; Holm over {counted(len(decided), 'pair')}, level {100 * LEVEL:.0f} %"
            least = [c.detectable for c in decided if c.detectable is not None and _relation(c) == _SAME]
            missed = f" Differences under {100 * max(least):.2f} points would often be missed." if least else ""
            sentence = _in_words({names[key]: word for key, word in words[question].items()})
            yield f"{_SHORT[question]}: {sentence} ({test}).{missed}"


def _in_words(words: Mapping[str, str]) -> str:
    """One sentence on how all models stand beside the first one, from the word for each."""
    first = next(iter(words))
    others = {word: [label for label, same in words.items() if same == word] for word in words.values()}
    begin = {_BEST: f"{first} is better than all others", _LEADS: f"{first} has the best score"}.get(words[first], "")
    parts = [begin] if begin else []
    if not begin:
        parts += [f"better than {first}: {', '.join(others['better'])}"] if "better" in others else []
    if _SAME in others:
        parts.append(f"not told apart from {'it' if begin else first}: {', '.join(others[_SAME])}")
    if _APART in others and words[first] != _BEST:
        parts.append(f"worse: {', '.join(others[_APART])}")
    undecided = [label for label in others.get(_OPEN, []) if label != first]
    if undecided:
        parts.append(f"not decided without more seeds (--seeds 5): {', '.join(undecided)}")
    return "; ".join(parts)


def _cells(c: Comparison, names: Names) -> list[str]:
    limits = f"{points(c.ci95[0])} to {points(c.ci95[1])}" if c.ci95 else "-"
    p = [p_value(c.p), p_value(c.p_adjusted)]
    detectable = f"{100 * c.detectable:.2f}" if c.detectable is not None else "-"
    first, last = (_errors(c), p_value(c.mcnemar)) if c.question == MODEL else (_won(c), _aso(c))
    return [names[c.a], names[c.b], points(c.difference), limits, first, *p, detectable, last]


def _errors(c: Comparison) -> str:
    return f"{-100 * c.error_reduction:+.0f} %" if c.error_reduction is not None else "-"


def _won(c: Comparison) -> str:
    return f"{100 * c.superiority:.0f} %" if c.superiority is not None else "-"


def _aso(c: Comparison) -> str:
    return f"{c.aso:.2f}" if c.aso is not None else "-"


def _explained(question: str) -> list[str]:
    detectable = "detectable: the smallest difference that such a test at 5 %, uncorrected, finds in 80 % of cases."
    if question == MODEL:
        return [
            "errors: relative change of what is missing to 100 %.",
            detectable,
            "McNemar: mid-p on the tokens of the first seeds, a cross-check only: it takes tokens as independent.",
        ]
    return [
        "seeds won: how often a seed of the better beats one of the other.",
        detectable,
        "ASO: almost stochastic order over seeds, upper bound at 95 %; under 0.5 the better dominates; takes 5 seeds.",
    ]


def scanned(predictions: Predictions, tests: Sequence[Comparison], names: Names) -> Table:
    """The F1 of each tag for the pairs that were compared, the clearest difference first."""
    rows = [
        [c.tag or "", names[c.a], names[c.b], points(c.difference), p_value(c.p), p_value(c.p_adjusted)]
        for c in sorted(tests, key=lambda c: 1.0 if c.p is None else c.p)
    ]
    title = f"{predictions.dataset.name}: {_QUESTIONS[MODEL]} Differences in points of F1, tag by tag"
    notes = [
        f"{tests[0].test}, {_text(Units.of(predictions))}; p (BH): Benjamini-Hochberg over these {len(tests)} tests:",
        "of those that are under 0.05, about 5 % are false.",
    ]
    return Table(title, ["tag", "better", "than", "difference", "p", "p (BH)"], rows, notes)


def _text(units: Units) -> str:
    return f"{units} resampled"
