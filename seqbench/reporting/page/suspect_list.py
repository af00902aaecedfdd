"""Suspects for mistakes of annotation, as the page lists and exports them."""

from __future__ import annotations

from dataclasses import dataclass

from seqbench.comparing.error_analysis.report import ErrorReport
from seqbench.comparing.error_analysis.tokens_in_context import Case
from seqbench.reporting import safe_text
from seqbench.reporting.page.dataset_report import DatasetReport

_MOST, _REACH = 500, 6


@dataclass(frozen=True)
class Suspect:
    """A token on which all models agree against its gold tag: sentence and token count from 1."""

    sentence: int
    token: int
    context: str
    gold: str
    given: str
    suspicion: float


def suspect_list(report: DatasetReport) -> list[Suspect]:
    """The suspects of a dataset whose words are known, the most suspicious first."""
    if report.predictions is None or report.words is None:
        return []
    errors = ErrorReport(predictions=report.predictions, words=report.words, limit=_MOST, names=report.names)
    _, suspects = errors.suspects()
    return [_suspect(case, suspicion) for case, suspicion in suspects]


def _suspect(case: Case, suspicion: float) -> Suspect:
    return Suspect(
        sentence=case.sentence,
        token=case.token,
        context=safe_text.line(case.marked(_REACH)),
        gold=safe_text.line(case.gold),
        given=safe_text.line(next(iter(case.given.values()))),
        suspicion=suspicion,
    )
