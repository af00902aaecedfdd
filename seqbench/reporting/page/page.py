"""The page put together: summaries, leaderboards, pictures and the error explorer of each dataset, and all results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seqbench.comparing.across_splits import pooled
from seqbench.reporting import safe_text
from seqbench.reporting.comparison_findings import Findings
from seqbench.reporting.page.dataset_report import DatasetReport, FindWords, dataset_reports
from seqbench.reporting.page.document import data_block, document, inert
from seqbench.reporting.page.figure import CONFIG, DARK, Figure
from seqbench.reporting.page.leaderboard import Board, leaderboard
from seqbench.reporting.page.packed import explorer
from seqbench.reporting.page.page_sections import PageSections
from seqbench.reporting.page.paper_table import LATEX, scores_for_papers
from seqbench.reporting.page.summary import summary
from seqbench.reporting.page.suspect_list import Suspect, suspect_list
from seqbench.reporting.repeated_models import repeated_models
from seqbench.reporting.table import Table, json_text, paper
from seqbench.results.listing import Listing
from seqbench.version import __version__


@dataclass(frozen=True, kw_only=True)
class Part:
    """Part of the page on one dataset; `number` tells its elements from those of others."""

    number: int
    name: str
    summary: list[str]
    board: Board
    notes: list[str]
    figures: list[Figure]
    tables: list[Table]
    suspects: list[Suspect]
    explored: dict[str, object] | None


def page(listing: Listing, findings: Findings, words: FindWords, sections: PageSections) -> str:
    """The page of these runs as one document that needs no other file."""
    return document(contents(listing, findings, words, sections))


def contents(listing: Listing, findings: Findings, words: FindWords, sections: PageSections) -> Mapping[str, object]:
    """All that stands in the page of these runs, by the names that its template has for it."""
    reports = list(dataset_reports(listing, findings, words))
    parts = [_part(number, report, sections) for number, report in enumerate(reports)]
    shown = sections.of_all(replace(findings, results=pooled(findings.results)))
    together = [part for part in shown if isinstance(part, Figure)]
    specs = {f"{part.number}-{figure.name}": figure.spec for part in parts for figure in part.figures}
    specs |= {f"all-{figure.name}": figure.spec for figure in together}
    runs = [safe_text.line(store.folder.name) for store in listing.stores]
    return {
        "version": __version__,
        "title": ", ".join(runs),
        "parts": parts,
        "together": together,
        "tables_together": [_safe(part) for part in shown if isinstance(part, Table)],
        "specs": data_block({"light": dict(CONFIG), "dark": dict(DARK), "specs": specs}),
        "explored": {part.number: data_block(part.explored) for part in parts if part.explored},
        "latex": paper(scores_for_papers(findings), LATEX),
        "results": inert(json_text(findings.as_json())),
    }


def _part(number: int, report: DatasetReport, sections: PageSections) -> Part:
    shown = sections.of_dataset(report)
    return Part(
        number=number,
        name=safe_text.line(report.dataset.name),
        summary=[safe_text.line(sentence) for sentence in summary(report)],
        board=leaderboard(report),
        notes=[safe_text.line(note) for note in _notes(report)],
        figures=[part for part in shown if isinstance(part, Figure)],
        tables=[_safe(part) for part in shown if isinstance(part, Table)],
        suspects=suspect_list(report),
        explored=explorer(report),
    )


def _safe(table: Table) -> Table:
    """A table whose texts are safe to show."""

    def safe(texts: Sequence[str]) -> list[str]:
        return [safe_text.line(text) for text in texts]

    (title,) = safe([table.title])
    rows = [safe(row) for row in table.rows]
    return replace(table, title=title, columns=safe(table.columns), rows=rows, footnotes=safe(table.footnotes))


def _notes(report: DatasetReport) -> Iterator[str]:
    """Notes of the dataset and of its models, and why trials failed."""
    yield from report.dataset.notes
    yield from repeated_models(report.results, report.dataset.fingerprint)
    for key in report.predictions.left_out if report.predictions else ():
        yield f"{report.names[key]} did not finish on every fold: pictures of its tags and words leave it out"
    for typed in report.results.typed_in(report.dataset.name):
        yield f"({typed.model}, typed in): from {typed.file}; nothing of it was run, checked or tested here"
    for row in report.rows:
        name = report.names[row.key]
        yield from (f"{name}: {note}" for note in row.notes)
        yield from (f"{name}, seed {failure.seed} did not finish: {failure.error}" for failure in row.failures)
