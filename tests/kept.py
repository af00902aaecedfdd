"""Small models that are kept, for tests of all that uses them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqbench.comparing.trial_intervals import trial_intervals
from seqbench.registry.discovery import Registry
from seqbench.running.executors.choose import Ways
from seqbench.running.request import RunRequest, plan_of
from seqbench.running.training_one import train
from seqbench.serving.kept_model import KeptModel, load_model

WORDS = [["The", "dog", "ate", "the", "apple"], ["Everybody", "read", "that", "zorp"], [], ["x" * 80, "Ł"]]
SMALL = "embedding_dim=8, hidden_dim=8, epochs=1, min_steps=10"


def kept(spec: str, folder: Path, data: str = "tutorial", seed: int = 0, plugins: Sequence[Path] = ()) -> Path:
    """The folder of a model that was trained and kept."""
    registry = Registry.discover(plugins)
    plan = plan_of(RunRequest(data=[data], models=[spec], seeds=(seed,)), registry, lambda _note: None)
    train(plan, registry, folder, trial_intervals, Ways())
    return folder


def loaded(folder: Path) -> KeptModel:
    """The model of a folder."""
    return load_model(folder, Registry.discover())
