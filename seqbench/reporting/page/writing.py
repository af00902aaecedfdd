"""The page of runs, written to a file."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from seqbench.comparing.across_splits import pooled
from seqbench.comparing.error_analysis.words import Words
from seqbench.errors import DataError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_findings import findings
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.page.dataset_report import FindWords, dataset_reports
from seqbench.reporting.page.figure import Figure
from seqbench.reporting.page.figure_files import write_figures
from seqbench.reporting.page.page import page
from seqbench.reporting.page.page_sections import PageSections
from seqbench.reporting.page.paper_table import paper_table
from seqbench.results.predictions import Predictions
from seqbench.results.store import Store


def report(
    runs: str | Path | Sequence[str | Path], out: str | Path | None = None, *, plugins: Sequence[str | Path] = ()
) -> Path:
    """The file with one page of these runs, as `seqbench report` writes it: `out`, or report.html in the first run.

    What the page has to leave out, such as words that are gone, is a warning. Raises `SeqbenchError` if a folder is no
    run, or if the file cannot be written.
    """
    folders = [runs] if isinstance(runs, str | Path) else list(runs)
    if not folders:
        raise UsageError("report takes the folder of a run, or several; got none")
    registry = Registry.discover([Path(file) for file in plugins], lambda loss: _warn(str(loss)))
    return write_page([Store.open(Path(folder)) for folder in folders], registry, Path(out) if out else None, _warn)


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=3)


def write_page(stores: Sequence[Store], registry: Registry, out: Path | None, warn: Callable[[str], None]) -> Path:
    """The file with the page of these runs: `out`, or report.html in the folder of the first.

    `warn` is told what the page has to leave out. Raises `UsageError` if the file cannot be written.
    """
    runs = comparable(stores, registry, Question())
    path = out or stores[0].folder / "report.html"
    sections = PageSections.of(registry, warn)
    _write(path, page(runs.listing, findings(runs, registry), _words(stores, registry, warn), sections))
    return path


def write_pictures(
    stores: Sequence[Store], registry: Registry, folder: Path, warn: Callable[[str], None]
) -> list[Path]:
    """The files of all pictures of these runs, SVG and PDF, in a folder; `warn` is told of sections that fail."""
    sections = PageSections.of(registry, warn)
    runs = comparable(stores, registry, Question())
    found = findings(runs, registry)
    reports = enumerate(dataset_reports(runs.listing, found, lambda _: None))
    shown = [(str(number), part) for number, report in reports for part in sections.of_dataset(report)]
    shown += [("all", part) for part in sections.of_all(replace(found, results=pooled(found.results)))]
    return write_figures(folder, [(f"{of}-{part.name}", part) for of, part in shown if isinstance(part, Figure)])


def paper_text(stores: Sequence[Store], registry: Registry) -> str:
    """The table of models and datasets in LaTeX; splits of one dataset stand for it together."""
    runs = comparable(stores, registry, Question())
    found = findings(runs, registry)
    together = {dataset.fingerprint for dataset in pooled(found.results).datasets}
    reports = dataset_reports(runs.listing, found, lambda _: None)
    return paper_table([report for report in reports if report.dataset.fingerprint in together])


def _words(stores: Sequence[Store], registry: Registry, warn: Callable[[str], None]) -> FindWords:
    """The words of predictions, read again from where they came from."""

    def words(predictions: Predictions) -> Words | None:
        try:
            return Words.read(predictions, stores, registry)
        except DataError as error:
            warn(f"{error}; the page shows its sentences without words, and no suspects")
            return None

    return words


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot write the page {str(path)!r}: {error.strerror or error}") from error
