"""`seqbench show`: the results of runs again, from what is on disk."""

import csv
import io
import json
import re

import pytest
from compared_runs import store_of
from folded import FOLDS
from program import called
from runs import registry_of, run_of
from samples import Constant, Seeded

from seqbench.results.rows import read


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    registry = registry_of(constant=Constant, seeded=Seeded)
    return run_of(tmp_path_factory.mktemp("run"), registry, "constant", "seeded", seeds=2).folder


def test_json_is_the_contract_with_the_comparisons(run):
    content = json.loads(called("show", run, "--format", "json").stdout)
    assert [row["model"] for row in content["rows"]] == ["constant", "seeded"]
    assert content["rows"][0]["accuracy"]["mean"] == pytest.approx(3 / 6)
    assert {(c["a"], c["b"]) for c in content["comparisons"]} <= {("constant", "seeded"), ("seeded", "constant")}
    assert len(content["comparisons"]) == 2


def test_several_runs_stand_in_one_table(run, tmp_path):
    """Of one dataset and in one table, as if one run had made them."""
    other = run_of(tmp_path / "other", registry_of(constant=Constant), "verbs=constant(tag='V')")
    done = called("show", run, other.folder, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["model"] for row in rows] == ["constant", "seeded", "verbs"]
    assert [float(row["accuracy"]) for row in rows[::2]] == [pytest.approx(3 / 6), pytest.approx(2 / 6)]


def test_scores_per_tag_and_confusions_are_printed_on_request(run):
    printed = called("show", run, "--per-tag", "--confusion", "constant").stdout
    assert "sample: constant per tag, in %" in printed
    assert "sample: seeded per tag, in %" in printed
    assert printed.count("gold (rows) and predicted (columns)") == 1


def test_a_trial_that_did_not_finish_is_exit_code_1(tmp_path):
    store = store_of(tmp_path / "run", "constant(tag='A')", "wrong", seeds=2)
    next(store.folder.glob("trials/wrong-s1-*.json")).unlink()
    assert [row.status for row in read([store]).rows] == ["finished", "partly_failed"]
    assert called("show", store.folder).returncode == 1


def test_a_run_that_is_none_is_exit_code_2(tmp_path):
    done = called("show", tmp_path)
    assert done.returncode == 2
    assert "is no run" in done.stderr


def test_a_confusion_of_nobody_is_answered_with_the_labels(run):
    done = called("show", run, "--confusion", "constnat")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no model of this run is named 'constnat'. Did you mean 'constant'?" in done.stderr


def test_json_keeps_scores_per_tag_and_the_confusion_that_are_wanted(run):
    plain = json.loads(called("show", run, "--format", "json").stdout)
    label = plain["rows"][0]["model"]
    told = json.loads(called("show", run, "--format", "json", "--per-tag", "--confusion", label).stdout)
    assert {"per_tag", "confusions"} == told.keys() - plain.keys()
    assert {(scored["dataset"], scored["model"]) for scored in told["per_tag"]} == {
        (row["dataset"], row["model"]) for row in plain["rows"]
    }
    (confusion,) = told["confusions"]
    assert confusion["model"] == label
    assert len(confusion["matrix"]) == len(confusion["tags"])


def test_every_csv_names_its_dataset_and_can_have_a_row_for_each_seed(run):
    rows = list(csv.DictReader(io.StringIO(called("show", run, "--format", "csv", "--rows", "seeds").stdout)))
    assert [(row["dataset"], row["model"], row["seed"]) for row in rows][-2:] == [
        ("sample", "seeded", "0"),
        ("sample", "seeded", "1"),
    ]
    printed = called("show", run, "--format", "csv", "--per-tag", "--confusion", "constant").stdout
    assert printed.count("\ndataset,model,tag,precision") == 2
    assert "\nsample,constant," in printed


