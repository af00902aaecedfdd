"""Folds of one dataset as one test set: every token is in one of them, and so each model predicts it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.across_splits import groups
from seqbench.data.corpus import Offsets, offsets_of
from seqbench.errors import UsageError
from seqbench.results.listing import Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import ModelPredictions, Predictions, read_predictions
from seqbench.results.records import DatasetSummary
from seqbench.scoring.reference import AnyIds, Reference


def scored_sets(datasets: Sequence[DatasetSummary]) -> dict[str, tuple[DatasetSummary, Sequence[DatasetSummary]]]:
    """By fingerprint each dataset and itself, but in place of folds what stands for them all, and the folds."""
    wholes = {group.fingerprints[0]: (group.whole, group.datasets) for group in groups(datasets) if group.disjoint}
    folds = {fold.fingerprint for _, parts in wholes.values() for fold in parts}
    alone = [(d, [d]) for d in datasets if d.fingerprint not in folds]
    firsts = {d.fingerprint: number for number, d in enumerate(datasets)}
    each = sorted([*wholes.values(), *alone], key=lambda both: firsts[both[1][0].fingerprint])
    return {dataset.fingerprint: (dataset, parts) for dataset, parts in each}


def read_all_pooled(listing: Listing) -> list[Predictions]:
    """The predictions for each dataset, folds pooled, that has a finished trial. Raises `UsageError` if none has."""
    each = [read_pooled(listing, dataset) for dataset, _ in scored_sets(listing.datasets).values()]
    finished = [predictions for predictions in each if predictions is not None]
    if not finished:
        raise UsageError("no trial of these runs is finished; there is nothing to look at")
    return finished


def read_pooled(listing: Listing, dataset: DatasetSummary) -> Predictions | None:
    """The predictions for one dataset, or for all folds that it stands for; None where no trial is finished."""
    known = scored_sets(listing.datasets).get(dataset.fingerprint)
    parts = known[1] if known else [dataset]
    each = [predictions for part in parts if (predictions := read_predictions(listing, part)) is not None]
    if len(parts) == 1:
        return each[0] if each else None
    return pooled_predictions(dataset, each) if len(each) == len(parts) else None


def pooled_predictions(whole: DatasetSummary, folds: Sequence[Predictions]) -> Predictions | None:
    """The predictions of the models and seeds that finished on all folds, one fold behind the other; None if none did.

    Tags that the train set of any fold has come first.
    """
    every = list(dict.fromkeys(key for fold in folds for key in fold.keys))
    seeds = {key: _common_seeds(folds, key) for key in every}
    kept = [key for key in every if seeds[key]]
    if not kept:
        return None
    restricted = [_restricted(fold, {key: seeds[key] for key in kept}) for fold in folds]
    learned = dict.fromkeys(tag for fold in folds for tag in fold.tags[: fold.reference.learned])
    tags = tuple(dict.fromkeys([*learned, *(tag for fold in folds for tag in fold.tags)]))
    places = [_places(fold.tags, tags) for fold in folds]
    return Predictions(
        dataset=whole,
        reference=_reference([fold.reference for fold in folds], places, tags, len(learned)),
        documents=_documents(folds),
        models=[_model(restricted, places, key) for key in kept],
        folds=restricted,
        left_out=[key for key in every if not seeds[key]],
    )


def _common_seeds(folds: Sequence[Predictions], key: ModelKey) -> list[int]:
    """The seeds of a model that are finished on all folds, in the order of the first."""
    if not all(key in fold.keys for fold in folds):
        return []
    first, *others = [fold.of(key).seeds for fold in folds]
    return [seed for seed in first if all(seed in of_fold for of_fold in others)]


def _restricted(fold: Predictions, seeds: dict[ModelKey, list[int]]) -> Predictions:
    """The predictions of these models and seeds, in this order."""
    models = [fold.of(key) for key in seeds]
    rows = [[list(model.seeds).index(seed) for seed in seeds[model.key]] for model in models]
    chosen = [replace(m, seeds=seeds[m.key], ids=m.ids[at]) for m, at in zip(models, rows, strict=True)]
    return replace(fold, models=chosen)


def _places(tags: Sequence[str], of_all: Sequence[str]) -> AnyIds:
    """The place among all tags of each tag of a fold."""
    index = {tag: position for position, tag in enumerate(of_all)}
    return np.array([index[tag] for tag in tags], np.min_scalar_type(len(of_all)))


def _model(folds: Sequence[Predictions], places: Sequence[AnyIds], key: ModelKey) -> ModelPredictions:
    models = [fold.of(key) for fold in folds]
    ids = np.concatenate([of_all[m.ids] for of_all, m in zip(places, models, strict=True)], axis=1)
    return replace(models[0], ids=ids, complete=all(model.complete for model in models))


def _reference(folds: Sequence[Reference], places: Sequence[AnyIds], tags: tuple[str, ...], learned: int) -> Reference:
    gold = np.concatenate([of_all[fold.gold] for of_all, fold in zip(places, folds, strict=True)])
    return Reference(
        tags=tags,
        learned=learned,
        gold=gold.astype(np.int32),
        offsets=offsets_of(np.concatenate([np.diff(fold.offsets) for fold in folds])),
        known=np.concatenate([fold.known for fold in folds]),
        ambiguous=np.concatenate([fold.ambiguous for fold in folds]),
        repeated=_repeated(folds),
        spans=folds[0].spans,
    )


def _repeated(folds: Sequence[Reference]) -> NDArray[np.bool_]:
    """Flags (sentences,) of those that the train set of their fold has, empty if none is."""
    flags = [fold.repeated if len(fold.repeated) else np.zeros(len(fold.offsets) - 1, bool) for fold in folds]
    every = np.concatenate(flags)
    return every if every.any() else every[:0]


def _documents(folds: Sequence[Predictions]) -> Offsets:
    """The sentences that open a document, none unless all folds mark them."""
    before = np.cumsum([0, *(len(fold.reference.offsets) - 1 for fold in folds)])
    if not all(len(fold.documents) for fold in folds):
        return np.zeros(0, np.int64)
    return np.concatenate([fold.documents + first for fold, first in zip(folds, before.tolist(), strict=False)])
