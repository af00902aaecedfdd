"""`seqbench score`: predictions of other systems in the same tables and tests as any run."""

import json
import re

import numpy as np
from prediction_files import GOLD, file, scored
from program import called

from seqbench.registry.discovery import Registry
from seqbench.results.listing import list_runs
from seqbench.results.predictions import read_all_predictions
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.scoring.core_scores import CORE_SCORES


def test_the_command_prints_the_tables_and_keeps_the_run(tmp_path):
    gold = file(tmp_path, "gold.tsv", GOLD * 10)
    wrong = file(tmp_path, "wrong.tsv", (GOLD * 9).replace("dog\tN", "dog\tV") + GOLD)
    done = called("score", gold, f"good={gold}", wrong, "--out", tmp_path / "run", "--per-tag", "--confusion", "good")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^good +\*100\.00 ", done.stdout, re.MULTILINE)
    assert re.search(r"^good +wrong +\+18\.00 ", done.stdout, re.MULTILINE)
    assert "gold: good, gold (rows) and predicted (columns)" in done.stdout
    assert "fit s" not in done.stdout
    assert "there is no training set" in done.stdout
    done = called("errors", tmp_path / "run", "--right", "good", "--wrong", "wrong", "--limit", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^1 +2 +N +N +V +the \[dog\] runs$", done.stdout, re.MULTILINE)


def test_the_command_s_json_is_that_of_a_run(tmp_path):
    gold = file(tmp_path, "gold.tsv", GOLD)
    content = json.loads(called("score", gold, gold, "--format", "json").stdout)
    assert list(content) == ["seqbench", "datasets", "rows", "comparisons", "rankings"]
    assert content["rows"][0]["accuracy"]["mean"] == 1.0
    assert content["rows"][0]["spec"] == 'external(file="gold.tsv")'
    assert np.isclose(content["rows"][0]["macro_f1"]["mean"], 1.0)


def test_what_a_model_predicted_scores_the_same_from_a_file(tmp_path):
    text = "".join(f"w{i % 7}\t{'ABC'[i % 7 % 3 if i % 5 else 0]}\n{chr(10) * (i % 4 == 0)}" for i in range(300)) + "\n"
    for split, part in {"train": text, "dev": text[:200].rpartition("\n\n")[0] + "\n", "test": text}.items():
        file(tmp_path, f"{split}.tsv", part)
    done = called("run", "--data", tmp_path, "--models", "baseline", "--device", "cpu", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    store = Store.open(tmp_path / "run")
    (predictions,) = read_all_predictions(list_runs([store]))
    tags = iter(predictions.tags[tag] for tag in predictions.models[0].ids[0])
    again = "\n".join(line and f"{line.partition(chr(9))[0]}\t{next(tags)}" for line in text.split("\n"))
    copy = file(tmp_path, "copy.txt", again)
    other = Store.create(tmp_path / "other")
    from_file = scored(other, f"{tmp_path}", [copy], Registry.discover(points=()))
    mine = read([store])
    assert from_file.rows[0].dataset.fingerprint == mine.rows[0].dataset.fingerprint
    for score in CORE_SCORES:
        assert from_file.rows[0].scores[score.name] == mine.rows[0].scores[score.name]
    done = called("compare", tmp_path / "run", tmp_path / "other", "--format", "json")
    assert {c["difference"] for c in json.loads(done.stdout)["comparisons"]} == {0.0}


def test_a_run_that_is_not_to_be_kept_leaves_nothing(tmp_path):
    gold = file(tmp_path, "gold.tsv", GOLD)
    assert called("score", gold, f"a={gold}", cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["gold.tsv"]


def test_a_confusion_of_nobody_is_answered_with_the_labels(tmp_path):
    gold = file(tmp_path, "gold.tsv", GOLD)
    done = called("score", gold, f"mine={gold}", "--confusion", "mien", "--out", tmp_path / "run")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'mine'?" in done.stderr
