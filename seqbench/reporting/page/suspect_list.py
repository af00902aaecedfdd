"""Suspects for mistakes of annotation, as the page lists and exports them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seqbench.comparing.error_analysis.report import ErrorReport
from seqbench.comparing.error_analysis.tokens_in_context import Case
from seqbench.data.origins import Origin
from seqbench.reporting import safe_text
from seqbench.reporting.page.dataset_report import DatasetReport

_MOST, _REACH = 500, 6


@dataclass(frozen=True)
class Suspect:
    """A token on which all models agree against its gold tag: sentence and token count from 1, `origin` is a text."""

    sentence: int
    token: int
    context: str
    gold: str
    predicted: str
    suspicion: float
    origin: str = ""


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
        predicted=safe_text.line(next(iter(case.predicted.values()))),
        suspicion=suspicion,
        origin=safe_text.line(origin_text(case.origin)),
    )


def origin_text(origin: Origin | None) -> str:
    """The file, line and name of a sentence, as far as they are known."""
    if origin is None:
        return ""
    return f"{Path(origin.file).name}:{origin.line}{f' ({origin.sent_id})' * bool(origin.sent_id)}"
