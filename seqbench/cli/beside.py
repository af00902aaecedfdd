"""What `--beside` puts beside the results of runs: published results, or scores that were typed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from seqbench.registry.discovery import Registry
from seqbench.results.published import published_beside
from seqbench.results.store import Store

PUBLISHED = "published"


def typed_in(beside: str | None) -> Path | None:
    """The file of scores that `--beside` names; None where nothing or what is published is wanted."""
    return None if beside in (None, PUBLISHED) else Path(str(beside))


def with_published(
    stores: Sequence[Store], beside: str | None, registry: Callable[[], Registry], note: Callable[[str], None]
) -> Sequence[Store]:
    """These runs, then the published ones; `note` hears what is there, from when, and what is left out.

    A registry is asked for only where published results are wanted.
    """
    if beside != PUBLISHED:
        return stores
    published = published_beside(stores, registry())
    for text in published.notes:
        note(f"note: {text}")
    return [*stores, *published.stores]
