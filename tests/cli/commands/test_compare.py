"""Runs side by side: each model is told apart from all others, whatever folders and labels are called."""

import json

import pytest
from program import seqbench

WORDS = [[f"{'abcde'[i * j % 5]}{i % 4}" for j in range(1 + i % 6)] for i in range(900)]
TEXT = "\n\n".join("\n".join(f"{word}\t{word[0].upper()}" for word in sentence) for sentence in WORDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two runs of one folder name, in which one label is of two different models."""
    place = tmp_path_factory.mktemp("runs")
    (place / "data.tsv").write_text(TEXT)
    for run, model in (("one/r2", "baseline"), ("two/r2", "baseline=majority")):
        done = seqbench("run", "--data", "data.tsv", "--models", model, "--out", run, "--quiet", cwd=place)
        assert done.returncode == 0, done.stderr
    return place


def compare(folder, *arguments):
    return seqbench("compare", *arguments, cwd=folder)


def test_two_models_of_one_label_in_folders_of_one_name_are_two_rows_with_their_own_numbers(folder):
    done = compare(folder, "one/r2", "two/r2")
    assert done.returncode == 0, done.stderr
    first, second = (
        json.loads(seqbench("show", folder / run, "--format", "json").stdout) for run in ("one/r2", "two/r2")
    )
    rows = json.loads(compare(folder, "one/r2", "two/r2", "--format", "json").stdout)["rows"]
    assert [row["model"] for row in rows] == ["one/r2/baseline", "two/r2/baseline"]
    assert [row["accuracy"] for row in rows] == [shown["rows"][0]["accuracy"] for shown in (first, second)]
    assert rows[0]["accuracy"]["ci95"] != rows[1]["accuracy"]["ci95"]
    lines = [line.split()[0] for line in done.stdout.splitlines()[4:6]]
    assert lines == ["one/r2/baseline", "two/r2/baseline"]


def test_errors_have_a_column_for_each_of_them(folder):
    done = seqbench("errors", "one/r2", "two/r2", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[2].split()[-2:] == ["one/r2/baseline", "two/r2/baseline"]


def test_the_gate_knows_which_of_the_two_is_new(folder):
    better = compare(folder, "two/r2", "one/r2", "--fail-if-worse", "accuracy")
    assert (better.returncode, better.stderr) == (0, "")
    worse = compare(folder, "one/r2", "two/r2", "--fail-if-worse", "accuracy")
    assert worse.returncode == 1
    assert "worse: two/r2/baseline than one/r2/baseline on data by" in worse.stderr


def test_a_run_that_is_given_twice_counts_once(folder):
    done = compare(folder, "one/r2", f"{folder}/one/r2")
    assert done.stderr == "nothing to compare: it takes two models that are finished on the same data\n"


def test_a_label_of_several_models_is_answered_with_their_names(folder):
    done = compare(folder, "one/r2", "two/r2", "--against", "baseline")
    assert done.returncode == 2
    assert "2 models are labelled 'baseline'; name one of them: one/r2/baseline, two/r2/baseline" in done.stderr
