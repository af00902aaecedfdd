"""Predictions from files: aligned with gold or refused at the first line that differs; scored like any other run."""

import json
import re

import numpy as np
import pytest
from msgspec.structs import replace
from program import seqbench
from sklearn.metrics import accuracy_score, f1_score

from seqbench.errors import SeqbenchError, StoreError
from seqbench.registry.discovery import Registry
from seqbench.results.external import gold_of, predictions, write
from seqbench.results.listing import list_runs
from seqbench.results.predictions import read_all_predictions
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.costs import COSTS

GOLD = "the\tD\ndog\tN\nruns\tV\n\nit\tN\nruns\tV\n\n"


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


def scored(store, gold, files, registry, train=None):
    dataset, text = gold_of(str(gold), train, registry)
    dataset, found = predictions([str(file) for file in files], dataset, text, registry)
    write(store, dataset, found, registry, ["score"])
    return read([store])


def file(folder, name, text):
    path = folder / name
    path.write_text(text)
    return path


def words(text):
    """(sentence, tokens) of a column file, and the number of the line of each token."""
    lines = text.split("\n")
    return [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line]


def test_scores_are_those_of_the_words_and_tags_in_the_files(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    first = file(tmp_path, "first.tsv", GOLD.replace("dog\tN", "dog\tV"))
    second = file(tmp_path, "second.tsv", re.sub(r"runs\tV", "runs\tX", GOLD))
    rows = scored(Store.create(tmp_path / "run"), gold, [first, f"other={second}"], registry).rows
    assert [row.key.label for row in rows] == ["first", "other"]
    tags = [cells[1] for _, cells in words(GOLD)]
    for row, path in zip(rows, (first, second), strict=True):
        given_tags = [cells[1] for _, cells in words(path.read_text())]
        assert row.scores["accuracy"].mean == pytest.approx(accuracy_score(tags, given_tags))
        labels = sorted({*tags, *given_tags})
        macro = f1_score(tags, given_tags, labels=labels, average="macro", zero_division=0)
        assert row.scores["macro_f1"].mean == pytest.approx(macro)
        assert [row.scores[f"accuracy_{kind}"].mean for kind in ("known", "unknown", "ambiguous")] == [None] * 3
        assert set(row.costs.values()) == {None}
        assert set(row.costs) == {cost.name for cost in COSTS}


def test_a_training_file_tells_known_words_from_unknown_ones(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    train = file(tmp_path, "train.tsv", "the\tD\nrun\tV\n\nthe\tN\nruns\tV\n\n")
    wrong = file(tmp_path, "wrong.tsv", GOLD.replace("dog\tN", "dog\tV").replace("the\tD", "the\tV"))
    row = scored(Store.create(tmp_path / "run"), gold, [wrong], registry, str(train)).rows[0]
    assert row.scores["accuracy_known"].mean == pytest.approx(2 / 3)  # the, runs, runs
    assert row.scores["accuracy_unknown"].mean == pytest.approx(1 / 2)  # dog, it
    assert row.scores["accuracy_ambiguous"].mean == 0  # the


def test_what_a_model_predicted_scores_the_same_from_a_file(tmp_path, registry):
    text = "".join(f"w{i % 7}\t{'ABC'[i % 7 % 3 if i % 5 else 0]}\n{chr(10) * (i % 4 == 0)}" for i in range(300)) + "\n"
    for split, part in {"train": text, "dev": text[:200].rpartition("\n\n")[0] + "\n", "test": text}.items():
        file(tmp_path, f"{split}.tsv", part)
    done = seqbench("run", "--data", tmp_path, "--models", "baseline", "--device", "cpu", "--out", tmp_path / "run")
    assert done.returncode == 0, done.stderr
    store = Store.open(tmp_path / "run")
    (answer,) = read_all_predictions(list_runs([store]))
    tags = iter(answer.tags[tag] for tag in answer.models[0].ids[0])
    again = "\n".join(line and f"{line.partition(chr(9))[0]}\t{next(tags)}" for line in text.split("\n"))
    copy = file(tmp_path, "copy.txt", again)
    other = Store.create(tmp_path / "other")
    found = scored(other, f"{tmp_path}", [copy], registry)
    mine = read([store])
    assert found.rows[0].dataset.fingerprint == mine.rows[0].dataset.fingerprint
    for score in CORE_SCORES:
        assert found.rows[0].scores[score.name] == mine.rows[0].scores[score.name]
    done = seqbench("compare", tmp_path / "run", tmp_path / "other", "--format", "json")
    assert {c["difference"] for c in json.loads(done.stdout)["comparisons"]} == {0.0}


def test_tags_that_only_answerhave_keep_their_names_across_runs(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    for name, tag in {"one": "X", "two": "Y"}.items():
        wrong = file(tmp_path, f"{name}.tsv", GOLD.replace("dog\tN", f"dog\t{tag}"))
        scored(Store.create(tmp_path / name), gold, [wrong], registry)
    stores = [Store.open(tmp_path / name) for name in ("two", "one")]
    (answer,) = read_all_predictions(list_runs(stores))
    assert answer.tags == ("D", "N", "V", "Y", "X")
    tags = {model.key.label: answer.tags[model.ids[0][1]] for model in answer.models}
    assert tags == {"two": "Y", "one": "X"}


def test_a_label_that_comes_again_is_another_seed(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    wrong = file(tmp_path, "wrong.tsv", GOLD.replace("dog\tN", "dog\tV"))
    row = scored(Store.create(tmp_path / "run"), gold, [f"a={gold}", f"a={wrong}"], registry).rows[0]
    assert (row.key.label, row.seeds, row.scores["accuracy"].per_seed) == ("a", [0, 1], [1.0, 0.8])


def test_columns_are_chosen_for_each_file(tmp_path, registry):
    """One file may hold gold and predictions, as conlleval wants them."""
    both = file(tmp_path, "both.txt", "the D D\ndog N V\n\n")
    results = scored(Store.create(tmp_path / "run"), f"{both}?tags=2", [f"x={both}?tags=3"], registry)
    assert results.rows[0].scores["accuracy"].mean == 0.5


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (["a/p.tsv", "b/p.tsv"], "two predictions are called 'p'; give them labels"),
        (["x=a/p.tsv", "p=a/p.tsv", "b/p.tsv"], "two predictions are called 'p'"),
        (["none.tsv"], "'none.tsv' is no file"),
        (["a/p.tsv?tag=2"], "no option of a path is named 'tag'. Did you mean 'tags'?"),
    ],
)
def test_wrong_arguments_are_told_with_the_way_out(tmp_path, registry, monkeypatch, files, message):
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        file(tmp_path / name, "p.tsv", GOLD)
    with pytest.raises(SeqbenchError, match=re.escape(message)):
        scored(Store.create(tmp_path / "run"), "a/p.tsv", files, registry)


def test_a_run_of_another_kind_is_not_overwritten(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    store = Store.create(tmp_path / "run")
    scored(store, gold, [gold], registry)
    scored(store, gold, [gold], registry)  # the same again is no harm
    store.write_manifest(replace(store.manifest(), external=False))
    with pytest.raises(StoreError, match="holds another run; choose another --out"):
        scored(store, gold, [gold], registry)


def test_the_command_prints_the_tables_and_keeps_the_run(tmp_path):
    gold = file(tmp_path, "gold.tsv", GOLD * 10)
    wrong = file(tmp_path, "wrong.tsv", (GOLD * 9).replace("dog\tN", "dog\tV") + GOLD)
    done = seqbench("score", gold, f"good={gold}", wrong, "--out", tmp_path / "run", "--per-tag", "--confusion", "good")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^good +\*100\.00 ", done.stdout, re.MULTILINE)
    assert re.search(r"^good +wrong +\+18\.00 ", done.stdout, re.MULTILINE)
    assert "gold: good, gold (rows) and predicted (columns)" in done.stdout
    assert "fit s" not in done.stdout
    assert "there is no training set" in done.stdout
    done = seqbench("errors", tmp_path / "run", "--right", "good", "--wrong", "wrong", "--limit", "1")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^1 +2 +N +N +V +the \[dog\] runs$", done.stdout, re.MULTILINE)


def test_the_command_s_json_is_that_of_a_run(tmp_path):
    gold = file(tmp_path, "gold.tsv", GOLD)
    content = json.loads(seqbench("score", gold, gold, "--format", "json").stdout)
    assert list(content) == ["seqbench", "datasets", "rows", "comparisons", "rankings"]
    assert content["rows"][0]["accuracy"]["mean"] == 1.0
    assert content["rows"][0]["spec"] == 'external(file="gold.tsv")'
    assert np.isclose(content["rows"][0]["macro_f1"]["mean"], 1.0)


def test_a_dataset_may_name_the_files_of_its_splits(tmp_path):
    for name in ("test", "train", "dev"):
        file(tmp_path, f"{name}-x.tsv", GOLD)
    data = f"{tmp_path}/test-x.tsv?train={tmp_path}/train-x.tsv&dev={tmp_path}/dev-x.tsv"
    done = seqbench("datasets", data)
    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"\b5\b", done.stdout)) >= 3
    done = seqbench("datasets", f"{tmp_path}/test-x.tsv?dev={tmp_path}/dev-x.tsv")
    assert "the options train and dev go with a test file" in done.stderr
    done = seqbench("datasets", f"{tmp_path}/test-x.tsv?train=none.tsv")
    assert "no file 'none.tsv', which an option of" in done.stderr
