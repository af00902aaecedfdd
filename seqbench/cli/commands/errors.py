"""`seqbench errors RUN...`: where models are wrong, where they differ, and where the gold tags may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seqbench.cli import options
from seqbench.cli.commands.show import check_labels
from seqbench.errors import DataError, unknown
from seqbench.results.rows import Results, read
from seqbench.results.store import Store

if TYPE_CHECKING:
    from seqbench.comparing.error_analysis.report import Chosen, Findings
    from seqbench.reporting.table import Table
    from seqbench.results.predictions import Answers

_EXAMPLES = """
\b
Examples:
  seqbench errors runs/first
  seqbench errors runs/first --right big --wrong small --tag NOUN
  seqbench errors runs/first --wrong small --limit 100 --format csv
"""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The options of one call."""

    runs: tuple[Path, ...]
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    tag: str | None
    limit: int
    plugins: tuple[Path, ...]
    form: str


@click.command("errors", epilog=_EXAMPLES)
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option("--right", multiple=True, metavar="LABEL", help="List the tokens that this model has right; repeatable.")
@click.option("--wrong", multiple=True, metavar="LABEL", help="List the tokens that this model has wrong; repeatable.")
@click.option("--tag", metavar="TAG", help="List only tokens whose gold tag is this one.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Longest list to print.")
@options.plugin
@options.form
def command(**given: Any) -> None:
    """Where models are wrong.

    Without --right, --wrong or --tag: accuracy by kind of word, frequency in train, sentence length, position and tag;
    the confusions on which models differ most; and the tokens on which all models agree against the gold tag, as
    suspects for mistakes of annotation. With them: the tokens that fit, with their sentences.

    A run keeps no words. They are read again from where the corpus was, which must not have changed since.
    """
    from seqbench.comparing.error_analysis.report import Chosen, Findings
    from seqbench.results.predictions import answers

    wanted = Wanted(**given)
    stores = [Store.open(folder) for folder in wanted.runs]
    results = read(stores)
    check_labels([*wanted.right, *wanted.wrong], [row.model for row in results.rows])
    asked = Chosen(wanted.right, wanted.wrong, wanted.tag)
    found = [Findings(one, _words(one, stores, wanted), wanted.limit) for one in answers(stores, results)]
    _check_tag(asked.tag, found)
    there = [one for one in found if one.fits(asked)]
    click.echo(_json(results, there, asked) if wanted.form == "json" else _text(there, asked, wanted.form))


def _words(one: Answers, stores: Sequence[Store], wanted: Wanted) -> Any:
    """The dataset with its words, or None after saying why they are not known."""
    from seqbench.results.predictions import about_data
    from seqbench.results.source_corpus import reread

    try:
        return reread(about_data(stores, one.fingerprint), options.registry_of(wanted.plugins))
    except DataError as error:
        options.warn(f"{error}; sentences, frequencies in train and suspects are left out")
        return None


def _check_tag(tag: str | None, found: Sequence[Findings]) -> None:
    known = {known for one in found for known in one.answers.tags}
    if tag is not None and tag not in known:
        raise unknown("tag", tag, known, listed="Tags")


def _json(results: Results, found: Sequence[Findings], asked: Chosen) -> str:
    from seqbench.reporting.table import json_text

    content: dict[str, Any] = {name: results.as_json()[name] for name in ("seqbench", "datasets")}
    parts = [(one.answers.dataset, one.as_json(asked)) for one in found]
    for name in ("slices", "confusions", "suspects", "tokens"):
        content[name] = [{"dataset": dataset, **entry} for dataset, lists in parts for entry in lists[name]]
    return json_text(content)


def _text(found: Sequence[Findings], asked: Chosen, form: str) -> str:
    from seqbench.reporting.table import rendered

    return "\n\n".join(rendered(table, form) for one in found for table in _tables(one, asked))


def _tables(one: Findings, asked: Chosen) -> Iterator[Table]:
    from seqbench.reporting import error_tables

    if not asked:
        yield error_tables.accuracy(one)
        yield error_tables.confused(one)
        if one.dataset:
            yield error_tables.suspects(one)
        return
    if len(asked.right) == len(asked.wrong) == 1:
        yield error_tables.confused_by_one(one, asked.wrong[0], asked.right[0])
    yield error_tables.tokens(one, asked)
