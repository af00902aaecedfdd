"""`seqbench datasets`: which datasets are registered, and from whom; `seqbench datasets NAME`: what one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.registry.entries import Entry
from seqbench.reporting.dataset_list import DatasetSearch, dataset_list

_EXAMPLES = """
\b
Examples:
  seqbench datasets
  seqbench datasets --task ner --language sw
  seqbench datasets --search legal
  seqbench datasets tutorial
  seqbench datasets path/to/treebank
  seqbench datasets --cache
"""

_NAMED = {"task": "tasks are", "language": "languages of these are", "licence": "licences of these are"}


class _Options(TypedDict):
    name: str | None
    data_dir: Path | None
    plugins: tuple[Path, ...]
    without: tuple[str, ...]
    form: str
    task: str | None
    language: str | None
    licence: str | None
    search: str | None
    cache: bool
    clear_cache: bool


@click.command("datasets", epilog=_EXAMPLES)
@click.argument("name", required=False)
@click.option("--task", metavar="TASK", help="List those of a task only: pos, ner, chunking, slot-filling, ...")
@click.option("--language", metavar="CODE", help="List those of a language only, by its BCP 47 code: sw, de, zh-Hans.")
@click.option("--licence", metavar="BEGINNING", help="List those whose licence begins so: CC0, CC-BY-4.0.")
@click.option("--search", metavar="TEXT", help="List those with a text in name, title, task or citation.")
@click.option("--cache", is_flag=True, help="List the large files whose corpora are kept encoded in the cache.")
@click.option("--clear-cache", is_flag=True, help="Remove those corpora; the files are encoded anew when next read.")
@options.data_dir
@options.plugin
@options.without
@options.form
def command(**arguments: Unpack[_Options]) -> None:
    """List the datasets, or describe one (a name, or a path as for --data)."""
    registry, form = options.registry_of(arguments["plugins"], arguments["without"]), arguments["form"]
    if arguments["cache"] or arguments["clear_cache"] or arguments["name"]:
        from seqbench.cli.dataset_contents import describe, show_cache

        if arguments["name"] and not (arguments["cache"] or arguments["clear_cache"]):
            describe(arguments["name"], registry, form)
        else:
            show_cache(registry, form, clears=arguments["clear_cache"])
        return
    search = DatasetSearch(**{name: arguments[name] for name in ("task", "language", "licence", "search")})
    fitting = {name: entry for name, entry in registry.datasets.items() if search.fits(entry)}
    if not fitting:
        options.warn(f"no dataset fits; {_choices(search, registry.datasets)}")
    echo(dataset_list(fitting, form))


def _choices(search: DatasetSearch, entries: Mapping[str, Entry]) -> str:
    """Values of the first condition that no dataset has which has those before it."""
    conditions = DatasetSearch()
    for name in ("task", "language", "licence"):
        fitting = [entry.about for entry in entries.values() if conditions.fits(entry)]
        conditions = replace(conditions, **{name: getattr(search, name)})
        if not any(conditions.fits(entry) for entry in entries.values()):
            words = {word for about in fitting for word in getattr(about, name).split()}
            return f"{_NAMED[name]} {', '.join(sorted(words))}"
    return f"{search.search!r} stands in no name, title, task or citation of these"
