"""Confusions and scores per tag of a row: of its finished trials, or, where it stands for all folds, of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seqbench.comparing.pooled_folds import read_pooled, scored_sets
from seqbench.data.corpus import Ids
from seqbench.errors import StoreError
from seqbench.results.listing import Listing
from seqbench.results.predictions import Predictions, TagSpace
from seqbench.results.rows import Row
from seqbench.results.store import Store
from seqbench.results.trial_scores import TagScore
from seqbench.scoring.reference import AnyIds
from seqbench.scoring.sentence_counts import Integers
from seqbench.scoring.tag_scores import MOST_IN_MATRIX, frequent_pairs, tag_scores

_PAIRS_SHOWN = 20
"""Pairs of tags whose tags a matrix shows where there are more than `MOST_IN_MATRIX`."""


@dataclass(frozen=True, eq=False)
class Answers:
    """The tags, the gold ids, and the ids that each finished trial of a row predicted."""

    tags: tuple[str, ...]
    gold: Ids
    trials: Sequence[AnyIds]


def row_answers(listing: Listing, row: Row) -> Answers | None:
    """Answers of a row; None for a model that did not finish on every fold."""
    if _stands_for_folds(listing, row):
        predictions = read_pooled(listing, row.dataset)
        if predictions is None or row.key not in predictions.keys:
            return None
        return Answers(predictions.tags, predictions.reference.gold, list(predictions.of(row.key).ids))
    store = _store(listing, row)
    space = TagSpace.of([store], row.dataset.fingerprint)
    trials = [store.trial_arrays(trial, ("predicted",))["predicted"] for trial in row.finished_trials]
    return Answers(space.tags, space.reference().gold, trials)


def row_confusions(listing: Listing, row: Row, name: str) -> tuple[tuple[str, ...], Integers] | None:
    """Tags and confusion matrix of a row, summed over seeds; None for a model that did not finish, on any fold.

    Of more than `MOST_IN_MATRIX` tags those of the most frequent confusions.
    """
    if not _stands_for_folds(listing, row):
        if not row.finished_trials:
            return None
        store = _store(listing, row)
        tags = TagSpace.of([store], row.dataset.fingerprint).tags
        if len(tags) <= MOST_IN_MATRIX:
            return tags, _stored(store, row, name, len(tags))
    answers = row_answers(listing, row)
    return None if answers is None else _counted(answers)


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


def _store(listing: Listing, row: Row) -> Store:
    """The run that has the row, whose ids are its own."""
    return next(model.store for model in listing.models_of(row.dataset.fingerprint) if model.key == row.key)


def _stored(store: Store, row: Row, name: str, tags: int) -> Integers:
    """The matrix that trials store, summed over them."""
    stored = [store.trial_arrays(trial, ("confusion",)).get("confusion") for trial in row.finished_trials]
    matrices = [matrix for matrix in stored if matrix is not None and matrix.shape == (tags, tags)]
    if len(matrices) < len(stored):
        raise StoreError(f"the confusion matrix of {name!r} has not one row for each of {tags} tags; run verify")
    matrix: Integers = np.sum(matrices, axis=0)
    return matrix


def _counted(answers: Answers) -> tuple[tuple[str, ...], Integers]:
    """Counts of all tags; of very many those of the pairs that are confused most, and the others left out."""
    counted = frequent_pairs(answers.gold, answers.trials, len(answers.tags))
    shown = list(range(len(answers.tags)))
    if len(shown) > MOST_IN_MATRIX:
        wrong = [pair for pair in counted if pair[0] != pair[1]][:_PAIRS_SHOWN]
        shown = sorted({tag for pair in wrong for tag in pair[:2]})
    index = {tag: number for number, tag in enumerate(shown)}
    matrix = np.zeros((len(shown), len(shown)), np.int64)
    for i, j, tokens in counted:
        if i in index and j in index:
            matrix[index[i], index[j]] = tokens
    return tuple(answers.tags[tag] for tag in shown), matrix
