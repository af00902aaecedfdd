"""seqbench compares sequence models on the same data, under the same conditions.

These are the names that a plugin may import. Each is loaded on first use, so that `import seqbench` costs next to
nothing and never imports torch or scikit-learn; what all torch taggers share is in `seqbench.neural`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seqbench.api import run
    from seqbench.contracts.hooks import hookimpl
    from seqbench.contracts.tagger import (
        Composite,
        Conditions,
        Contents,
        Deterministic,
        Noted,
        Presets,
        Probabilistic,
        Range,
        Saveable,
        Sized,
        Stepwise,
        Tagger,
        WarmsUp,
    )
    from seqbench.data.corpus import Corpus, Dataset, Sequences
    from seqbench.errors import DataError, PluginError, PredictionError, SeqbenchError, StoreError, UsageError
    from seqbench.registry.models import make
    from seqbench.scoring.metrics import Countable, Outcome

__version__ = "0.1.0"

__all__ = [
    "Composite",
    "Conditions",
    "Contents",
    "Corpus",
    "Countable",
    "DataError",
    "Dataset",
    "Deterministic",
    "Noted",
    "Outcome",
    "PluginError",
    "PredictionError",
    "Presets",
    "Probabilistic",
    "Range",
    "Saveable",
    "SeqbenchError",
    "Sequences",
    "Sized",
    "Stepwise",
    "StoreError",
    "Tagger",
    "UsageError",
    "WarmsUp",
    "__version__",
    "hookimpl",
    "make",
    "run",
]

_HOMES = {
    "data.corpus": ("Corpus", "Dataset", "Sequences"),
    "errors": ("DataError", "PluginError", "PredictionError", "SeqbenchError", "StoreError", "UsageError"),
    "contracts.hooks": ("hookimpl",),
    "scoring.metrics": ("Countable", "Outcome"),
    "registry.models": ("make",),
    "api": ("run",),
    "contracts.tagger": (
        "Composite",
        "Conditions",
        "Contents",
        "Deterministic",
        "Noted",
        "Presets",
        "Probabilistic",
        "Range",
        "Saveable",
        "Sized",
        "Stepwise",
        "Tagger",
        "WarmsUp",
    ),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"seqbench.{home}"), name)
    message = f"module 'seqbench' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__
