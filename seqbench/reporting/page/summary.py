"""The answer of a page in two sentences: who leads and who cannot be told apart; what the data cannot decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from seqbench.comparing.across_splits import SPLITS
from seqbench.comparing.comparison import BETTER, IDENTICAL, LEARNER, MODEL, OPEN, SAME, Comparison
from seqbench.reporting.number_format import counted
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.results.rows import Row, Score

_AS = {
    LEARNER: "as ways of learning (whatever the seed)",
    MODEL: "on text like this test set",
    SPLITS: "on other samples of such data",
}
_FEW, _FEW_NOTES = 4, 2


def summary(report: DatasetReport) -> list[str]:
    """Two sentences on a dataset."""
    ranked = [row for row in report.rows if row.scores["accuracy"].mean is not None]
    if not ranked:
        return [f"No model finished on {report.dataset.name}.", _second(report, [], [])]
    question, of_question = asked(report)
    first = ranked[0]
    mine = [c for c in of_question if first.key in (c.a, c.b)]
    return [_first(report, first, mine, question), _second(report, of_question, ranked)]


def asked(report: DatasetReport) -> tuple[str, list[Comparison]]:
    """The most general question that was answered, with its comparisons by accuracy."""
    by_accuracy = [c for c in report.comparisons if c.metric == "accuracy"]
    for question in _AS:
        of_question = [c for c in by_accuracy if c.question == question]
        if any(c.relation not in (None, OPEN) for c in of_question):
            return question, of_question
    return MODEL, [c for c in by_accuracy if c.question == MODEL]


def _first(report: DatasetReport, first: Row, mine: Sequence[Comparison], question: str) -> str:
    """Who leads, by how much, and who cannot be told apart."""
    score = f"{_percent(first.scores['accuracy'])} of the test tokens right"
    said = f"On {report.dataset.name}, {report.names[first.key]} leads with {score}"
    relations = {c.relation for c in mine}
    apart = [report.names[c.b if c.a == first.key else c.a] for c in mine if c.relation in (SAME, IDENTICAL)]
    if not mine:
        return f"{said}; no other model is there to be compared with."
    if relations == {BETTER}:
        return f"{said}, and is better than {_all(len(mine))} {_AS[question]}."
    if not apart:
        return f"{said}; whether it is better than the others is not decided."
    worse = sum(c.relation == BETTER for c in mine)
    others = f"; it is better than {'the other one' if worse == 1 else f'the other {worse}'}" if worse else ""
    return f"{said}, but {_AS[question]} cannot be told apart from {_listed(apart)}{others}."


def _all(others: int) -> str:
    return "the other model" if others == 1 else f"all {others} others"


def _percent(score: Score) -> str:
    """A mean in % with its interval where there is one."""
    limits = f" (95 % interval {100 * score.ci95[0]:.2f} to {100 * score.ci95[1]:.2f})" if score.ci95 else ""
    return f"{100 * (score.mean or 0.0):.2f} %{limits}"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_FEW])
    if len(names) > _FEW:
        shown.append(f"{len(names) - _FEW} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _second(report: DatasetReport, of_question: Sequence[Comparison], ranked: Sequence[Row]) -> str:
    """What the data cannot decide, what failed, and what the audit found."""
    parts = [*_undecided(of_question), *_unfinished(report), *_audited(report)]
    if not parts:
        parts = ["nothing failed, and the audit of the data found nothing"] if ranked else ["nothing can be said"]
    text = "; ".join(part.rstrip(".") for part in parts)
    return f"{text[0].upper()}{text[1:]}."


def _undecided(comparisons: Sequence[Comparison]) -> Iterator[str]:
    sizes = [c.detectable for c in comparisons if c.detectable is not None and c.relation == SAME]
    reasons = list(dict.fromkeys(c.why for c in comparisons if c.relation == OPEN and c.why))
    if sizes:
        yield f"differences under {100 * median(sizes):.2f} points would often be missed on these data"
    yield from (f"some pairs are not decided: {reason}" for reason in reasons[:1])


def _unfinished(report: DatasetReport) -> Iterator[str]:
    rows = [row for row in report.rows if row.failures]
    if rows:
        trials = counted(sum(len(row.failures) for row in rows), "trial")
        yield f"{trials} of {_listed([report.names[row.key] for row in rows])} did not finish"


def _audited(report: DatasetReport) -> Iterator[str]:
    notes = report.dataset.notes
    yield from notes[:_FEW_NOTES]
    if len(notes) > _FEW_NOTES:
        yield f"{counted(len(notes) - _FEW_NOTES, 'further note')} below"
