"""Public corpora by name: where they are, what is in them, and how each of them is fetched, verified and read.

`index.json` has what a list shows, `corpora.json` all facts: repository, commit, hashes, counts, licence, layout.
"""

from __future__ import annotations

import json
from pathlib import Path

from seqbench import About, RegisterDataset

_FACTS = ("task", "language", "licence", "obligations", "citation", "sizes")
_INDEX = Path(__file__).with_name("index.json")


def register_all(register: RegisterDataset) -> None:
    """Register every corpus by its name, without reading more than the index."""
    for name, title, *facts in json.loads(_INDEX.read_bytes()):
        about = About(**dict(zip(_FACTS, facts, strict=True)))
        register(name, f"seqbench_datasets.catalogue.corpora:{name}", title, about=about)
