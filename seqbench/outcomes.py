"""What finished trials answered, read back from disk, so that it can be scored again in any other way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seqbench.errors import StoreError
from seqbench.metrics import Outcome, Reference
from seqbench.results import Row
from seqbench.store import Store


def outcomes(stores: Sequence[Store], row: Row) -> list[Outcome]:
    """The outcome of each finished trial of one dataset and model, in the order of its seeds."""
    return [_outcome(stores, trial, row.fingerprint) for trial in row.trials if trial]


def reference(store: Store, fingerprint: str) -> Reference:
    """The test set of a dataset that a run used."""
    path = store.folder / "data" / f"{fingerprint}.json"
    about, arrays = store.read_json(path), store.read_arrays(path)
    return Reference(
        tuple(about["tags"]),
        about["learned_tags"],
        arrays["gold"],
        arrays["sentence_offsets"],
        arrays["known"],
        arrays["ambiguous"],
    )


def _outcome(stores: Sequence[Store], trial: Mapping[str, Any], fingerprint: str) -> Outcome:
    for store in stores:
        path = store.trial_path(trial["label"], trial["seed"], trial["key"])
        if path.is_file():
            return reference(store, fingerprint).outcome(store.read_arrays(path)["predicted"])
    raise StoreError(f"the predictions of {trial['label']}, seed {trial['seed']}, are not there")
