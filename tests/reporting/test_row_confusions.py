"""Confusions and scores per tag of a row that stands for all folds: one matrix, as scikit-learn counts it."""

import numpy as np
import pytest
from runs import registry_of, run_of
from samples import Constant
from sklearn.metrics import confusion_matrix, f1_score

from seqbench.comparing.across_splits import pooled
from seqbench.comparing.pooled_folds import read_all_pooled
from seqbench.errors import StoreError
from seqbench.reporting.row_confusions import row_confusions, row_tag_scores
from seqbench.results.listing import list_runs
from seqbench.results.rows import read_results


@pytest.fixture(scope="module")
def listing(folds):
    return list_runs([folds])


def test_the_matrix_of_all_folds_is_that_of_their_tokens(listing):
    results, (whole,) = read_results(listing), read_all_pooled(listing)
    row = pooled(results).rows[0]
    tags, matrix = row_confusions(listing, row, "a")
    gold = [tags[tag] for _ in whole.models[0].ids for tag in whole.reference.gold]
    predicted = [tags[tag] for ids in whole.models[0].ids for tag in ids]
    assert matrix.tolist() == confusion_matrix(gold, predicted, labels=tags).tolist()
    of_folds = [row_confusions(listing, fold, "a") for fold in results.rows if fold.key == row.key]
    assert matrix.sum() == sum(counts.sum() for _, counts in of_folds)


def test_scores_per_tag_are_of_all_tokens_and_no_mean_of_folds(listing):
    (whole,), row = read_all_pooled(listing), pooled(read_results(listing)).rows[0]
    scored = row_tag_scores(listing, row)
    assert list(scored) == [0, 1]
    gold = [whole.tags[tag] for tag in whole.reference.gold]
    for seed, ids in enumerate(whole.models[0].ids):
        given = [whole.tags[tag] for tag in ids]
        for tag in scored[seed]:
            assert tag.f1 == pytest.approx(f1_score(gold, given, labels=[tag.tag], average="macro"))
            assert tag.support == gold.count(tag.tag)


@pytest.mark.parametrize("matrix", [None, np.zeros((1, 1), np.int64)], ids=["gone", "too small"])
def test_a_trial_without_the_right_matrix_is_one_sentence(tmp_path, matrix):
    store = run_of(tmp_path / "run", registry_of(constant=Constant), "constant")
    (trial,) = store.finished_trials()
    arrays = {name: array for name, array in store.trial_arrays(trial).items() if name != "confusion"}
    store.write_trial(trial, arrays if matrix is None else {**arrays, "confusion": matrix})
    listing = list_runs([store])
    with pytest.raises(StoreError, match="the confusion matrix of 'constant' has not one row for each of"):
        row_confusions(listing, read_results(listing).rows[0], "constant")


class Fails(Constant):
    """Learns nothing."""

    def fit(self, train, conditions):
        raise ValueError("not today")


def test_a_row_without_a_finished_trial_has_no_matrix(tmp_path):
    listing = list_runs([run_of(tmp_path / "run", registry_of(broken=Fails), "broken")])
    assert row_confusions(listing, read_results(listing).rows[0], "broken") is None
