"""Records of trials, made in memory to be stored."""

from __future__ import annotations

from seqbench.contracts.trial import DatasetReference
from seqbench.results.records import Manifest, TrialRecord

KEY = "0123456789ab"


def trial(label="a", key=KEY, seed=0, **further):
    """A finished trial."""
    return TrialRecord(
        seqbench="0", key=key, identity={"seed": seed}, label=label, seed=seed,
        dataset=DatasetReference("d", "d", "f"), **{"scores": {"accuracy": 0.5}, "metrics": {}, **further},
    )  # fmt: skip


def manifest(command="run", **further):
    """A run of nothing, called by this command."""
    parts = {"datasets": (), "models": (), "trials": (), **further}
    return Manifest(
        seqbench="0", result_version=1, command=(command,), started="today", device="cpu", threads=1, **parts
    )
