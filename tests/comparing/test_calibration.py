"""The calibration of models, read back from their trials."""

import numpy as np
import pytest
from runs import registry_of, run_of
from samples import Constant, dataset

from seqbench.comparing.calibration import COVERAGES, Binning, calibrations
from seqbench.results.listing import list_runs

# the test set is "The cat ate that", "book it": DET NN V NN, V NN


class Sure(Constant):
    """Says NN everywhere, as sure of it as it is told to be."""

    def fit(self, train, conditions):
        self.tags = list(train.tags.vocabulary)

    def predict_proba(self, sentences):
        probabilities = np.full((len(sentences.ids), len(self.tags)), 0.05, np.float32)
        probabilities[:, self.tags.index("NN")] = 0.9
        return probabilities


class Drawing:
    """Is right or wrong by the seed: NN with seed 0, V with seed 1, in either case as sure."""

    def fit(self, train, conditions):
        self.tags = list(train.tags.vocabulary)
        self.tag = self.tags.index(("NN", "V")[conditions.seed])

    def predict(self, sentences):
        return [[self.tags[self.tag]] * len(sentence) for sentence in sentences]

    def predict_proba(self, sentences):
        return np.eye(len(self.tags), dtype=np.float32)[[self.tag] * len(sentences.ids)]


@pytest.fixture(scope="module")
def listing(tmp_path_factory):
    registry = registry_of(sure=Sure, drawing=Drawing, plain=Constant)
    return list_runs([run_of(tmp_path_factory.mktemp("run"), registry, "sure", "plain", "drawing", seeds=2)])


@pytest.fixture(scope="module")
def by_label(listing):
    return {calibration.model.label: calibration for calibration in calibrations(listing, Binning())}


def test_only_models_with_probabilities_have_a_calibration(by_label):
    assert list(by_label) == ["sure", "drawing"]


def test_the_numbers_of_one_seed_are_those_of_its_tokens(by_label):
    sure = by_label["sure"]
    assert (sure.dataset, sure.seeds) == (dataset().name, 1)
    assert (sure.accuracy, sure.confidence) == pytest.approx((0.5, 0.9))
    assert sure.calibration_error == pytest.approx(0.4)
    assert sure.brier == pytest.approx((0.1**2 + 2 * 0.05**2 + 0.9**2 + 0.95**2 + 0.05**2) / 2)
    assert sure.log_loss == pytest.approx(-(np.log(0.9) + np.log(0.05)) / 2, rel=1e-6)


def test_several_seeds_count_by_their_mean_and_their_reliability_is_of_all_together(by_label):
    drawing = by_label["drawing"]
    assert drawing.seeds == 2
    assert drawing.accuracy == pytest.approx((3 / 6 + 2 / 6) / 2)
    assert drawing.calibration_error == pytest.approx((3 / 6 + 4 / 6) / 2)
    assert drawing.reliability.tokens.sum() == 12
    assert drawing.reliability.accuracy[-1] == pytest.approx(5 / 12)


def test_equally_sure_tokens_are_as_right_at_any_coverage(by_label):
    assert by_label["sure"].covered == pytest.approx(dict.fromkeys(COVERAGES, 0.5))


def test_json_has_plain_numbers_and_the_display_name(listing, by_label):
    plain = by_label["sure"].as_json(listing.names)
    assert (plain["dataset"], plain["model"], plain["accuracy"]) == (dataset().name, "sure", 0.5)
    assert [entry["coverage"] for entry in plain["covered"]] == list(COVERAGES)
    assert sum(plain["reliability"]["tokens"]) == 6


def test_the_binning_is_said_in_words_and_decides_the_bins(listing):
    assert str(Binning(10)) == "10 bins of equal width"
    assert str(Binning(15, equal_mass=True)) == "15 bins of about equally many tokens"
    sure, _ = calibrations(listing, Binning(4))
    assert sure.reliability.edges.tolist() == [0, 0.25, 0.5, 0.75, 1]
