"""Runs counted in spans: the command, its tables and its JSON, against counting by hand."""

import json
import re

import numpy as np
import pytest
from program import seqbench

from seqbench.comparing.span_scores import SpanReading, span_rows
from seqbench.reporting.span_tables import as_json, overview, per_type, type_confusion
from seqbench.results.listing import list_runs
from seqbench.results.predictions import read_all_predictions
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.spans import scheme

TRAIN = "a\tB-X\nb\tI-X\nc\tO\n\nd\tB-Y\nc\tO\n\ne\tI-X\n\n"
TEST = "a\tB-X\nb\tI-X\nc\tO\nd\tB-X\n\na\tB-X\nc\tO\ne\tO\nd\tB-Y\n\n"
PLUGIN = """
from dataclasses import dataclass
from seqbench import hookimpl

@dataclass(kw_only=True)
class Shifty:
    def fit(self, train, conditions): self.seed = conditions.seed
    def predict(self, sentences): return [["B-Y" if w == "a" and self.seed else "O" for w in s] for s in sentences]

@hookimpl
def register_taggers(register): register("shifty", Shifty, "nothing, or Y for a")
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spans")
    for name, text in {"train.tsv": TRAIN, "test.tsv": TEST, "dev.tsv": TEST}.items():
        (folder / name).write_text(text)
    (folder / "shifty.py").write_text(PLUGIN)
    arguments = ("--models", "baseline,shifty", "--plugin", folder / "shifty.py", "--seeds", "2", "--device", "cpu")
    done = seqbench("run", "--data", folder, *arguments, "--out", folder / "run")
    assert done.returncode == 0, done.stderr
    assert re.search(r"model +accuracy .*span f1", done.stdout)
    assert "illegal sequences read as conlleval does" in done.stdout
    return folder / "run"


def rows_of(run, **how):
    return span_rows(list_runs([Store.open(run)]), SpanReading(**how))


def overview_of(rows):
    return overview(rows, {row.model.key: row.model.key.label for row in rows})


def test_models_are_scored_over_all_types_and_their_mean(run):
    """The baseline tags a B-X, b I-X, c O, d B-Y, e I-X: spans X, Y | X, X(e), Y; gold is X, X | X, Y."""
    baseline, shifty = rows_of(run)
    assert baseline.score("precision").mean == pytest.approx(3 / 5)
    assert baseline.score("recall").mean == pytest.approx(3 / 4)
    assert baseline.score("f1").mean == pytest.approx(6 / 9)
    assert baseline.score("macro_f1").mean == pytest.approx((2 * 2 / 6 + 2 / 3) / 2)
    assert baseline.illegal == [1]
    assert shifty.score("f1").per_seed == [0.0, 0.0]
    table = overview_of([baseline, shifty])
    assert table.title.endswith(": spans in IOB2, illegal sequences read as conlleval does, in %")
    assert table.rows[0] == ["baseline", "60.00", "75.00", "66.67", "66.67", "3", "0", "1", "0", "0", "1", "1"]
    assert table.rows[1][1] == "0.00 ± 0.00"
    assert "4 gold spans; counts are means of 2 seeds." in table.footnotes


def test_read_strictly_what_the_scheme_would_not_write_is_no_span(run):
    baseline, _ = rows_of(run, policy="strict")
    assert baseline.score("precision").mean == pytest.approx(3 / 4)
    assert "illegal sequences read strictly" in overview_of([baseline]).title


def test_types_of_a_model_and_what_they_were_taken_for(run):
    baseline, shifty = rows_of(run)
    assert [row[:5] for row in per_type(baseline, "baseline").rows] == [
        ["X", "66.67", "66.67", "66.67", "3"],
        ["Y", "50.00", "100.00", "66.67", "1"],
    ]
    assert [list(row) for row in type_confusion(baseline, "baseline").rows] == [
        ["X", "2", "1", "."],
        ["Y", ".", "1", "."],
        ["(invented)", "1", ".", "."],
    ]
    assert type_confusion(shifty, "shifty").rows[0] == [
        "X",
        ".",
        "2",
        "4",
    ]  # two spans in the second seed, at the boundaries or not
    assert "summed over 2 seeds" in type_confusion(shifty, "shifty").title


def test_outcomes_read_from_disk_are_those_that_were_scored(run):
    store = Store.open(run)
    (predictions,) = read_all_predictions(list_runs([store]))
    for row in read([store]).rows:
        outcomes = predictions.outcomes(predictions.of(row.key))
        for trial, outcome in zip(row.trials, outcomes, strict=True):
            assert np.mean(outcome.gold == outcome.predicted) == pytest.approx(trial.score("accuracy"))


def test_json_holds_all_counts(run):
    content = json.loads(seqbench("spans", run, "--format", "json").stdout)
    assert list(content) == ["seqbench", "datasets", "rows"]
    row = content["rows"][0]
    assert (row["model"], row["scheme"], row["policy"]) == ("baseline", "IOB2", "conlleval")
    assert row["recall"] == {"per_seed": [0.75], "mean": 0.75, "std": None, "ci95": None}
    assert row["per_type"][0]["became"] == {
        "right": 2.0, "boundary": 0.0, "type": 1.0, "both": 0.0, "missed": 0.0, "invented": 1.0,
    }  # fmt: skip
    assert row["confusion"] == {"types": ["X", "Y", None], "counts": [[2, 1, 0], [0, 1, 0], [1, 0, 0]]}
    assert row == as_json(rows_of(run)[0], "baseline")


def test_the_command_prints_what_is_asked_for(run):
    done = seqbench("spans", run, "--per-type", "--confusion", "shifty", "--policy", "strict", "--format", "markdown")
    assert done.returncode == 0, done.stderr
    titles = re.findall(r"^### (.*)", done.stdout, re.MULTILINE)
    assert len(titles) == 4
    assert all("spans in IOB2, illegal sequences read strictly" in title for title in titles)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--scheme", "IOB5"], "no span scheme is named 'IOB5'. Did you mean 'IOB"),
        (["--scheme", "IOE2"], "'B-X' is no tag of IOE2: expected O, or one of I, E with -TYPE behind it"),
        (["--policy", "lenient"], "no policy for illegal sequences is named 'lenient'"),
        (["--confusion", "lstm"], "no model of this run is named 'lstm'"),
    ],
)
def test_a_wrong_argument_is_one_message_and_exit_code_2(run, arguments, why):
    done = seqbench("spans", run, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


def test_parts_of_speech_are_refused_with_the_way_out(tmp_path):
    (tmp_path / "pos.tsv").write_text("the\tDET\ndog\tNN\n\n" * 10)
    arguments = ("--data", tmp_path / "pos.tsv", "--models", "baseline", "--device", "cpu", "--out", tmp_path / "run")
    done = seqbench("run", *arguments)
    assert "span f1" not in done.stdout
    done = seqbench("spans", tmp_path / "run")
    assert done.returncode == 2
    assert "the tags of 'pos' are no spans in a scheme that is known" in done.stderr
    named = seqbench("spans", tmp_path / "run", "--scheme", "iob2")
    assert "'DET' is no tag of IOB2" in named.stderr


def test_a_named_scheme_reads_tags_that_would_not_be_detected(run):
    """Where IOB1 would not write B, no span begins: of gold only the b is left, of the baseline's b and e."""
    baseline = rows_of(run, scheme=scheme("IOB1"), policy="strict")[0]
    assert "spans in IOB1" in overview_of([baseline]).title
    assert (baseline.score("precision").mean, baseline.score("recall").mean) == (0.5, 1.0)
