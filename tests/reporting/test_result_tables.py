"""Results as tables: every format, best values marked, failures with their reason."""

import csv
import html.parser
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from msgspec.structs import replace as with_fields
from result_rows import results_of, row_of

from seqbench.data.ceilings import Ceilings
from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.result_tables import confusion_table, per_tag, summary
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Score, TrialFailure

DATASET = DatasetSummary(name="d<1>", fingerprint="f", ceiling=0.95, notes=("train is test",))
FAILURE = TrialFailure(0, "plugin p: <no> luck", ["  at last"], "f")


def row(label, per_seed, **further):
    return row_of(label, per_seed, DATASET, **further)


RESULTS = results_of(
    row("plain", [0.5]),
    row("b<st", [0.8, 0.9]),
    row("broken", [None, None], failures=[FAILURE, replace(FAILURE, seed=1, file="g")]),
)


def test_the_table_shows_mean_spread_best_ceiling_notes_and_failures():
    text = summary(RESULTS, "table")
    assert "*85.00 ± 7.07" in text
    assert " 50.00" in text
    assert "*50.00" not in text
    assert "(ceiling)  " in text
    assert "95.00" in text
    assert "note: train is test" in text
    assert "failed: broken, seeds 0, 1: plugin p: <no> luck\n  |   at last\n  all of it: f" in text


def test_the_title_names_the_fewest_and_the_most_seeds_that_a_deviation_is_of():
    text = summary(results_of(row("a", [0.5, 0.6]), row("b", [0.5, 0.6, 0.7]), row("c", [0.5])), "table")
    assert text.startswith("d<1>: test accuracy in %, mean ± standard deviation of 2 to 3 seeds\n")


def test_seeds_that_are_finished_have_their_mean_beside_those_that_wait_and_are_never_best():
    waiting = [TrialFailure(seed, "not run yet; the same command") for seed in range(4)]
    stopped = row("stopped", [0.9, 0.8, None, None], failures=waiting[2:])
    text = summary(results_of(stopped, row("later", [None] * 4, failures=waiting)), "table")
    assert text.startswith("d<1>: test accuracy in %, mean ± standard deviation of 2 seeds\n")
    assert "stopped (2 of 4 seeds)  85.00 ± 7.07" in text
    assert "not finished: later, seeds 0, 1, 2, 3: not run yet" in text
    assert "failed" not in text
    assert "* best" not in text
    compared = summary(results_of(stopped, row("a", [0.7] * 4), row("b", [0.6] * 4)), "table")
    assert "*70.00" in compared
    assert "*85.00" not in compared


def test_the_ceilings_of_taggers_that_see_less_are_rows_of_the_table():
    known = Ceilings(any=0.95, left_to_right=0.75, window={2: 0.5, 4: 0.625})
    text = summary(results_of(row_of("a", [0.5], with_fields(DATASET, ceilings=known))), "table")
    lines = [line.split("  ")[0] + " " + line.split()[-1] for line in text.splitlines() if line.startswith("(ceiling")]
    assert lines[:4] == [
        "(ceiling) 95.00",
        "(ceiling, left to right) 75.00",
        "(ceiling, window 2) 50.00",
        "(ceiling, window 4) 62.50",
    ]
    assert "(ceiling, window k): that of taggers that see k tokens to either side." in text


def test_where_all_are_equal_none_is_best():
    assert "*" not in summary(results_of(row("a", [0.5]), row("b", [0.5])), "table").partition("\n* best")[0]
    assert summary(results_of(row("a", [0.5]), row("b", [0.5]), row("c", [0.4])), "table").count("*50.00") >= 2


