"""Predictions of other systems, read from files, as a run like any other."""

import re

import pytest
from msgspec.structs import replace
from prediction_files import GOLD, file, scored
from sklearn.metrics import accuracy_score, f1_score

from seqbench.errors import SeqbenchError, StoreError
from seqbench.registry.discovery import Registry
from seqbench.results.external_predictions import gold_of
from seqbench.results.store import Store
from seqbench.scoring.costs import COSTS


@pytest.fixture(scope="module")
def registry():
    return Registry.discover()


def tags_of(text):
    """The tags in a column file."""
    return [line.split("\t")[1] for line in text.split("\n") if line]


def test_scores_are_those_of_the_words_and_tags_in_the_files(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    first = file(tmp_path, "first.tsv", GOLD.replace("dog\tN", "dog\tV"))
    second = file(tmp_path, "second.tsv", re.sub(r"runs\tV", "runs\tX", GOLD))
    rows = scored(Store.create(tmp_path / "run"), gold, [first, f"other={second}"], registry).rows
    assert [row.key.label for row in rows] == ["first", "other"]
    tags = tags_of(GOLD)
    for row, path in zip(rows, (first, second), strict=True):
        given_tags = tags_of(path.read_text())
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
        (["a/p.tsv?tag=2"], "no option of a path that is read as columns is named 'tag'. Did you mean 'tags'?"),
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


def test_the_record_says_that_the_predictions_are_from_elsewhere(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    store = Store.create(tmp_path / "run")
    scored(store, gold, [f"a={gold}"], registry)
    manifest = store.manifest()
    assert (manifest.external, manifest.device, manifest.threads) == (True, None, None)
    assert [(model.label, model.deterministic) for model in manifest.models] == [("a", False)]
    assert set(manifest.metrics) == set(registry.metrics)


def test_a_dataset_has_its_own_training_set_unless_another_is_named(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    assert len(gold_of("tutorial", None, registry)[0].train) == 2
    assert len(gold_of("tutorial", f"{gold}?tags=2", registry)[0].train) == 1  # and one sentence is dev


def test_all_of_a_training_file_counts_as_known(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    dataset, _ = gold_of(str(gold), str(gold), registry)
    assert (len(dataset.train), dataset.dev) == (2, None)


def test_the_same_predictions_have_the_same_key_whatever_their_label(tmp_path, registry):
    gold, wrong = file(tmp_path, "gold.tsv", GOLD), file(tmp_path, "wrong.tsv", GOLD.replace("dog\tN", "dog\tV"))
    store = Store.create(tmp_path / "run")
    scored(store, gold, [f"a={gold}", f"b={gold}", f"c={wrong}"], registry)
    first, second, third = (trial.key for trial in store.manifest().trials)
    assert first == second != third


def test_a_gold_file_may_name_its_training_file_as_an_option(tmp_path, registry):
    gold, train = file(tmp_path, "gold.tsv", GOLD), file(tmp_path, "train.tsv", GOLD)
    dataset, _ = gold_of(f"{gold}?train=train.tsv", None, registry)
    assert dataset.fingerprint == gold_of(str(gold), str(train), registry)[0].fingerprint


def test_a_column_of_other_things_than_tags_is_told(tmp_path, registry):
    gold = file(tmp_path, "gold.tsv", GOLD)
    sure = file(tmp_path, "sure.tsv", re.sub(r"\t\w+", r"\g<0>\t0.9", GOLD))
    notes = scored(Store.create(tmp_path / "run"), gold, [sure], registry).datasets[0].notes
    assert (
        f"{len(tags_of(GOLD))} of {len(tags_of(GOLD))} predicted tags of 'sure' are no tags of gold, such as '0.9'"
        in " ".join(notes)
    )


@pytest.mark.parametrize("option", ["ignore=N", "train=gold.tsv", "dev=none"])
def test_options_of_gold_are_refused_for_predictions(tmp_path, registry, option):
    gold = file(tmp_path, "gold.tsv", GOLD)
    with pytest.raises(SeqbenchError, match=f"option '{option.partition('=')[0]}' of .* goes with the gold file"):
        scored(Store.create(tmp_path / "run"), gold, [f"{gold}?{option}"], registry)
