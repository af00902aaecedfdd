"""Runs with the published results that go with them, where a command asks for them by `--beside published`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqbench.registry.discovery import Registry
from seqbench.results.published import published_beside
from seqbench.results.store import Store


def with_published(
    stores: Sequence[Store], beside: str | None, registry: Callable[[], Registry], note: Callable[[str], None]
) -> Sequence[Store]:
    """These runs, then the published ones; `note` hears what is there, from when, and what is left out.

    A registry is asked for only where published results are wanted.
    """
    if beside is None:
        return stores
    published = published_beside(stores, registry())
    for text in published.notes:
        note(f"note: {text}")
    return [*stores, *published.stores]
