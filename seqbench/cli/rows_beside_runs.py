"""Results that tables show beside their runs: published ones, and scores that were typed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqbench.registry.discovery import Registry
from seqbench.reporting.added_rows import Beside
from seqbench.results.published import published_beside
from seqbench.results.store import Store


def with_published(
    stores: Sequence[Store], beside: Beside, registry: Callable[[], Registry], note: Callable[[str], None]
) -> Sequence[Store]:
    """Runs, then the published ones; `note` hears what is there, from when, and what is left out.

    A registry is asked for only where published results are wanted.
    """
    if not beside.published:
        return stores
    published = published_beside(stores, registry())
    for text in published.notes:
        note(f"note: {text}")
    return [*stores, *published.stores]
