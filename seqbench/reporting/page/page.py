"""The page put together: summaries, leaderboards, pictures and the error explorer of each dataset, and all results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seqbench.comparing.across_splits import pooled
from seqbench.reporting import safe_text
from seqbench.reporting.comparison_findings import Findings
from seqbench.reporting.page.comparison_figures import comparison_figures, rank_figure
from seqbench.reporting.page.dataset_report import DatasetReport, FindWords, dataset_reports
from seqbench.reporting.page.document import data_block, document, inert
from seqbench.reporting.page.error_figures import error_figures
from seqbench.reporting.page.figure import CONFIG, DARK, Figure, unchecked
from seqbench.reporting.page.leaderboard import Board, leaderboard
from seqbench.reporting.page.packed import explorer
from seqbench.reporting.page.paper_table import paper_table
from seqbench.reporting.page.reliability_figures import reliability_figures
from seqbench.reporting.page.score_figures import score_figures
from seqbench.reporting.page.slice_figures import slice_figures
from seqbench.reporting.page.summary import summary
from seqbench.reporting.page.suspect_list import Suspect, suspect_list
from seqbench.reporting.page.training_figures import size_figures, training_figures
from seqbench.reporting.table import json_text
from seqbench.results.listing import Listing
from seqbench.version import __version__

_PICTURES = (
    score_figures,
    training_figures,
    error_figures,
    slice_figures,
    reliability_figures,
    comparison_figures,
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the page shows of one dataset; `number` tells its elements from those of others."""

    number: int
    name: str
    summary: list[str]
    board: Board
    notes: list[str]
    figures: list[Figure]
    suspects: list[Suspect]
    explored: dict[str, object] | None


def page(listing: Listing, findings: Findings, words: FindWords) -> str:
    """The page of these runs as one document that needs no other file."""
    reports = list(dataset_reports(listing, findings, words))
    parts = [_part(number, report) for number, report in enumerate(reports)]
    together = list(figures_of_all(findings))
    specs = {f"{part.number}-{figure.name}": figure.spec for part in parts for figure in part.figures}
    specs |= {f"all-{figure.name}": figure.spec for figure in together}
    runs = [safe_text.line(store.folder.name) for store in listing.stores]
    return document(
        {
            "version": __version__,
            "title": ", ".join(runs),
            "parts": parts,
            "together": together,
            "specs": data_block({"light": dict(CONFIG), "dark": dict(DARK), "specs": specs}),
            "explored": {part.number: data_block(part.explored) for part in parts if part.explored},
            "latex": paper_table(reports),
            "results": inert(json_text(findings.as_json())),
        }
    )


def _part(number: int, report: DatasetReport) -> Part:
    return Part(
        number=number,
        name=safe_text.line(report.dataset.name),
        summary=[safe_text.line(sentence) for sentence in summary(report)],
        board=leaderboard(report),
        notes=[safe_text.line(note) for note in _notes(report)],
        figures=figures_of(report),
        suspects=suspect_list(report),
        explored=explorer(report),
    )


def figures_of(report: DatasetReport) -> list[Figure]:
    """The pictures of one dataset."""
    with unchecked():
        return [drawn for figures in _PICTURES for drawn in figures(report)]


def figures_of_all(findings: Findings) -> Iterator[Figure]:
    """The pictures of all datasets together."""
    together = pooled(findings.results)
    for ranking in findings.rankings:
        yield rank_figure(ranking, findings.results.names)
    yield from size_figures(together)


def _notes(report: DatasetReport) -> Iterator[str]:
    """Notes of the dataset and of its models, and why trials failed."""
    yield from report.dataset.notes
    for key in report.predictions.left_out if report.predictions else ():
        yield f"{report.names[key]} did not finish on every fold: pictures of its tags and words leave it out"
    for row in report.rows:
        name = report.names[row.key]
        yield from (f"{name}: {note}" for note in row.notes)
        yield from (f"{name}, seed {failure.seed} did not finish: {failure.error}" for failure in row.failures)
