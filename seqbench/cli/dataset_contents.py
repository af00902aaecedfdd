"""Contents of one dataset, or of the cache, as `seqbench datasets` prints them; all that reads data is loaded here."""

from __future__ import annotations

from seqbench.cli.terminal import echo
from seqbench.registry.corpus_cache import clear, kept_files
from seqbench.registry.data_argument import parsed
from seqbench.registry.datasets import loaded_or_gold
from seqbench.registry.discovery import Registry
from seqbench.reporting.dataset_tables import description, facts, kept_list


def describe(name: str, registry: Registry, form: str) -> None:
    """Print what is known of a dataset, then what loading it shows."""
    entry = registry.datasets.get(parsed(name).name)
    if entry is not None and form == "table":
        echo(facts(entry, form) + "\n")
    echo(description(loaded_or_gold(name, registry), form))


def show_cache(registry: Registry, form: str, *, clears: bool) -> None:
    """Print what is kept encoded, or remove it and print how much that was."""
    kept = kept_files(registry.access)
    if not clears:
        echo(kept_list(kept, form))
        return
    clear(registry.access)
    echo(f"removed {len(kept)} corpora, {sum(file.size for file in kept) / 1e6:,.1f} MB")
