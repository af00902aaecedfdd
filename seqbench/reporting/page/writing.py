"""The page of runs, written to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from seqbench.data.dataset import Dataset
from seqbench.errors import DataError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_report import Question, comparable, findings
from seqbench.reporting.page.page import page
from seqbench.results.predictions import Predictions, TagSpace
from seqbench.results.source_corpus import reread
from seqbench.results.store import Store


def write_page(stores: Sequence[Store], registry: Registry, out: Path | None, warn: Callable[[str], None]) -> Path:
    """The file with the page of these runs: `out`, or report.html in the folder of the first.

    `warn` is told what the page has to leave out. Raises `UsageError` if the file cannot be written.
    """
    runs = comparable(stores, registry, Question())

    def words(predictions: Predictions) -> Dataset | None:
        record = TagSpace.of(stores, predictions.dataset.fingerprint).record
        try:
            return reread(record, registry)
        except DataError as error:
            warn(f"{error}; the page shows its sentences without words, and no suspects")
            return None

    path = out or stores[0].folder / "report.html"
    _write(path, page(runs.listing, findings(runs, registry), words))
    return path


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot write the page {str(path)!r}: {error.strerror or error}") from error
