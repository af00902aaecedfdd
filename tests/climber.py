"""A plugin whose tagger has ranges to search, and tells how good it is before it is finished."""

from __future__ import annotations

from pathlib import Path

PLUGIN = """
from dataclasses import dataclass
from typing import Annotated
from seqbench import Range, hookimpl

@dataclass(kw_only=True)
class Climber:
    height: Annotated[float, "the better", Range(0.0, 1.0)] = 0.5
    kind: Annotated[str, "of no importance", Range(choices=("a", "b"))] = "a"
    steps: Annotated[int, "reports", Range(50, 60)] = 55

    def fit(self, train, conditions):
        self.tags = train.tags.vocabulary
        for epoch in range(1, self.steps + 1):
            if conditions.report(epoch=epoch, dev_accuracy=self.height):
                return

    def predict(self, sentences):
        return [[self.tags[int(self.height * 2.99)]] * len(s) for s in sentences]

@hookimpl
def register_taggers(register): register("climber", Climber, "reports how high it is")
"""


def climber_file(folder: Path) -> Path:
    """The plugin as a file in a folder."""
    path = folder / "climber.py"
    path.write_text(PLUGIN)
    return path
