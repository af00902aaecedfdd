"""What a gate tests beside scores: one tag and calibration, held against `seqbench calibration` and scikit-learn."""

import numpy as np
import pytest
from compared_runs import CORPUS, GOLD, store_of
from runs import registry_of, run_of
from sklearn.metrics import f1_score

from seqbench import Dataset
from seqbench.comparing.calibration import Binning, calibrations
from seqbench.comparing.gate import PASSED, UNDECIDED, WORSE, Gate
from seqbench.comparing.gate_quantities import CALIBRATION_ERROR, LOG_LOSS, OneTagF1, by_probabilities
from seqbench.comparing.unit_counts import Units, measure
from seqbench.reporting.gate_summary import gate_lines, markdown
from seqbench.results.listing import list_runs
from seqbench.results.predictions import read_predictions

DATA = Dataset.of("data", train=CORPUS, test=CORPUS)


class Sure:
    """Right in nine of ten cases, and so sure of what it says."""

    def __init__(self, *, sure: float = 0.9):
        self.sure = sure

    def fit(self, train, conditions):
        self.tags, self.seed = list(train.tags.vocabulary), conditions.seed

    def predict(self, sentences):
        random = np.random.default_rng(self.seed)
        return [[t if random.random() < 0.9 else self.tags[1 - self.tags.index(t)] for t in tags] for tags in GOLD]

    def predict_proba(self, sentences):
        given = [self.tags.index(tag) for tags in self.predict(sentences) for tag in tags]
        return np.where(np.arange(2) == np.array(given)[:, None], self.sure, 1 - self.sure)


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    folder, registry = tmp_path_factory.mktemp("runs"), registry_of(sure=Sure)
    sures = {"calm": 0.9, "same": 0.9, "rash": 0.99}
    return {n: run_of(folder / n, registry, f"m=sure(sure={s})", seeds=2, data=DATA) for n, s in sures.items()}


def gated(old, new, name):
    def counted(listing, predictions):
        return by_probabilities(name, listing, predictions, Units.of(predictions))

    return Gate(list_runs([old, new]), old, new, name, counted).result()


def test_counted_calibration_is_that_of_the_calibration_command(stores):
    listing = list_runs([stores["rash"]])
    predictions = read_predictions(listing, listing.datasets[0])
    (known,) = calibrations(listing, Binning())
    for name, expected in ((LOG_LOSS, known.log_loss), (CALIBRATION_ERROR, known.calibration_error)):
        (mean,) = by_probabilities(name, listing, predictions, Units.of(predictions)).means
        assert -mean == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize(("name", "unit"), [(LOG_LOSS, "nats of log-loss"), (CALIBRATION_ERROR, "points of calibr")])
def test_a_model_that_got_too_sure_of_itself_fails_though_it_says_the_same(stores, name, unit):
    assert gated(stores["calm"], stores["same"], name).passed
    back = gated(stores["rash"], stores["calm"], name)
    assert back.passed
    result = gated(stores["calm"], stores["rash"], name)
    assert [(case.label, case.status) for case in result.cases] == [("m", WORSE)]
    assert unit in next(gate_lines(result))
    assert result.cases[0].change == -back.cases[0].change > 0
    assert f"new less old, {unit}" in markdown(result)
    assert "more is worse" in markdown(result)
    assert "| +" in markdown(result)
    assert "| -" in markdown(back)


def test_a_model_without_probabilities_cannot_be_asked(tmp_path):
    old, new = (store_of(tmp_path / name, "m=wrong") for name in ("old", "new"))
    (case,) = gated(old, new, LOG_LOSS).cases
    assert case.status == UNDECIDED


def test_the_f1_of_one_tag_is_a_gate(tmp_path, stores):
    old, new = store_of(tmp_path / "old", "m=wrong"), store_of(tmp_path / "new", "m=wrong(share=0.3)")

    def of_tag(tag):
        return Gate(list_runs([old, new]), old, new, tag, lambda _, p: measure(p, tag, OneTagF1(tag))).result()

    assert [case.status for case in of_tag("A").cases] == [WORSE]
    assert [case.status for case in of_tag("ZZ").cases] == [UNDECIDED]
    listing = list_runs([old])
    predictions = read_predictions(listing, listing.datasets[0])
    outcome = predictions.reference.outcome(predictions.models[0].ids[0])
    number = outcome.tags.index("A")
    assert OneTagF1("A")(outcome) == pytest.approx(f1_score(outcome.gold == number, outcome.predicted == number))
    assert PASSED in {case.status for case in gated(stores["calm"], stores["same"], LOG_LOSS).cases}
