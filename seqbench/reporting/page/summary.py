"""The answer of a page in two sentences: who leads and who cannot be told apart; what the data cannot decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from seqbench.comparing.across_splits import MEAN_OF, SPLITS
from seqbench.comparing.comparison import BETTER, LEARNER, MODEL, OPEN, SAME, Comparison
from seqbench.reporting.comparison_words import INDEPENDENT, OVERLAPS, QUESTION_PHRASES, answer
from seqbench.reporting.number_format import counted, missed
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.span_verdict import best_by_spans
from seqbench.results.rows import Row, Score

_QUESTIONS = LEARNER, MODEL, SPLITS  # the most general one first
_FEW, _FEW_NOTES = 4, 2


def summary(report: DatasetReport) -> list[str]:
    """Two sentences on a dataset."""
    ranked = [row for row in report.rows if row.scores["accuracy"].mean is not None]
    if not ranked:
        return [f"No model finished on {report.dataset.name}.", _second(report, [], [])]
    first = _first(report, ranked[0])
    return [first, _second(report, asked(report)[1], ranked, first)]


def asked(report: DatasetReport) -> tuple[str, list[Comparison]]:
    """The most general question that was answered, with its comparisons by accuracy."""
    by_accuracy = [c for c in report.comparisons if c.metric == "accuracy"]
    for question in _QUESTIONS:
        of_question = [c for c in by_accuracy if c.question == question]
        if any(c.relation not in (None, OPEN) for c in of_question):
            return question, of_question
    return MODEL, [c for c in by_accuracy if c.question == MODEL]


def _first(report: DatasetReport, first: Row) -> str:
    """The best score, whose it is, and what `seqbench compare` says of all models beside it."""
    comparisons = [c for c in report.comparisons if c.metric == "accuracy"]
    compared = {key for c in comparisons for key in (c.a, c.b)}
    score = f"{_percent(first.scores['accuracy'])} of the test tokens right"
    said = f"On {report.dataset.name}, the best score is {score}, by {report.names[first.key]}"
    if not comparisons:
        return f"{said}; no other model is there to be compared with."
    if first.key not in compared:
        said += ", which is not compared, since not all of its seeds finished"
    standings = [standing for standing in report.compared.standings if standing.model in compared]
    return f"{said}: {answer(replace(report.compared, standings=standings, comparisons=comparisons), report.names)}."


def _percent(score: Score) -> str:
    """A mean in % with its interval where there is one."""
    limits = f" (95 % interval {100 * score.ci95[0]:.2f} to {100 * score.ci95[1]:.2f})" if score.ci95 else ""
    return f"{100 * (score.mean or 0.0):.2f} %{limits}"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_FEW])
    if len(names) > _FEW:
        shown.append(f"{len(names) - _FEW} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def _second(report: DatasetReport, of_question: Sequence[Comparison], ranked: Sequence[Row], first: str = "") -> str:
    """Sentence on what is not decided and is not in the `first` one, on failures, and on findings of the audit."""
    parts = [*_undecided(of_question, first), *_unfinished(report), *_limits(report), *_audited(report)]
    if not parts:
        parts = ["nothing failed, and the audit of the data found nothing"] if ranked else ["nothing can be said"]
    text = "; ".join(part.rstrip(".") for part in parts)
    return f"{text[0].upper()}{text[1:]}."


def _undecided(comparisons: Sequence[Comparison], first: str) -> Iterator[str]:
    sizes = [c.detectable for c in comparisons if c.detectable is not None and c.relation == SAME]
    if any(c.question == SPLITS and c.relation == BETTER for c in comparisons):
        yield f"what is shown over splits allows for overlaps, {OVERLAPS}"
    reasons = list(dict.fromkeys(c.why for c in comparisons if c.relation == OPEN and c.why and c.why not in first))
    if sizes:
        question = QUESTION_PHRASES[comparisons[0].question]
        where = "" if comparisons[0].question == SPLITS else " on these data"
        yield f"{question}, {missed(sizes, comparisons[0].metric)} would often be missed{where}"
    yield from (f"some pairs are not decided: {reason}" for reason in reasons[:1])


def _unfinished(report: DatasetReport) -> Iterator[str]:
    rows = [row for row in report.rows if row.failures]
    if rows:
        trials = counted(sum(len(row.failures) for row in rows), "trial")
        yield f"{trials} of {_listed([report.names[row.key] for row in rows])} did not finish"


def _limits(report: DatasetReport) -> Iterator[str]:
    """Limits of the verdict: a score beside accuracy, and what is taken for granted."""
    if by_spans := best_by_spans(report.rows, report.names):
        yield by_spans.replace("--metric", "seqbench compare --metric")
    if report.unmarked:
        yield INDEPENDENT


def _audited(report: DatasetReport) -> Iterator[str]:
    notes = [note for note in report.dataset.notes if not (report.over and note.startswith(MEAN_OF))]
    yield from notes[:_FEW_NOTES]
    if len(notes) > _FEW_NOTES:
        yield f"{counted(len(notes) - _FEW_NOTES, 'further note')} below"
