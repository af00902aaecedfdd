"""Predictions of finished trials, read back from disk: for each dataset one value that holds all its models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.metric import Outcome
from seqbench.data.corpus import Offsets
from seqbench.errors import StoreError, UsageError
from seqbench.results.array_check import checked_predictions
from seqbench.results.listing import ListedModel, Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.record_files import Arrays
from seqbench.results.records import DatasetRecord, DatasetSummary, WantedTrial
from seqbench.results.saving import spans_of
from seqbench.results.store import Store
from seqbench.scoring.reference import AnyIds, Reference


@dataclass(frozen=True, eq=False, kw_only=True)
class ModelPredictions:
    """The tag ids (seeds, tokens) that the finished trials of one model predicted, of a type that holds all tags.

    `complete`: all trials that were asked for are finished. `deterministic`: no seed changes the model. `most_seeds`:
    how many there could be where their number was chosen by looking, else 0.
    """

    key: ModelKey
    seeds: Sequence[int]
    ids: AnyIds
    deterministic: bool = False
    complete: bool = True
    most_seeds: int = 0


@dataclass(frozen=True, eq=False, kw_only=True)
class Predictions:
    """Predictions of models for the test set of one dataset, and the sentences that open a document there.

    `folds` are those that the predictions are pooled from, `left_out` the models that did not finish on all of them.
    """

    dataset: DatasetSummary
    reference: Reference
    documents: Offsets
    models: Sequence[ModelPredictions]
    folds: Sequence[Predictions] = ()
    left_out: Sequence[ModelKey] = ()

    @property
    def parts(self) -> Sequence[Predictions]:
        """The folds, each with a train set of its own; of a dataset without folds the predictions themselves."""
        return self.folds or (self,)

    @property
    def keys(self) -> list[ModelKey]:
        """The models."""
        return [model.key for model in self.models]

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags by their ids."""
        return self.reference.tags

    def of(self, key: ModelKey) -> ModelPredictions:
        """The predictions of one model. Raises `KeyError` if the model has none for this dataset."""
        return {model.key: model for model in self.models}[key]

    def outcomes(self, model: ModelPredictions) -> list[Outcome]:
        """The outcome of each finished trial of a model, in the order of its seeds."""
        return [self.reference.outcome(ids) for ids in model.ids]

    def complete(self) -> Predictions:
        """Predictions of the models whose trials are all finished."""
        return replace(self, models=[model for model in self.models if model.complete])


def read_all_predictions(listing: Listing) -> list[Predictions]:
    """The predictions for each dataset that has a finished trial. Raises `UsageError` if there is none at all."""
    each = [read_predictions(listing, dataset) for dataset in listing.datasets]
    finished = [predictions for predictions in each if predictions is not None]
    if not finished:
        raise UsageError("no trial of these runs is finished; there is nothing to look at")
    return finished


def read_predictions(listing: Listing, dataset: DatasetSummary, *, complete: bool = False) -> Predictions | None:
    """The predictions for one dataset, None where no trial is finished; `complete` leaves out unfinished models."""
    models = [model for model in listing.models_of(dataset.fingerprint) if any(model.finished)]
    if complete:
        models = [model for model in models if model.complete]
    if not models:
        return None
    space = TagSpace.of(listing.stores, dataset.fingerprint)
    return Predictions(
        dataset=dataset,
        reference=space.reference(),
        documents=space.documents(),
        models=[_predictions(model, space) for model in models],
    )


def _predictions(model: ListedModel, space: TagSpace) -> ModelPredictions:
    ids = [space.arrays(model.store, trial, ("predicted",))["predicted"] for trial in model.finished_trials]
    return ModelPredictions(
        key=model.key,
        seeds=[trial.seed for trial in model.finished_trials],
        ids=np.stack(ids),
        deterministic=model.deterministic,
        complete=model.complete,
        most_seeds=model.most_seeds,
    )


@dataclass(frozen=True, eq=False)
class TagSpace:
    """Tags of one dataset over several runs: the tags of the dataset, then those that only some predictions have.

    `records` are the dataset's records by run, for the runs that have it; `tags` names the ids of all of them.
    """

    records: Mapping[Store, DatasetRecord]
    tags: tuple[str, ...]

    @classmethod
    def of(cls, stores: Sequence[Store], fingerprint: str) -> TagSpace:
        """The tags of these runs. Raises `StoreError` if none of them has the dataset."""
        records = {s: s.dataset(fingerprint) for s in stores if s.dataset_path(fingerprint).is_file()}
        if not records:
            raise StoreError(f"data/{fingerprint}.json is in none of these runs; run them again with the same --out")
        tags = dict.fromkeys(tag for record in records.values() for tag in record.tags)
        return cls(records, tuple(tags))

    @property
    def record(self) -> DatasetRecord:
        """The record of the dataset in the first run that has it."""
        return next(iter(self.records.values()))

    def _dataset_arrays(self) -> Arrays:
        store, record = next(iter(self.records.items()))
        return store.dataset_arrays(record)

    def reference(self) -> Reference:
        """The test set."""
        arrays = self._dataset_arrays()
        return Reference(
            tags=self.tags,
            learned=self.record.learned_tags,
            gold=arrays["gold"],
            offsets=arrays["sentence_offsets"],
            known=arrays["known"],
            ambiguous=arrays["ambiguous"],
            repeated=arrays.get("repeated", np.zeros(0, bool)),
            spans=spans_of(self.record),
        )

    def documents(self) -> Offsets:
        """The sentences of the test set that open a document, none if documents are not marked."""
        return self._dataset_arrays()["document_starts"]

    def arrays(self, store: Store, trial: WantedTrial, names: Sequence[str]) -> Arrays:
        """Arrays that lie beside a finished trial; ids of `predicted` are places in `tags`."""
        record = self.records.get(store)
        if record is None:
            raise StoreError(f"data/{trial.dataset}.json is not in {str(store.folder)!r}; run it again with its --out")
        name = f"{trial.label}, seed {trial.seed}"
        arrays = checked_predictions(store.trial_arrays(store.required_trial(trial), names), record, name)
        places = self._places[store]
        return arrays if places is None else {**arrays, "predicted": places[arrays["predicted"]]}

    @cached_property
    def _places(self) -> Mapping[Store, NDArray[np.int32] | None]:
        """Places in `tags` of the tags of each run; None if all places are those in the run."""
        index = {tag: position for position, tag in enumerate(self.tags)}
        every = {
            store: np.array([index[tag] for tag in record.tags], np.int32) for store, record in self.records.items()
        }
        return {store: None if np.array_equal(p, np.arange(len(p))) else p for store, p in every.items()}