def test_wall_time_stands_beside_cpu_time_and_the_legend_explains_every_column():
    text = summary(RESULTS, Form("table", Layout(legend=True)))
    titles = re.split("  +", next(line for line in text.splitlines() if line.startswith("model")))[1:]
    assert titles[titles.index("fit s") + 1] == "wall s"
    assert all(f"\n{title}: " in text for title in titles)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_main_table_fits_the_terminal(columns):
    text = summary(RESULTS, Form("table", Layout(width=columns)))
    assert all(len(line) <= columns for line in text.splitlines())
    assert "*85.00 ± 7.07" in text


def test_columns_of_numbers_line_up():
    body = [line for line in summary(RESULTS, "table").splitlines() if line.startswith(("plain", "b<st"))]
    assert body[0].index("50.00") + len("50.00") == body[1].index("85.00 ± 7.07") + len("85.00 ± 7.07")


def test_html_is_escaped_and_well_formed():
    class Reader(html.parser.HTMLParser):
        tags, words = [], ""

        def handle_starttag(self, tag, attrs):
            self.tags.append(tag)

        def handle_data(self, data):
            self.words += data

    reader = Reader()
    reader.feed(summary(RESULTS, "html"))
    assert set(reader.tags) == {"h2", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert "b<st" in reader.words
    assert "plugin p: <no> luck" in reader.words


def test_csv_has_every_number_of_every_row():
    rows = list(csv.DictReader(io.StringIO(summary(RESULTS, "csv"))))
    assert [r["model"] for r in rows] == ["plain", "b<st", "broken"]
    assert float(rows[1]["accuracy"]) == pytest.approx(0.85)
    assert rows[2]["accuracy"] == ""


@pytest.mark.parametrize("form", ["markdown", "latex"])
def test_every_model_is_in_every_other_format(form):
    text = summary(RESULTS, form)
    assert all(name in text for name in ("plain", "broken", "85.00"))


def test_a_metric_that_applies_is_a_column():
    results = results_of(row("m", [0.5], metrics={"without-o": Score.of([0.25]), "absent": Score.of([None])}))
    text = summary(results, "table")
    assert "without O" in text
    assert "25.00" in text
    assert "absent" not in text


def test_what_a_metric_says_of_itself_stands_below_the_table():
    scored = row("m", [0.5], metrics={"span-f1": Score.of([0.25]), "absent": Score.of([None])})
    told = results_of(scored, metrics={"span-f1": "read as conlleval does", "absent": "not here"})
    text = summary(told, "table")
    assert "\nspan F1: read as conlleval does.\n" in text
    assert "not here" not in text


def test_scores_per_tag_are_means_over_the_seeds_that_finished():
    scored = row("m", [0.5, None, 0.5])
    table = per_tag(scored, "m", [trial.per_tag for trial in scored.finished_trials])
    assert table.rows == [["A", "50.00", "100.00", "66.67", "4"]]


def test_confusion_has_only_the_tags_that_occur():
    table = confusion_table(row("m", [0.5]), "m", ["A", "B", "C"], np.array([[2, 1, 0], [0, 0, 0], [0, 0, 0]]))
    assert list(table.columns) == ["", "A", "B"]
    assert [list(r) for r in table.rows] == [["A", "2", "1"], ["B", ".", "."]]


def test_one_note_tells_of_memory_that_could_not_be_measured():
    known, unknown = (row_of(label, [0.5, 0.5], DATASET) for label in "ab")
    unmeasured = replace(unknown, costs={**unknown.costs, "peak_memory_bytes": None})
    assert summary(results_of(known, unmeasured), "table").count("--isolate") == 1


def test_no_note_tells_of_memory_where_no_cell_is_empty():
    """The second seeds were not measured, but each model has one that was."""
    rows = [row_of(label, [0.5, 0.5], DATASET) for label in "ab"]
    for row_of_model in rows:
        row_of_model.trials[0] = with_fields(row_of_model.trials[0], timings={"peak_memory_bytes": 5})
    measured = [replace(row, costs={**row.costs, "peak_memory_bytes": 5.0}) for row in rows]
    assert "--isolate" not in summary(results_of(*measured), "table")
