"""Notes that are told once: the terms of a restricted corpus, on its first use."""

from __future__ import annotations

from contextlib import suppress

from seqbench import DataAccess
from seqbench_datasets.catalogue.fetching import cache_of


def tell_once(name: str, sentence: str, access: DataAccess) -> None:
    """Tell a sentence about a corpus unless it was told before; a cache that cannot be written forgets."""
    mark = cache_of(access) / "told" / name
    if mark.is_file():
        return
    access.tell(sentence)
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
