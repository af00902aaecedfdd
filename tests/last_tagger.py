"""A plugin whose tagger gives every token the last tag of train."""

from __future__ import annotations

from pathlib import Path

PLUGIN = """
from seqbench import Deterministic, hookimpl

class Last(Deterministic):
    def fit(self, train, conditions): self.tag = train.tags[-1][-1]
    def predict(self, sentences): return [[self.tag] * len(s) for s in sentences]

@hookimpl
def register_taggers(register): register("last", Last, "the last tag")
"""


def last_file(folder: Path) -> Path:
    """The plugin as a file in a folder."""
    path = folder / "last.py"
    path.write_text(PLUGIN)
    return path
