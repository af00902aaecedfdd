"""The list of registered datasets, made without loading one."""

from __future__ import annotations

from collections.abc import Mapping

from seqbench.registry.entries import Entry
from seqbench.reporting.table import listing


def dataset_list(entries: Mapping[str, Entry], form: str) -> str:
    """Datasets by name, with task, language, tokens of all splits and licence."""
    heads = ["dataset", "task", "language", "tokens", "licence", "summary", "default", "plugin"]
    return listing(heads, [_row(name, entry) for name, entry in sorted(entries.items())], form)


def _row(name: str, entry: Entry) -> list[str]:
    about = entry.about
    tokens = sum(size[1] for size in about.sizes.values())
    facts = [about.task, about.language, f"{tokens:,}" if tokens else "", about.licence]
    return [name, *facts, entry.summary, "yes" if entry.default else "", entry.plugin.name]
