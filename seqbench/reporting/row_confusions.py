"""Confusions and scores per tag of a row: of its finished trials, or, where it stands for all folds, of the whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from seqbench.comparing.pooled_folds import read_pooled, scored_sets
from seqbench.errors import StoreError
from seqbench.results.listing import Listing
from seqbench.results.predictions import Predictions, TagSpace
from seqbench.results.records import TagScore
from seqbench.results.rows import Row
from seqbench.scoring.sentence_counts import Integers
from seqbench.scoring.tag_scores import confusion, tag_scores


def row_confusions(listing: Listing, row: Row, name: str) -> tuple[tuple[str, ...], Integers] | None:
    """Tags and confusion matrix of a row, summed over seeds; None for a model that did not finish on every fold."""
    if not _stands_for_folds(listing, row):
        return _of_trials(listing, row, name)
    predictions = read_pooled(listing, row.dataset)
    if predictions is None or row.key not in predictions.keys:
        return None
    outcomes = predictions.outcomes(predictions.of(row.key))
    return predictions.tags, np.sum([confusion(outcome) for outcome in outcomes], axis=0)


def row_tag_scores(listing: Listing, row: Row) -> dict[int, Sequence[TagScore]]:
    """The scores of each tag by seed, none for a model that did not finish on every fold."""
    if not _stands_for_folds(listing, row):
        return {trial.seed: trial.per_tag for trial in row.finished_trials}
    predictions = read_pooled(listing, row.dataset)
    return pooled_tag_scores(predictions, row) if predictions and row.key in predictions.keys else {}


def pooled_tag_scores(predictions: Predictions, row: Row) -> dict[int, Sequence[TagScore]]:
    """The scores of each tag by seed, from the predictions of all folds."""
    model = predictions.of(row.key)
    each = zip(model.seeds, predictions.outcomes(model), strict=True)
    return {seed: [TagScore(**vars(scored)) for scored in tag_scores(outcome)] for seed, outcome in each}


def _stands_for_folds(listing: Listing, row: Row) -> bool:
    known = scored_sets(listing.datasets).get(row.dataset.fingerprint)
    return known is not None and len(known[1]) > 1


def _of_trials(listing: Listing, row: Row, name: str) -> tuple[tuple[str, ...], Integers]:
    """Ids are those of the run that has the row."""
    models = listing.models_of(row.dataset.fingerprint)
    store = next(model.store for model in models if model.key == row.key)
    tags = TagSpace.of([store], row.dataset.fingerprint).tags
    matrices = [store.trial_arrays(trial, ("confusion",))["confusion"] for trial in row.finished_trials]
    if any(matrix.shape != (len(tags), len(tags)) for matrix in matrices):
        raise StoreError(f"the confusion matrix of {name!r} has not one row for each of {len(tags)} tags; run verify")
    return tags, np.sum(matrices, axis=0)
