"""`seqbench datasets`: which datasets are registered, and from whom; `seqbench datasets NAME`: what one holds."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.reporting.table import listing

_EXAMPLES = """
\b
Examples:
  seqbench datasets
  seqbench datasets tutorial
  seqbench datasets path/to/treebank
"""


@click.command("datasets", epilog=_EXAMPLES)
@click.argument("name", required=False)
@options.plugin
@options.without
@options.form
def command(name: str | None, plugins: tuple[Path, ...], without: tuple[str, ...], form: str) -> None:
    """List the datasets, or describe one (a name, or a path as for --data)."""
    registry = options.registry_of(plugins, without)
    if name:
        echo(_described(name, registry, form))
        return
    entries = sorted(registry.datasets.items())
    rows = [[key, entry.summary, "yes" if entry.default else "", entry.plugin.name] for key, entry in entries]
    echo(listing(["dataset", "summary", "default", "plugin"], rows, form))


def _described(name: str, registry: Registry, form: str) -> str:
    dataset = load(name, registry)
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    rows = []
    for split, corpus in splits.items():
        if corpus is not None:
            used = [str(len(set(part.ids.tolist()))) for part in (corpus.sentences, corpus.tags)]
            rows.append([split, str(len(corpus)), str(corpus.tokens), *used])
    table = listing(["split", "sentences", "tokens", "forms", "tags"], rows, form)
    if form != "table":
        return table
    notes = "".join(f"\nnote: {note}" for note in dataset.notes)
    tags = ", ".join(dataset.tags)
    return f"{dataset.name} (fingerprint {dataset.fingerprint})\n\n{table}\n\ntags: {tags}{notes}"
