"""The gate over folds: every split counts, and all that a gate can test is tested there or named."""

import numpy as np
import pytest
from folded import FOLDS, folded_run

from seqbench.comparing.across_splits import groups, scores_tested
from seqbench.comparing.gate import MISSING, PASSED, UNDECIDED, Gate
from seqbench.comparing.gate_measures import GateMeasure
from seqbench.comparing.gate_quantities import LOG_LOSS, MILLISECONDS, OneTagF1, by_probabilities
from seqbench.comparing.unit_counts import Units, measure
from seqbench.results.listing import list_runs
from seqbench.results.predictions import read_predictions
from seqbench.scoring.core_scores import BY_NAME


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    specs = {"old": "a=sure()", "new": "a=sure(offset=1)"}
    return {name: folded_run(folder / name, spec) for name, spec in specs.items()}


def gated(runs, metric):
    old, new = runs["old"], runs["new"]
    by_score = BY_NAME[metric].counted if metric in BY_NAME else None
    measure_of = GateMeasure(metric, lambda predictions: measure(predictions, metric, by_score))
    return Gate(list_runs([old, new]), old, new, metric, measure_of).result()


def scores_of(runs, scored):
    """Scores of the old and the new model on each fold, counted here."""
    listing = list_runs([runs["old"], runs["new"]])
    for dataset in listing.datasets:
        predictions = read_predictions(listing, dataset)
        yield scored(listing, predictions).means


@pytest.mark.parametrize("tag", ["X", "Y"])
def test_the_f1_of_a_tag_is_tested_over_folds_by_the_corrected_t_test(runs, tag):
    (case,) = gated(runs, f"f1:{tag}").cases
    scores = list(scores_of(runs, lambda _, predictions: measure(predictions, "f1", OneTagF1(tag))))
    (group,) = groups(list_runs([runs["old"]]).datasets)
    change = sum(new - old for old, new in scores) / FOLDS
    assert case.change == pytest.approx(change)
    assert case.comparison.test == f"corrected resampled t test, {FOLDS} splits"
    test = scores_tested(group, ("old", "new"), np.array(scores), "f1")
    assert case.comparison.p == pytest.approx(test.comparison.p)


def test_calibration_is_tested_over_folds(runs):
    (case,) = gated(runs, LOG_LOSS).cases
    scored = scores_of(runs, lambda listing, p: by_probabilities(LOG_LOSS, listing, p, Units.of(p)))
    assert case.change == pytest.approx(sum(old - new for old, new in scored) / FOLDS)
    assert case.comparison.p is not None


def test_speed_over_folds_is_said_to_be_no_question(runs):
    (case,) = gated(runs, MILLISECONDS).cases
    assert (case.status, case.why) == (
        UNDECIDED,
        "the speed of tagging is tested on one test set only, not over splits",
    )


def test_a_metric_that_one_fold_lacks_fails_the_gate_and_is_never_left_out_unseen(runs):
    (case,) = gated(runs, "f1:NONE").cases
    assert case.status == UNDECIDED
    assert case.why == f"f1:NONE is missing on {FOLDS} of {FOLDS} splits for the old or the new model"
    assert gated(runs, "accuracy").cases[0].status in {PASSED, "worse"}


def test_a_model_that_lacks_a_fold_in_either_run_fails_the_gate(tmp_path):
    old, new = (folded_run(tmp_path / name, "a=sure()") for name in ("old", "new"))
    next(old.folder.glob("trials/a-*.json")).unlink()
    (case,) = gated({"old": old, "new": new}, "accuracy").cases
    assert (case.status, case.why) == (UNDECIDED, f"did not finish in the old run on 1 of {FOLDS} splits")
    (case,) = gated({"old": new, "new": old}, "accuracy").cases
    assert (case.status, case.why) == (MISSING, "did not finish in the new run")
