"""The results of runs as `show` prints them: main tables, learning curves, scores per tag, confusion matrices."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from msgspec import to_builtins

from seqbench.comparing.across_splits import pooled
from seqbench.errors import StoreError
from seqbench.reporting.across_datasets_tables import learning_curves
from seqbench.reporting.result_tables import confusion_table, per_tag, summary
from seqbench.reporting.table import Table, rendered
from seqbench.results.listing import Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import TagSpace
from seqbench.results.records import Json
from seqbench.results.rows import Results, Row
from seqbench.results.store import Store
from seqbench.scoring.sentence_counts import Integers
from seqbench.scoring.tag_scores import MOST_IN_MATRIX, frequent_pairs

_PAIRS_SHOWN = 20
"""Pairs of tags whose tags a matrix shows where there are more than `MOST_IN_MATRIX`."""


def results_texts(
    listing: Listing, results: Results, form: str, *, confusion_of: Collection[ModelKey] = (), tags: bool = False
) -> list[str]:
    """The tables in one of the table's formats; with `confusion_of` some models, and with `tags` the scores per tag."""
    together = pooled(results)
    texts = [summary(results if form == "csv" else together, form)]
    curves = learning_curves(together, "accuracy") if form != "csv" else []  # the rows of CSV have each size
    further = _further(listing, results, confusion_of, tags=tags)
    return [*texts, *("\n" + rendered(table, form) for table in [*curves, *further])]


def _further(listing: Listing, results: Results, confusion_of: Collection[ModelKey], *, tags: bool) -> Sequence[Table]:
    rows = [row for row in results.rows if row.status != "failed"]
    scored = [per_tag(row, results.name(row)) for row in rows] if tags else []
    return [*scored, *(_confusion(listing, row, results.name(row)) for row in rows if row.key in confusion_of)]


def further_json(
    listing: Listing, results: Results, *, confusion_of: Collection[ModelKey] = (), tags: bool = False
) -> dict[str, Json]:
    """Further results as plain values: `per_tag` of each finished trial and `confusions`, each where it is wanted."""
    rows = [row for row in results.rows if row.status != "failed"]
    told: dict[str, Json] = {}
    if tags:
        told["per_tag"] = [
            {**_named(row, results), "seed": trial.seed, "tags": to_builtins(trial.per_tag)}
            for row in rows
            for trial in row.finished_trials
        ]
    if confusion_of:
        matrices = [(row, *_matrix(listing, row, results.name(row))) for row in rows if row.key in confusion_of]
        told["confusions"] = [
            {**_named(row, results), "tags": list(names), "matrix": matrix.tolist()} for row, names, matrix in matrices
        ]
    return told


def _named(row: Row, results: Results) -> dict[str, Json]:
    return {"dataset": row.dataset.name, "model": results.name(row)}


def _confusion(listing: Listing, row: Row, name: str) -> Table:
    return confusion_table(row, name, *_matrix(listing, row, name))


def _matrix(listing: Listing, row: Row, name: str) -> tuple[tuple[str, ...], Integers]:
    """Tags and confusion matrix of a row, summed over finished trials; ids are those of the run that has the row.

    Of more than `MOST_IN_MATRIX` tags those of the most frequent confusions.
    """
    models = listing.models_of(row.dataset.fingerprint)
    store = next(model.store for model in models if model.key == row.key)
    tags = TagSpace.of([store], row.dataset.fingerprint).tags
    if len(tags) > MOST_IN_MATRIX:
        return _of_frequent_tags(store, row, tags)
    matrices = [store.trial_arrays(trial, ("confusion",))["confusion"] for trial in row.finished_trials]
    if any(matrix.shape != (len(tags), len(tags)) for matrix in matrices):
        raise StoreError(f"the confusion matrix of {name!r} has not one row for each of {len(tags)} tags; run verify")
    return tags, np.sum(matrices, axis=0)


def _of_frequent_tags(store: Store, row: Row, tags: tuple[str, ...]) -> tuple[tuple[str, ...], Integers]:
    """The tags of the pairs that are confused most, and what is counted of them; the others are left out."""
    gold = TagSpace.of([store], row.dataset.fingerprint).reference().gold
    trials = [store.trial_arrays(trial, ("predicted",))["predicted"] for trial in row.finished_trials]
    counted = frequent_pairs(gold, trials, len(tags))
    wrong = [pair for pair in counted if pair[0] != pair[1]][:_PAIRS_SHOWN]
    shown = sorted({tag for pair in wrong for tag in pair[:2]})
    place = {tag: number for number, tag in enumerate(shown)}
    matrix = np.zeros((len(shown), len(shown)), np.int64)
    for i, j, tokens in counted:
        if i in place and j in place:
            matrix[place[i], place[j]] = tokens
    return tuple(tags[tag] for tag in shown), matrix
