"""`seqbench score GOLD PRED...`: predictions of any other system in the same tables and tests."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from seqbench.cli import options
from seqbench.cli.printing import Wanted, check_labels, print_results
from seqbench.registry.discovery import Registry
from seqbench.registry.odd_span_tags import with_span_notes
from seqbench.results import external_predictions
from seqbench.results.store import Store

_EXAMPLES = """
\b
Examples:
  seqbench score gold.conllu first.conllu second.conllu
  seqbench score 'gold.txt?tags=3' theirs=out.tsv ours=a.tsv ours=b.tsv \\
      --train train.txt
  seqbench score path/to/treebank theirs=out.conllu --out runs/theirs
"""


@dataclass(frozen=True, kw_only=True)
class ScoreOptions:
    """Options of a call."""

    gold: str
    predictions: tuple[str, ...]
    train: str | None
    out: Path | None
    missing: str
    plugins: tuple[Path, ...]
    data_dir: Path | None
    form: str
    confusion: tuple[str, ...]
    per_tag: bool
    scheme: str | None
    policy: str
    without_types: tuple[str, ...]


@click.command("score", epilog=_EXAMPLES)
@click.argument("gold")
@click.argument("predictions", nargs=-1, required=True, metavar="PRED...")
@click.option(
    "--train", metavar="FILE|NAME", help="What the systems learned from: tells known words from unknown ones."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Keep it as a run, for show, compare, spans, errors."
)
@click.option(
    "--missing",
    type=click.Choice(["refuse", "wrong"]),
    default="refuse",
    show_default=True,
    help="Tokens that predictions lack at the ends of sentences: refuse the file, or count them as wrong.",
)
@options.data_dir
@options.plugin
@options.form
@options.confusion
@options.per_tag
@options.scheme
@options.policy
@options.without_type
def command(**arguments: Any) -> int:
    """Score predictions that other systems wrote to files.

    GOLD is a file, or a dataset as for --data, whose test set is then gold. PRED is FILE or LABEL=FILE; a label that is
    given again is another seed of the same system. Each file may be in another format that seqbench reads (columns,
    CoNLL-U); 'FILE?tags=3' chooses the column. All must have the words and sentences of the gold.
    """
    settings = ScoreOptions(**arguments)
    registry = options.registry_of(settings.plugins)
    if settings.out:
        return _scored(settings, Store.create(settings.out), registry)
    with TemporaryDirectory() as folder:
        return _scored(settings, Store.create(Path(folder)), registry)


def _scored(settings: ScoreOptions, store: Store, registry: Registry) -> int:
    dataset, gold = external_predictions.gold_of(settings.gold, settings.train, registry)
    dataset, predictions = external_predictions.predictions(
        settings.predictions, dataset, gold, registry, missing_is_wrong=settings.missing == "wrong"
    )
    check_labels(settings.confusion, [prediction.label for prediction in predictions])
    spans = options.spans_of(settings.scheme, settings.policy, settings.without_types)
    dataset = with_span_notes(dataset, spans)
    external_predictions.write(store, dataset, predictions, registry, external_predictions.Call(sys.argv[1:], spans))
    printed = Wanted(settings.form, settings.confusion, settings.per_tag, compared=True, pairs=None)
    return print_results([store], printed, lambda: registry)
