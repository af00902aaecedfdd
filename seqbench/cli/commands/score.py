"""`seqbench score GOLD PRED...`: predictions of any other system in the same tables and tests."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from seqbench.cli import options
from seqbench.cli.printing import Wanted, check_labels, print_results
from seqbench.results.store import Store

if TYPE_CHECKING:
    from seqbench.registry.discovery import Registry

_EXAMPLES = """
\b
Examples:
  seqbench score gold.conllu first.conllu second.conllu
  seqbench score 'gold.txt?tags=3' theirs=out.tsv ours=a.tsv ours=b.tsv --train train.txt
  seqbench score path/to/treebank theirs=out.conllu --out runs/theirs
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options of one call."""

    gold: str
    predictions: tuple[str, ...]
    train: str | None
    out: Path | None
    plugins: tuple[Path, ...]
    form: str
    confusion: tuple[str, ...]
    per_tag: bool


@click.command("score", epilog=_EXAMPLES)
@click.argument("gold")
@click.argument("predictions", nargs=-1, required=True, metavar="PRED...")
@click.option("--train", metavar="FILE", help="What the systems learned from: tells known words from unknown ones.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Keep it as a run, for show, compare, spans, errors."
)
@options.plugin
@options.form
@options.confusion
@options.per_tag
def command(**given: Any) -> int:
    """Score predictions that other systems wrote to files.

    GOLD is a file, or a dataset as for --data, whose test set is then gold. PRED is FILE or LABEL=FILE; a label that is
    given again is another seed of the same system. Each file may be in another format that seqbench reads (columns,
    CoNLL-U); 'FILE?tags=3' chooses the column. All must have the words and sentences of the gold.
    """
    asked = Asked(**given)
    registry = options.registry_of(asked.plugins)
    if asked.out:
        return _scored(asked, Store.create(asked.out), registry)
    with TemporaryDirectory() as folder:
        return _scored(asked, Store.create(Path(folder)), registry)


def _scored(asked: Asked, store: Store, registry: Registry) -> int:
    from seqbench.results import external

    dataset, gold = external.gold_of(asked.gold, asked.train, registry)
    dataset, found = external.predictions(asked.predictions, dataset, gold, registry)
    check_labels(asked.confusion, [one.label for one in found])
    external.write(store, dataset, found, registry, sys.argv[1:])
    wanted = Wanted(asked.form, asked.confusion, asked.per_tag, compared=True)
    return print_results([store], wanted, lambda: registry)
