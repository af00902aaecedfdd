"""The leaderboard: all digits behind what is shown, intervals on one axis, ranks, costs."""

from dataclasses import replace

import pytest
from reported import LABELS
from result_rows import results_of, row_of, summary_of

from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.page.leaderboard import ABSENT, leaderboard, shown
from seqbench.scoring.costs import COSTS

COST = {cost.name: cost for cost in COSTS}


def test_a_cell_shows_two_digits_and_keeps_all(report):
    board = leaderboard(report)
    accuracy = next(column for column in board.columns if column.key == "accuracy")
    for row, cell in zip(report.rows, accuracy.cells, strict=True):
        assert cell.value == row.scores["accuracy"].mean
        assert cell.text.startswith(f"{100 * cell.value:.2f} ±\N{NO-BREAK SPACE}")
    assert [model.text for model in board.models] == list(LABELS)
    assert [cell.best for cell in accuracy.cells] == [True, False, False]
    assert accuracy.percent


def test_intervals_lie_on_the_axis_of_their_column(report):
    accuracy = leaderboard(report).columns[0]
    intervals = [cell.interval for cell in accuracy.cells]
    assert min(interval.low for interval in intervals) == 0
    assert max(interval.high for interval in intervals) == 100
    assert all(interval.low <= interval.mean <= interval.high for interval in intervals)


def test_ranks_and_tiers_are_columns_of_their_own(report):
    columns = {column.key: column for column in leaderboard(report).columns}
    assert columns["rank (a)"].cells[0].text == "1 (tier\N{NO-BREAK SPACE}1)"
    assert "rank (b)" in columns
    assert not columns["rank (a)"].highest


def test_a_model_without_a_score_has_a_dash_and_no_number():
    results = results_of(row_of("a", [0.5]), row_of("lost", [None]))
    board = leaderboard(DatasetReport(dataset=summary_of("data"), results=results, comparisons=[]))
    lost = board.columns[0].cells[1]
    assert (lost.text, lost.value) == (ABSENT, None)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("fit_seconds", 12.34, "12.3"),
        ("fit_seconds", 0.00123, "0.0012"),
        ("parameters", 16_300_000, "16.3M"),
        ("parameters", 999, "999"),
        ("peak_memory_bytes", 2_000_000_000, "2G"),
    ],
)
def test_costs_are_short(name, value, text):
    assert shown(COST[name], value) == text


def test_only_the_marks_that_a_board_has_are_explained(report):
    told = leaderboard(report).legend
    assert told.startswith("Best of a column in bold; ± is the standard deviation over seeds; a line below a score")
    assert "rank (a): ranks that the trained model can have" in told
    alone = results_of(row_of("a", [0.5]))
    assert leaderboard(DatasetReport(dataset=summary_of("data"), results=alone, comparisons=[])).legend == ""
    pair = results_of(row_of("a", [0.5, 0.6]), row_of("b", [0.3, 0.4]))
    dataset = pair.rows[0].dataset
    over = replace(pair, over={dataset.fingerprint: "2 folds"})
    folded = DatasetReport(dataset=dataset, results=over, comparisons=[])
    assert leaderboard(folded).legend == "Best of a column in bold; ± is the standard deviation over 2 folds."
