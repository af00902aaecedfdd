"""`seqbench score`: predictions of other systems in the same tables and tests as any run."""

import json
import re

import numpy as np
import pytest
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
    assert re.search(r"^1 +2 +N +N +V +the \[dog\] runs +gold\.tsv:1$", done.stdout, re.MULTILINE)


def test_the_command_s_json_is_that_of_a_run(tmp_path):
    gold = file(tmp_path, "gold.tsv", GOLD)
    content = json.loads(called("score", gold, gold, "--format", "json").stdout)
    assert list(content) == ["seqbench", "datasets", "rows", "comparisons", "rankings", "multiverse"]
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


SPANS = "a B-PER\nb I-PER\nc O\n\nd B-LOC\ne O\n"


def span_f1(folder, *arguments):
    done = called("score", *arguments, "--format", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    return [row["metrics"]["span-f1"]["mean"] for row in rows], [row["notes"] for row in rows]


def test_one_odd_predicted_tag_spoils_no_span_score(tmp_path):
    (tmp_path / "g.txt").write_text(SPANS)
    (tmp_path / "good.txt").write_text(SPANS)
    (tmp_path / "odd.txt").write_text(SPANS.replace("c O", "c X"))
    assert span_f1(tmp_path, "g.txt", "good.txt", "odd.txt") == (
        [1, 1],
        [[], ["1 of 5 predicted tags are no tags of IOB2 ('X', first in sentence 1): read as O"]],
    )


def test_document_marks_are_no_words_on_either_side(tmp_path):
    marked = "".join(f"-DOCSTART- -X- O\n\n{word} NN B-X\n\n" for word in "abc")
    (tmp_path / "g.txt").write_text(marked)
    (tmp_path / "p.txt").write_text(marked.replace("-DOCSTART- -X- O\n\n", "").replace("B-X", "O"))
    done = called("score", "g.txt", "p.txt", "--format", "json", cwd=tmp_path)
    row = json.loads(done.stdout)["rows"][0]
    assert (row["accuracy"]["mean"], row["sentence_accuracy"]["mean"]) == (0, 0)


def test_scheme_policy_and_types_left_out_are_chosen_in_every_command(tmp_path):
    (tmp_path / "g.txt").write_text(SPANS)
    (tmp_path / "p.txt").write_text(SPANS.replace("B-PER", "I-PER"))
    assert span_f1(tmp_path, "g.txt", "p.txt")[0] == [1]
    assert span_f1(tmp_path, "g.txt", "p.txt", "--policy", "strict")[0] == [pytest.approx(2 / 3)]
    assert span_f1(tmp_path, "g.txt", "p.txt", "--policy", "strict", "--without-type", "PER")[0] == [1]
    for name in ("g", "p"):
        (tmp_path / f"plain-{name}.txt").write_text(SPANS.replace("B-", "").replace("I-", ""))
    assert span_f1(tmp_path, "plain-g.txt", "plain-p.txt")[0] == [None]
    assert span_f1(tmp_path, "plain-g.txt", "plain-p.txt", "--scheme", "IO")[0] == [1]
    assert called("score", "g.txt", "a=g.txt", "p.txt", "--out", "run", cwd=tmp_path).returncode == 0
    comparison = ("compare", "run", "--metric", "span-f1", "--format", "json", "--policy")
    differences = [json.loads(called(*comparison, policy, cwd=tmp_path).stdout)["comparisons"][0]["difference"]
                   for policy in ("conlleval", "strict")]  # fmt: skip
    assert differences == [0, pytest.approx(1 / 3)]
    done = called("score", "g.txt", "a=g.txt", "p.txt", "--out", "run", "--policy", "strict", cwd=tmp_path)
    assert (done.returncode, "give this run another --out" in done.stderr) == (2, True)