def test_folds_have_one_confusion_matrix_and_one_table_of_tags(folds):
    folder = folds.folder
    printed = called("show", folder, "--per-tag", "--confusion", "a").stdout
    assert printed.count("gold (rows) and predicted (columns)") == 1
    assert printed.count(f"corpus, {FOLDS} folds: a per tag, in %") == 1
    content = json.loads(called("show", folder, "--format", "json", "--confusion", "a").stdout)
    whole, *parts = [confusion["matrix"] for confusion in content["confusions"]]
    assert len(parts) == FOLDS
    assert sum(map(sum, whole)) == sum(sum(map(sum, part)) for part in parts)
    models = json.loads(called("calibration", folder, "--format", "json").stdout)["models"]
    assert [(model["dataset"], model["seeds"]) for model in models] == [(f"corpus, {FOLDS} folds", 2)] * 2
    accuracy = [row for row in content["rows"] if row["model"] == "a"]
    tokens = [sum(map(sum, part)) for part in parts]
    weighted = sum(row["accuracy"]["mean"] * n for row, n in zip(accuracy, tokens, strict=True)) / sum(tokens)
    assert models[0]["accuracy"] == pytest.approx(weighted)


def test_typed_in_scores_stand_beside_results_as_marked_rows(run, tmp_path):
    (tmp_path / "paper.csv").write_text("model,sample\nSmith (2020),97.1\n=1+1,50\n")
    table = called("show", run, "--beside", tmp_path / "paper.csv").stdout
    assert re.search(r"^\(Smith \(2020\), typed in\) +97\.10$", table, re.MULTILINE)
    assert "(..., typed in): accuracy from paper.csv; of these nothing was run, checked or tested here." in table
    content = json.loads(called("show", run, "--beside", tmp_path / "paper.csv", "--format", "json").stdout)
    assert [typed["accuracy"] for typed in content["typed_in"]] == [0.971, 0.5]
    assert "typed_in" not in json.loads(called("show", run, "--format", "json").stdout)
    rows = called("show", run, "--beside", tmp_path / "paper.csv", "--format", "csv").stdout
    assert "sample,Smith (2020),,,typed in (paper.csv),0.971" in rows
    assert "'=1+1" in rows
    (tmp_path / "other.csv").write_text("model,smaple\na,97.1\n")
    wrong = called("show", run, "--beside", tmp_path / "other.csv")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "no dataset of these runs is named 'smaple'. Did you mean 'sample'?" in wrong.stderr


def test_typed_in_scores_stand_on_the_page_and_in_the_table_for_papers(run, tmp_path):
    (tmp_path / "paper.csv").write_text("model,sample\nA_b <i>,97.1\n")
    latex = called("report", run, "--latex", "--beside", tmp_path / "paper.csv").stdout
    assert r"(A\_b \textless{}i\textgreater{}, typed in) & 97.10 \\" in latex
    table = latex[: latex.index("% hyperparameters")].rstrip()
    assert table.count("toprule") == 1
    printed = called("show", run, "--format", "latex", "--beside", tmp_path / "paper.csv").stdout
    assert printed.startswith(table)
    assert called("compare", run, "--format", "latex").stdout.startswith("% needs \\usepackage{booktabs}")
    assert r"constant & tag & NN \\" in latex
    called("report", run, "--out", tmp_path / "page.html", "--beside", tmp_path / "paper.csv")
    page = (tmp_path / "page.html").read_text()
    assert "(A_b &lt;i&gt;, typed in)" in page
    assert 'data-value="0.971"' in page
    assert "<summary>Hyperparameters</summary>" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--rows", "seeds"], "--rows seeds is for formats of rows; write --format csv, or leave it out"),
        (["--rows", "epochs", "--format", "json"], "--rows epochs is for formats of rows; write --format csv"),
        (["--rows", "seeds", "--format", "markdown"], "--rows seeds is for formats of rows"),
        (["--plot", "pareto", "--per-tag", "--format", "csv"], "leave out --format, --per-tag, or --plot"),
        (["--plot", "pareto", "--confusion", "constant"], "leave out --confusion, or --plot"),
    ],
)
def test_an_option_that_would_be_ignored_is_refused(run, arguments, message):
    done = called("show", run, *arguments)
    assert (done.returncode, done.stdout, message in done.stderr) == (2, "", True), done.stderr
