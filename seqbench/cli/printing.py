"""The results of runs as commands print them at their end, and the exit code that says whether all trials finished."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from seqbench.cli.next_steps import next_steps
from seqbench.cli.terminal import echo, echo_rendered
from seqbench.errors import unknown
from seqbench.registry.discovery import Registry
from seqbench.reporting.added_rows import Beside
from seqbench.reporting.comparison_findings import Findings, findings, typed_in_beside
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.comparison_texts import comparison_texts
from seqbench.reporting.layout import layout_of
from seqbench.reporting.page.paper_table import scores_for_papers
from seqbench.reporting.results_report import further_json, results_texts
from seqbench.reporting.table import for_papers, json_text, paper
from seqbench.reporting.table_formats import prints_rows
from seqbench.results.listing import Listing, list_runs, refuse_different_data
from seqbench.results.model_names import key_named
from seqbench.results.paths import portable_label
from seqbench.results.records import Json
from seqbench.results.rows import TypedIn, read_results
from seqbench.results.store import Store


@dataclass(frozen=True)
class Wanted:
    """Wishes beside the main table: its format, confusions, scores per tag, comparisons and those of pairs if few.

    `beside` is a file of scores that were typed in.
    """

    form: str
    confusion: Sequence[str] = ()
    per_tag: bool = False
    compared: bool = False
    against: str | None = None
    pairs: bool | None = False
    beside: Path | None = None

    @classmethod
    def of(cls, arguments: Mapping[str, Json], *, compared: bool) -> Wanted:
        """The wishes that the options of a command state, with labels as records have them."""
        against = arguments.get("against")
        confusion = [portable_label(label) for label in arguments["confusion"]]
        beside = arguments.get("beside", Beside()).file
        label = against and portable_label(against)
        return cls(arguments["form"], confusion, arguments["per_tag"], compared, label, beside=beside)


def print_results(stores: Sequence[Store], printed: Wanted, registry: Callable[[], Registry]) -> int:
    """Print results as wanted; the exit code says whether all trials finished.

    Predictions are read, and a registry asked for, only where intervals or comparisons are wanted.
    """
    listing = list_runs(stores)
    refuse_different_data(listing.datasets)
    confusion_of = {key_named(text, listing.names) for text in printed.confusion}
    typed = typed_in_beside(listing, printed.beside)
    if printed.form == "json":
        document = _found(listing, printed, registry(), typed).as_json()
        if printed.per_tag or confusion_of:
            results = read_results(listing)
            document |= further_json(listing, results, confusion_of=confusion_of, tags=printed.per_tag)
        echo_rendered(json_text(document))
        return _exit_code(listing)
    if for_papers(printed.form):
        of_all = replace(printed, against=None)
        echo_rendered(paper(scores_for_papers(_found(listing, of_all, registry(), typed)), printed.form) + "\n")
    results = replace(read_results(listing), beside=typed)
    for text in results_texts(listing, results, printed.form, confusion_of=confusion_of, tags=printed.per_tag):
        echo_rendered(text)
    if printed.compared and not prints_rows(printed.form):
        echo()
        question = Question(printed.against, pairs=printed.pairs)
        for text in comparison_texts(comparable(listing.stores, registry(), question), printed.form):
            echo_rendered(text)
    return _exit_code(listing)


def _found(listing: Listing, printed: Wanted, plugins: Registry, typed: Sequence[TypedIn]) -> Findings:
    """All that a comparison of these runs finds, with the scores that were typed in."""
    compared = findings(comparable(listing.stores, plugins, Question(printed.against)), plugins)
    return replace(compared, results=replace(compared.results, beside=typed))


def note_next_steps(store: Store, printed: Wanted, note: Callable[[str], None]) -> None:
    """Tell people what to do with a run next; programs are told nothing."""
    if printed.form == "table":
        context = click.get_current_context(silent=True)
        data_dir = context.meta.get("seqbench.data_dir") if context else None
        note("\n" + "\n".join(next_steps(store.folder, layout_of(printed.form).width, data_dir)))


def _exit_code(listing: Listing) -> int:
    return int(not all(model.complete for model in listing.models))


def check_labels(labels: Sequence[str], known: Sequence[str]) -> None:
    """Raises `UsageError` if a label is of no model that is about to run."""
    for label in labels:
        if label not in known:
            raise unknown("model of this run", label, set(known), listed="Labels")
