"""`seqbench compare`: each model is told apart from all others, and what is left out is said."""

import json
import re
import shutil

import pytest
from compared_runs import store_of, two_datasets
from program import called, seqbench

WORDS = [[f"{'abcde'[i * j % 5]}{i % 4}" for j in range(1 + i % 6)] for i in range(900)]
TEXT = "\n\n".join("\n".join(f"{word}\t{word[0].upper()}" for word in sentence) for sentence in WORDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two runs of one folder name, in which one label is of two different models."""
    place = tmp_path_factory.mktemp("runs")
    (place / "data.tsv").write_text(TEXT)
    for run, model in (("one/r2", "baseline"), ("two/r2", "baseline=majority")):
        done = called("run", "--data", "data.tsv", "--models", model, "--out", run, "--quiet", cwd=place)
        assert done.returncode == 0, done.stderr
    return place


def compare(folder, *arguments):
    return called("compare", *arguments, cwd=folder)


def test_two_models_of_one_label_in_folders_of_one_name_are_two_rows_with_their_own_numbers(folder):
    done = compare(folder, "one/r2", "two/r2")
    assert done.returncode == 0, done.stderr
    first, second = (
        json.loads(called("show", folder / run, "--format", "json").stdout) for run in ("one/r2", "two/r2")
    )
    rows = json.loads(compare(folder, "one/r2", "two/r2", "--format", "json").stdout)["rows"]
    assert [row["model"] for row in rows] == ["one/r2/baseline", "two/r2/baseline"]
    assert [row["accuracy"] for row in rows] == [shown["rows"][0]["accuracy"] for shown in (first, second)]
    assert rows[0]["accuracy"]["ci95"] != rows[1]["accuracy"]["ci95"]
    lines = [line.split()[0] for line in done.stdout.splitlines()[6:8]]
    assert lines == ["one/r2/baseline", "two/r2/baseline"]


def test_errors_have_a_column_for_each_of_them(folder):
    done = called("errors", "one/r2", "two/r2", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[2].split()[-2:] == ["one/r2/baseline", "two/r2/baseline"]


def test_the_gate_knows_which_of_the_two_is_new(folder):
    better = compare(folder, "two/r2", "one/r2", "--fail-if-worse", "accuracy")
    assert better.returncode == 0
    assert "\ngate on accuracy: passed, no model is shown to be worse (level 5 %, Holm over 1 " in better.stderr
    worse = compare(folder, "one/r2", "two/r2", "--fail-if-worse", "accuracy")
    assert worse.returncode == 1
    assert "worse: baseline on data: by" in worse.stderr


def test_a_run_that_is_given_twice_counts_once(folder):
    done = compare(folder, "one/r2", f"{folder}/one/r2")
    assert done.stderr == "nothing to compare: it takes two models that are finished on the same data\n"
    assert done.returncode == 1


def test_a_label_of_several_models_is_answered_with_their_names(folder):
    done = compare(folder, "one/r2", "two/r2", "--against", "baseline")
    assert done.returncode == 2
    assert "2 models are labelled 'baseline'; name one of them: one/r2/baseline, two/r2/baseline" in done.stderr


def gate(*folders):
    return called("compare", *folders, "--fail-if-worse", "accuracy")


def test_a_new_run_that_is_worse_fails_the_gate_and_a_better_or_equal_one_passes(tmp_path):
    for name, share in (("old", 0.1), ("same", 0.1), ("bad", 0.3)):
        store_of(tmp_path / name, f"m=wrong(share={share})", "constant(tag='A')")
    assert gate(tmp_path / "old", tmp_path / "same").returncode == 0
    assert gate(tmp_path / "bad", tmp_path / "old").returncode == 0
    failed = gate(tmp_path / "old", tmp_path / "bad")
    assert failed.returncode == 1
    assert "worse: m on data: by" in failed.stderr
    assert "gate on accuracy: failed, 1 worse of 2 (level 5 %, Holm over 1 test)" in failed.stderr
    assert gate(tmp_path / "old").returncode == 2


def test_a_model_that_did_not_finish_is_left_out_where_it_did_not_and_that_is_said(tmp_path):
    done = called("compare", two_datasets(tmp_path / "run"), "--against", "a")
    assert done.returncode == 0
    assert "all: what is better or worse than a?" in done.stdout
    assert "some:" not in done.stdout
    assert "some," not in done.stdout
    assert done.stderr.startswith("note: a is not compared on some: 1 of 1 seed not finished; not run yet")
    done = called("compare", tmp_path / "run", "--against", "nobody")
    assert done.returncode == 2
    assert "no finished model is named 'nobody'" in done.stderr


def test_a_model_that_finished_in_the_old_run_only_is_worse_in_the_new_one(tmp_path):
    new = two_datasets(tmp_path / "new")
    old = shutil.copytree(new, tmp_path / "old")
    assert gate(old, new).returncode == 0
    next(path for path in new.glob("trials/b-*.json")).unlink()
    done = gate(old, new)
    assert done.returncode == 1
    assert "missing: b on some: did not finish in the new run" in done.stderr or "missing: b on all" in done.stderr


def test_one_model_alone_is_no_comparison_and_that_is_said_also_in_a_process_of_its_own(tmp_path):
    store = store_of(tmp_path / "run", "constant(tag='A')")
    done = seqbench("compare", store.folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "nothing to compare: it takes two models that are finished on the same data\n"


def test_two_datasets_end_in_ranks_and_a_diagram(two_corpora, tmp_path):
    out, picture = tmp_path / "run", tmp_path / "ranks.svg"
    data = [part for name in ("one", "two") for part in ("--data", two_corpora / f"{name}.tsv")]
    done = called("run", *data, "--models", "baseline,majority,hmm", "--out", out, "-q")
    assert done.returncode == 0, done.stderr
    assert "all 2 datasets: mean ranks by accuracy in %" in done.stdout
    assert "With 2 datasets p (adj.) is 1 at best: no pair can be told apart." in done.stdout
    assert called("compare", out, "--diagram", picture).returncode == 0
    assert picture.read_text().startswith("<svg")
    (ranked,) = json.loads(called("compare", out, "--format", "json").stdout)["rankings"]
    assert ranked["datasets"] == ["one", "two"]
    assert sum(ranked["mean_ranks"].values()) == 6


def test_a_diagram_of_one_dataset_is_refused(folder, tmp_path):
    done = compare(folder, "one/r2", "two/r2", "--diagram", tmp_path / "ranks.svg")
    assert done.returncode == 2
    assert "--diagram takes two or more datasets, and two or more models" in done.stderr
    assert not (tmp_path / "ranks.svg").exists()


def test_the_result_of_the_gate_is_written_beside(tmp_path):
    for name, share in (("old", 0.1), ("bad", 0.3)):
        store_of(tmp_path / name, f"m=wrong(share={share})")
    arguments = ("compare", tmp_path / "old", tmp_path / "bad", "--summary", tmp_path / "gate.xml")
    assert called(*arguments).returncode == 2
    assert called(*arguments, "--fail-if-worse", "accuracy").returncode == 1
    assert 'failures="1"' in (tmp_path / "gate.xml").read_text()


def test_a_metric_that_applies_to_nothing_is_named_and_fails(folder):
    done = compare(folder, "one/r2", "two/r2", "--metric", "span-f1")
    assert done.returncode == 1
    assert "metric 'span-f1' does not apply to any of these datasets: nothing is compared by it\n" in done.stderr


def test_differences_up_to_a_rope_count_as_none_and_what_is_said_names_it(tmp_path):
    store = store_of(tmp_path / "run", "a=wrong(share=0.10)", "b=wrong(share=0.101)", "c=wrong(share=0.3)")
    done = called("compare", store.folder, "--rope", "8")
    assert done.returncode == 0
    first = done.stdout.splitlines()[0]
    assert first.startswith("data, accuracy, differences up to 8 points counted as none: on text like this test set ")
    assert "for all practical purposes: b" in " ".join(done.stdout.split()) or "practical purposes: a" in done.stdout
    comparisons = json.loads(called("compare", store.folder, "--rope", "8", "--format", "json").stdout)["comparisons"]
    told = {c["a"] + c["b"]: c["relation"] for c in comparisons if c["question"] == "model"}
    assert sorted(told.values()) == ["better", "better", "equal"]
    assert {c["rope"] for c in comparisons} == {0.08}
    assert called("compare", store.folder, "--rope", "0").returncode == 2


def test_a_tag_a_slice_calibration_and_speed_are_gates_in_the_same_form(tmp_path):
    for name, share in (("old", 0.1), ("bad", 0.3)):
        store_of(tmp_path / name, f"m=wrong(share={share})")
    runs = ["compare", tmp_path / "old", tmp_path / "bad", "--fail-if-worse"]
    tag = called(*runs, "f1:A", "--summary", tmp_path / "gate.md")
    assert (tag.returncode, ": failed, 1 worse of 1" in tag.stderr) == (1, True)
    assert "worse" in (tmp_path / "gate.md").read_text()
    assert "worse: m on data" in called(*runs, "accuracy_known").stderr
    assert "it takes 3 seeds of each" in called(*runs, "milliseconds").stderr
    unsure = called(*runs, "log-loss")
    assert (unsure.returncode, "log-loss takes stored probabilities, which the old" in unsure.stderr) == (1, True)
    assert called(*runs, "f2:A").returncode == 2


def test_json_has_the_corrected_p_that_is_printed_over_folds(folds):
    printed = called("compare", folds.folder, "--pairs", "--wide").stdout
    comparisons = json.loads(called("compare", folds.folder, "--format", "json").stdout)["comparisons"]
    over = [c for c in comparisons if c["question"] == "splits"]
    assert over
    for c in over:
        (line,) = [line for line in printed.splitlines() if re.match(rf"{c['a']} +{c['b']} ", line)]
        assert f"{c['p_adjusted']:.4f}" in line.split()
    single = [c for c in comparisons if c["question"] != "splits" and c["p_adjusted"] is not None]
    assert all(c["p_adjusted"] >= c["p"] for c in single)
