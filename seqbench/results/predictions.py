"""What finished trials answered, read back from disk, so that it can be scored again in any other way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Outcome
from seqbench.errors import StoreError, UsageError
from seqbench.results.rows import Results, Row
from seqbench.results.store import Arrays, Store
from seqbench.scoring.reference import Reference


@dataclass(frozen=True, eq=False)
class Answers:
    """All answers to the test set of one dataset: tag ids (seeds, tokens) of each model by its label."""

    dataset: str
    fingerprint: str
    reference: Reference
    predicted: Mapping[str, NDArray[np.int32]]

    @property
    def tags(self) -> tuple[str, ...]:
        """What ids mean."""
        return self.reference.tags

    def right(self, label: str) -> NDArray[np.float64]:
        """The share of a model's seeds that have each token right: (tokens,)."""
        share: NDArray[np.float64] = np.mean(self.predicted[label] == self.reference.gold, axis=0)
        return share


def answers(stores: Sequence[Store], results: Results) -> list[Answers]:
    """Those to each dataset that has a finished trial; `UsageError` where there is none at all."""
    found = []
    for dataset in results.datasets:
        rows = [row for row in results.rows if row.fingerprint == dataset["fingerprint"] and any(row.trials)]
        if rows:
            predicted = {row.model: predictions(stores, row).astype(np.int32) for row in rows}
            test = reference(stores, dataset["fingerprint"])
            found.append(Answers(dataset["name"], dataset["fingerprint"], test, predicted))
    if not found:
        raise UsageError("no trial of these runs is finished; there is nothing to look at")
    return found


def outcomes(stores: Sequence[Store], row: Row) -> list[Outcome]:
    """The outcome of each finished trial of one dataset and model, in the order of its seeds."""
    found = arrays(stores, row)
    if not found:
        return []
    test = reference(stores, row.fingerprint)
    return [test.outcome(one["predicted"]) for one in found]


def predictions(stores: Sequence[Store], row: Row) -> NDArray[np.integer[Any]]:
    """The tag ids of each finished trial of one dataset and model: (seeds, tokens), of a type that holds all tags."""
    return np.stack([one["predicted"] for one in arrays(stores, row)])


def arrays(stores: Sequence[Store], row: Row, names: Sequence[str] = ("predicted",)) -> list[Arrays]:
    """Arrays that lie beside each finished trial of one dataset and model, in the order of its seeds.

    Ids of `predicted` are places in `tags_of`, of the type that they were stored with where all tags are the run's own.
    """
    own = {store.folder: _places(stores, store, row.fingerprint) for store in stores}
    return [_arrays(stores, trial, own, names) for trial in row.trials if trial]


def reference(stores: Sequence[Store], fingerprint: str) -> Reference:
    """The test set of a dataset that runs used."""
    store, path = _data(stores, fingerprint)[0]
    about, found = store.read_json(path), store.read_arrays(path)
    flags = found["known"], found["ambiguous"], found.get("repeated", np.zeros(0, bool))
    tags = tags_of(stores, fingerprint)
    return Reference(tags, about["learned_tags"], found["gold"], found["sentence_offsets"], *flags)


def documents(stores: Sequence[Store], fingerprint: str) -> NDArray[np.int64]:
    """The sentences of the test set that open a document, where it marks them."""
    store, path = _data(stores, fingerprint)[0]
    return store.read_arrays(path)["document_starts"]


def tags_of(stores: Sequence[Store], fingerprint: str) -> tuple[str, ...]:
    """The tags of a dataset, then those that only predictions from elsewhere have, of any of these runs."""
    return tuple(dict.fromkeys(tag for store, path in _data(stores, fingerprint) for tag in _tags(store, path)))


def about_data(stores: Sequence[Store], fingerprint: str) -> dict[str, Any]:
    """What a run says of a dataset: name, source, sizes, notes."""
    store, path = _data(stores, fingerprint)[0]
    return store.read_json(path)


def _tags(store: Store, path: Path) -> list[str]:
    tags: list[str] = store.read_json(path)["tags"]
    return tags


def _data(stores: Sequence[Store], fingerprint: str) -> list[tuple[Store, Path]]:
    """The runs that have this dataset, and where."""
    places = [(store, store.folder / "data" / f"{fingerprint}.json") for store in stores]
    if found := [(store, path) for store, path in places if path.is_file()]:
        return found
    raise StoreError(f"data/{fingerprint}.json is in none of these runs; run them again with the same --out")


def _places(stores: Sequence[Store], store: Store, fingerprint: str) -> NDArray[np.int32] | None:
    """The place of each tag of one run in `tags_of` all; None where it is the one that it has in the run."""
    path = store.folder / "data" / f"{fingerprint}.json"
    own = _tags(store, path) if path.is_file() else []
    places = {tag: place for place, tag in enumerate(tags_of(stores, fingerprint))}
    found = np.array([places[tag] for tag in own], np.int32)
    return None if np.array_equal(found, np.arange(len(found))) else found


def _arrays(
    stores: Sequence[Store],
    trial: Mapping[str, Any],
    own: Mapping[Path, NDArray[np.int32] | None],
    names: Sequence[str],
) -> Arrays:
    """The arrays of a trial, its predictions as the places of tags."""
    for store in stores:
        here = trial if len(stores) == 1 else store.finished(trial["label"], trial["seed"], trial["key"])
        if here is not None:
            found, places = store.arrays_of(here, names), own[store.folder]
            return found if places is None else {**found, "predicted": places[found["predicted"]]}
    raise StoreError(f"the predictions of {trial['label']}, seed {trial['seed']}, are not there")
