"""Calibration as tables: what stands in which column, and how bins are shown."""

import numpy as np
import pytest

from seqbench.comparing.calibration import COVERAGES, Binning, Calibration
from seqbench.comparing.statistics.calibration_scores import Reliability
from seqbench.reporting.calibration_tables import reliability, summary
from seqbench.results.model_names import ModelKey

KEY = ModelKey("run", "m")
BINS = Reliability(
    edges=np.array([0, 0.5, 0.75, 1.0]),
    tokens=np.array([0, 10, 1234]),
    confidence=np.array([0, 0.6, 0.9]),
    accuracy=np.array([0, 0.7, 0.85]),
)


def calibration(seeds=1):
    return Calibration(
        dataset="data", model=KEY, seeds=seeds, accuracy=0.75, confidence=0.8, calibration_error=0.05, brier=0.4,
        log_loss=0.5, covered=dict(zip(COVERAGES, (0.76, 0.77, 0.78, 0.79), strict=True)), reliability=BINS,
    )  # fmt: skip


def test_each_model_has_a_row_shares_in_percent_and_scores_as_they_are():
    table = summary([calibration()], Binning(), {KEY: "shown"})
    assert table.rows == [["shown", "75.00", "80.00", "5.00", "0.4000", "0.5000", "76.00", "77.00", "78.00", "79.00"]]
    assert table.columns[-4:] == ["surest 99 %", "surest 95 %", "surest 90 %", "surest 80 %"]
    assert table.title == "data: do the models know when they are wrong?"


def test_the_binning_stands_below_the_table_and_seeds_in_its_title():
    table = summary([calibration(3)], Binning(10, equal_mass=True), {KEY: "m"})
    assert any("10 bins of about equally many tokens (Guo et al. 2017)" in note for note in table.footnotes)
    assert table.title.endswith(", mean of 3 seeds")


def test_bins_that_hold_a_token_stand_with_how_much_too_sure_the_model_is():
    table = reliability(calibration(), Binning(3), "m")
    assert table.rows == [
        ["50.0 to 75.0", "10", "60.00", "70.00", "-10.00"],
        ["75.0 to 100.0", "1,234", "90.00", "85.00", "+5.00"],
    ]
    assert table.title == "data: reliability of m, 3 bins of equal width, tokens"


@pytest.mark.parametrize(("seeds", "words"), [(1, ""), (2, " of all 2 seeds")])
def test_the_tokens_of_all_seeds_are_said_to_be_those_of_all(seeds, words):
    assert reliability(calibration(seeds), Binning(), "m").title.endswith(f"tokens{words}")
