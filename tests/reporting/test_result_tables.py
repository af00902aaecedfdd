"""Results as tables: every format, best values marked, failures with their reason."""

import csv
import html.parser
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from seqbench.contracts.trial import DatasetReference
from seqbench.reporting.result_tables import confusion_table, per_tag, summary
from seqbench.reporting.table import Table, json_text, listing, rendered
from seqbench.results.model_key import ModelKey
from seqbench.results.records import DatasetSummary, TagScore, TrialRecord
from seqbench.results.rows import Results, Row, Score, TrialFailure
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.costs import COSTS

DATASET = DatasetSummary(name="d<1>", fingerprint="f", ceiling=0.95, notes=("train is test",))
FAILURE = TrialFailure(0, "plugin p: <no> luck", ["  at last"], "f")
SCORES, COST_NAMES = [score.name for score in CORE_SCORES], [cost.name for cost in COSTS]


def row(model, per_seed, failures=(), metrics=None):
    scored = TagScore(tag="A", precision=0.5, recall=1.0, f1=2 / 3, support=4)
    trial = TrialRecord(
        seqbench="0", key="0", identity={}, label=model, seed=0, dataset=DatasetReference("d<1>", "", "f"),
        scores={"per_tag": (scored,)}, metrics={},
    )  # fmt: skip
    return Row(
        key=ModelKey("run", model),
        dataset=DATASET,
        spec=f"{model}()",
        seeds=list(range(len(per_seed))),
        failures=list(failures),
        scores={name: Score.of(per_seed) for name in SCORES},
        metrics=metrics or {},
        costs=dict.fromkeys(COST_NAMES, 12345.6),
        trials=[None if value is None else trial for value in per_seed],
    )


def results_of(*rows, metrics=None):
    names = {row.key: row.key.label for row in rows}
    return Results(datasets=[DATASET], rows=rows, names=names, metrics=metrics or {})


RESULTS = results_of(
    row("plain", [0.5]),
    row("b<st", [0.8, 0.9]),
    row("broken", [None, None], [FAILURE, replace(FAILURE, seed=1, file="g")]),
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


def test_json_holds_the_contract_with_every_key_and_null_for_the_unknown():
    content = json.loads(json_text(RESULTS.as_json()))
    assert content["datasets"] == [{"name": "d<1>", "fingerprint": "f", "ceiling": 0.95}]
    assert content["comparisons"] == []
    plain, best, broken = content["rows"]
    keys = {"dataset", "model", "spec", "seeds", "status", "failures", "metrics", "notes", *SCORES, *COST_NAMES}
    assert set(plain) == set(best) == set(broken) == keys
    assert plain["accuracy"] == {"per_seed": [0.5], "mean": 0.5, "std": None, "ci95": None}
    assert best["accuracy"]["mean"] == pytest.approx(0.85)
    assert (broken["status"], broken["accuracy"]["mean"]) == ("failed", None)


@pytest.mark.parametrize("form", ["markdown", "latex"])
def test_every_model_is_in_every_other_format(form):
    text = summary(RESULTS, form)
    assert all(name in text for name in ("plain", "broken", "85.00"))


def test_a_metric_that_applies_is_a_column():
    results = results_of(row("m", [0.5], metrics={"without-o": Score.of([0.25]), "absent": Score.of([None])}))
    text = summary(results, "table")
    assert "without o" in text
    assert "25.00" in text
    assert "absent" not in text


def test_what_a_metric_says_of_itself_stands_below_the_table():
    scored = row("m", [0.5], metrics={"span-f1": Score.of([0.25]), "absent": Score.of([None])})
    told = results_of(scored, metrics={"span-f1": "read as conlleval does", "absent": "not here"})
    text = summary(told, "table")
    assert "\nspan f1: read as conlleval does.\n" in text
    assert "not here" not in text


def test_scores_per_tag_are_means_over_the_seeds_that_finished():
    table = per_tag(row("m", [0.5, None, 0.5]), "m")
    assert table.rows == [["A", "50.00", "100.00", "66.67", "4"]]


def test_confusion_has_only_the_tags_that_occur():
    table = confusion_table(row("m", [0.5]), "m", ["A", "B", "C"], np.array([[2, 1, 0], [0, 0, 0], [0, 0, 0]]))
    assert list(table.columns) == ["", "A", "B"]
    assert [list(r) for r in table.rows] == [["A", "2", "1"], ["B", ".", "."]]


def test_a_listing_is_json_objects_when_asked():
    assert json.loads(listing(["a", "b"], [["1", "2"]], "json")) == [{"a": "1", "b": "2"}]


def test_a_bar_in_a_cell_does_not_end_it_in_markdown():
    shown = rendered(Table("t", ["word", "n"], [["a|b", "1"]]), "markdown")
    assert r"| a\|b " in shown


def test_further_columns_of_words_stand_to_the_left():
    shown = rendered(
        Table("t", ["a", "words", "n"], [["1", "x", "1"], ["2", "longer", "10"]], texts=["words"]), "table"
    )
    assert "1    x          1" in shown
