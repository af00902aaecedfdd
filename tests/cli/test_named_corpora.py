"""Named corpora on the command line and from Python: a local folder first, and another corpus to learn from."""

import json
from pathlib import Path

import pytest
from program import called

import seqbench
from seqbench.registry.registered_datasets import takes_access

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
at_hand = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    monkeypatch.setenv("SEQBENCH_OFFLINE", "1")
    monkeypatch.setenv("SEQBENCH_CACHE", str(tmp_path / "cache"))


def corpora(folder):
    """A corpus to learn from, and one that can only test."""
    for name, files in {"learned": {"train": 30, "dev": 3, "test": 3}, "tested": {"test": 5}}.items():
        (folder / name).mkdir()
        for split, sentences in files.items():
            (folder / name / f"{split}.tsv").write_text("the\tDET\ndog\tNN\n\n" * sentences)
    return folder / "learned", folder / "tested"


def test_a_test_set_is_run_with_what_was_learned_on_another_corpus(tmp_path):
    learned, tested = corpora(tmp_path)
    done = called("run", "--data", tested, "--train", learned, "--models", "baseline", "--device", "cpu",
                  "--out", tmp_path / "run", "--format", "json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)["rows"]
    assert (row["dataset"], row["accuracy"]["mean"]) == ("tested", 1.0)
    again = called("rerun", tmp_path / "run", "--out", tmp_path / "again")
    assert again.returncode == 0, again.stderr


def test_a_dataset_handed_over_brings_its_own_training_set():
    corpus = seqbench.Corpus.encode([["a"]] * 3, [["X"]] * 3)
    dataset = seqbench.Dataset.of("mine", train=corpus, test=corpus)
    with pytest.raises(seqbench.UsageError, match="dataset 'mine' brings its own training set"):
        seqbench.run(data=dataset, train="tutorial", models="baseline", quiet=True)


@at_hand
def test_a_named_corpus_is_found_in_a_local_folder_by_option_environment_and_argument(tmp_path, monkeypatch):
    arguments = [
        "run",
        "--data",
        "ud-maltese-mudt?train-size=20",
        "--models",
        "majority",
        "--device",
        "cpu",
        "--format",
        "json",
    ]
    by_option = called(*arguments, "--data-dir", SHARED, "--out", tmp_path / "a")
    assert by_option.returncode == 0, by_option.stderr
    missing = called(*arguments, "--out", tmp_path / "b")
    assert missing.returncode == 2
    assert "is not in the cache" in missing.stderr
    monkeypatch.setenv("SEQBENCH_DATA", str(SHARED))
    by_environment = called(*arguments, "--out", tmp_path / "b")
    rows = seqbench.run(data="ud-maltese-mudt?train-size=20", models="majority", data_dir=SHARED, device="cpu",
                        out=tmp_path / "c", quiet=True)  # fmt: skip
    again = called("rerun", tmp_path / "a", "--out", tmp_path / "again")
    assert again.returncode == 0, again.stderr
    accuracies = [json.loads(done.stdout)["rows"][0]["accuracy"]["mean"] for done in (by_option, by_environment)]
    assert accuracies == [rows[0]["accuracy"]] * 2


@at_hand
def test_what_reads_the_words_of_a_run_again_takes_the_folder_too(tmp_path):
    named = "ud-maltese-mudt?train-size=20"
    done = called("run", "--data", named, "--models", "majority", "--device", "cpu", "--out", tmp_path / "run",
                  "--data-dir", SHARED)  # fmt: skip
    assert done.returncode == 0, done.stderr
    for command in ("errors", "verify"):
        lost, done = called(command, tmp_path / "run"), called(command, tmp_path / "run", "--data-dir", SHARED)
        assert "ud-maltese-mudt" in lost.stderr
        assert (done.returncode, done.stderr) == (0, ""), command


@at_hand
def test_predictions_are_scored_against_a_named_corpus(tmp_path):
    gold = SHARED / "wnut17" / "test.conll"
    done = called("score", "wnut17", f"perfect={gold}?reader=columns", "--data-dir", SHARED, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"][0]["accuracy"]["mean"] == 1.0
    other = called("score", "wnut17", f"perfect={gold}?reader=columns", "--train", "conll2000", "--data-dir", SHARED)
    assert "other feature columns than train (2)" in other.stderr


def test_every_catalogue_name_is_registered_and_takes_folders():
    from seqbench.registry.discovery import Registry

    entries = [entry for entry in Registry.discover().datasets.values() if entry.about.citation]
    assert len(entries) == 156
    assert all(takes_access(entry.load()) for entry in entries)


def test_a_folder_of_corpora_that_is_not_there_is_refused_or_said(tmp_path, monkeypatch):
    done = called("datasets", "tutorial", "--data-dir", tmp_path / "none")
    assert done.returncode == 2
    assert "none' does not exist" in done.stderr
    monkeypatch.setenv("SEQBENCH_DATA", str(tmp_path / "none"))
    done = called("datasets", "tutorial")
    assert done.returncode == 0
    assert f"warning: SEQBENCH_DATA names no folder: '{tmp_path / 'none'}'; corpora are fetched" in done.stderr
