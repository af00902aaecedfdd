"""`seqbench errors`: its tables, its JSON, and what it says when the corpus is no longer what it was."""

import json
import re

import pytest
from folded import FOLDS
from program import called

TRAIN = "the\tDET\ndog\tNOUN\nruns\tVERB\n\nthe\tDET\nrun\tNOUN\nruns\tVERB\n\n" * 3
TEST = "the\tDET\nrun\tNOUN\nends\tVERB\n\nthe\tDET\ndog\tVERB\n\n"
PLUGIN = """
from dataclasses import dataclass
from seqbench import hookimpl

@dataclass(kw_only=True)
class Ending:
    deterministic = True
    def fit(self, train, conditions): pass
    def predict(self, sentences):
        tags = {"the": "DET", "run": "VERB", "dog": "NOUN"}
        return [[tags.get(w, "VERB") for w in s] for s in sentences]

@hookimpl
def register_taggers(register): register("ending", Ending, "knows little")
"""


def finished(folder):
    """A folder with a corpus, and a run of two models on it."""
    for name, text in {"train.tsv": TRAIN, "test.tsv": TEST, "dev.tsv": TEST}.items():
        (folder / name).write_text(text)
    (folder / "ending.py").write_text(PLUGIN)
    arguments = ("--models", "baseline,ending", "--plugin", folder / "ending.py", "--device", "cpu")
    done = called("run", "--data", folder, *arguments, "--out", folder / "run")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return finished(tmp_path_factory.mktemp("errors"))


def test_the_overview_has_slices_confusions_and_suspects(folder):
    done = called("errors", folder / "run")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^times in train +5-9 +2 +100\.00 +100\.00$", done.stdout, re.MULTILINE)
    assert re.search(r"^word +any +5 +60\.00 +60\.00$", done.stdout, re.MULTILINE)
    assert re.search(r"^times in train +2-4 +2 +50\.00 +0\.00$", done.stdout, re.MULTILINE)
    assert re.search(r"^NOUN +VERB +\. +1$", done.stdout, re.MULTILINE)
    assert re.search(r"^2 +2 +VERB +NOUN +\d\.\d +the \[dog\] +test\.tsv:\d+$", done.stdout, re.MULTILINE)


def test_the_next_word_is_no_annotation_and_has_no_suspects(folder):
    (folder / "a.sentences").write_text("the dog ran\nthe cat ran\nthe dog sat\na cat sat\n" * 3)
    words = ("--data", folder / "a.sentences", "--task", "next-word", "--device", "cpu", "--out", folder / "words")
    assert called("run", *words, "--models", "baseline").returncode == 0
    done = called("errors", folder / "words")
    assert (done.returncode, "by kind of token" in done.stdout, "suspects" in done.stdout) == (0, True, False)


def test_tokens_that_one_has_right_and_the_other_wrong_stand_in_their_sentences(folder):
    asked = ("errors", folder / "run", "--right", "baseline", "--wrong", "ending")
    done = called(*asked, "--tag", "NOUN")
    assert "tokens with baseline right and ending wrong and gold tag NOUN" in done.stdout
    assert re.search(r"^1 +2 +NOUN +NOUN +VERB +the \[run\] ends +test\.tsv:1$", done.stdout, re.MULTILINE)
    content = json.loads(called(*asked, "--format", "json").stdout)
    assert list(content) == ["seqbench", "datasets", "slices", "confusions", "agreement", "suspects", "tokens"]
    assert content["tokens"] == [
        {
            "dataset": folder.name,
            "sentence": 1,
            "token": 2,
            "words": ["the", "run", "ends"],
            "gold": "NOUN",
            "given": {"baseline": "NOUN", "ending": "VERB"},
            "file": str(folder / "test.tsv"),
            "line": 1,
            "sent_id": "",
        }
    ]


def test_wrong_names_are_answered_with_the_way_out(folder):
    done = called("errors", folder / "run", "--right", "basline")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'baseline'?" in done.stderr
    done = called("errors", folder / "run", "--tag", "NUON")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no tag is named 'NUON'. Did you mean 'NOUN'?" in done.stderr


def test_it_says_so_when_the_corpus_has_changed_or_is_gone(tmp_path):
    folder = finished(tmp_path)
    train = folder / "train.tsv"
    train.write_text(TRAIN + "more\tNOUN\n\n")
    done = called("errors", folder / "run")
    assert done.returncode == 0
    assert re.search(r"warning: a run keeps no words.*has changed: its fingerprint is \w{32}, was \w{32}", done.stderr)
    assert "times in train" not in done.stdout
    assert "suspects" not in done.stdout
    train.unlink()
    done = called("errors", folder / "run", "--wrong", "ending")
    assert "cannot be read again from" in done.stderr
    assert "has no train file" in done.stderr
    assert re.search(r"^1 +2 +NOUN +VERB +-$", done.stdout, re.MULTILINE)


def test_the_folds_of_a_dataset_are_one_test_set(folds):
    printed = called("errors", folds.folder, "--limit", "500")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout.count("suspects for mistakes of annotation") == 1
    assert printed.stdout.count(f"corpus, {FOLDS} folds: ") == 4
    assert re.search(r"corpus\.conllu:\d+ \(s\d+\)", printed.stdout)
    content = json.loads(called("errors", folds.folder, "--limit", "500", "--format", "json").stdout)
    assert {suspect["dataset"] for suspect in content["suspects"]} == {f"corpus, {FOLDS} folds"}
    assert {int(s["sent_id"][1:]) for s in content["suspects"]} <= set(range(32))
    (whole,) = [part for part in content["slices"] if (part["by"], part["name"]) == ("word", "any")]
    assert whole["tokens"] == sum(part["tokens"] for part in content["slices"] if part["by"] == "tag")


def test_agreement_says_how_far_models_agree_and_where_nobody_is_right(folder):
    printed = called("errors", folder / "run").stdout
    assert re.search(r"^baseline +ending +60\.00 +0\.\d{3} +20\.00 +100\.00$", printed, re.MULTILINE)
    assert "All 2 models (2 trials) are wrong on 1 of 5 tokens" in printed
