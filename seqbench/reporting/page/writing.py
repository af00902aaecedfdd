"""The page of runs, written to a file."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from threadpoolctl import threadpool_limits

from seqbench.comparing.across_splits import pooled
from seqbench.comparing.error_analysis.words import Words
from seqbench.errors import DataError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.plugin_files import files_of
from seqbench.reporting.comparison_findings import Findings, findings, typed_in_beside
from seqbench.reporting.comparison_report import Comparable, Question, comparable
from seqbench.reporting.page.dataset_report import FindWords, dataset_reports
from seqbench.reporting.page.document import document
from seqbench.reporting.page.figure import Figure
from seqbench.reporting.page.figure_files import write_figures
from seqbench.reporting.page.libraries import put_together_ahead
from seqbench.reporting.page.page import contents
from seqbench.reporting.page.page_sections import PageSections
from seqbench.reporting.page.paper_table import LATEX, hyperparameter_table, scores_for_papers
from seqbench.reporting.table import paper, rendered
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
    registry = Registry.discover(files_of(plugins), lambda loss: _warn(str(loss)))
    stores = [Store.open(Path(folder)) for folder in folders]
    return write_page(Reported(stores=stores, registry=registry, warn=_warn), Path(out) if out else None)


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=3)


@dataclass(frozen=True, kw_only=True)
class Reported:
    """Runs to report, with plugins, a file of scores typed in, and who is told of what has to be left out."""

    stores: Sequence[Store]
    registry: Registry
    warn: Callable[[str], None]
    beside: Path | None = None

    def findings(self) -> tuple[Comparable, Findings]:
        """The runs as they are compared, and what was found."""
        runs = comparable(self.stores, self.registry, Question())
        with threadpool_limits(1):  # matrices are so small that threads wait longer than they work
            compared = findings(runs, self.registry)
        results = replace(compared.results, beside=typed_in_beside(runs.listing, self.beside))
        return runs, replace(compared, results=results)

    def page(self) -> str:
        """The page as one document."""
        with put_together_ahead():
            runs, compared = self.findings()
            sections = PageSections.of(self.registry, self.warn)
            words = _words(runs.listing.stores, self.registry, self.warn)
            with threadpool_limits(1):
                parts = contents(runs.listing, compared, words, sections)
        return document(parts)


def write_page(reported: Reported, out: Path | None) -> Path:
    """The file with the page of these runs: `out`, or report.html in the folder of the first.

    Raises `UsageError` if the file cannot be written.
    """
    path = out or reported.stores[0].folder / "report.html"
    _write(path, reported.page())
    return path


def write_pictures(reported: Reported, folder: Path) -> list[Path]:
    """The files of all pictures of these runs, SVG and PDF, in a folder."""
    runs, compared = reported.findings()
    sections = PageSections.of(reported.registry, reported.warn)
    reports = enumerate(dataset_reports(runs.listing, compared, lambda _: None))
    shown = [(str(number), part) for number, report in reports for part in sections.of_dataset(report)]
    shown += [("all", part) for part in sections.of_all(replace(compared, results=pooled(compared.results)))]
    return write_figures(folder, [(f"{of}-{part.name}", part) for of, part in shown if isinstance(part, Figure)])


def paper_text(reported: Reported) -> str:
    """The table of models and datasets in LaTeX, splits of one dataset together, and that of hyperparameters."""
    _, compared = reported.findings()
    scores = paper(scores_for_papers(compared), LATEX)
    return f"{scores}\n\n{rendered(hyperparameter_table(compared), LATEX)}\n"


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
