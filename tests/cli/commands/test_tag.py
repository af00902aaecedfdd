"""`seqbench tag`: text in, tags out, as it comes."""

import io
import json
import sys

import pytest
from kept import kept
from program import called


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    return [kept(spec, folder / spec) for spec in ("baseline", "hmm")]


def tag(monkeypatch, text, *arguments):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    return called("tag", *arguments)


def test_a_sentence_from_standard_input(models, monkeypatch):
    done = tag(monkeypatch, "The dog\n", models[0])
    assert (done.returncode, done.stdout.split()) == (0, ["The", "DET", "dog", "NN"])


def test_a_file_by_its_ending(models, tmp_path):
    (tmp_path / "in.conllu").write_text("# a\n1\tThe\t_\t_\n2\tdog\t_\t_\n\n")
    assert called("tag", models[0], tmp_path / "in.conllu").stdout == "# a\n1\tThe\t_\tDET\n2\tdog\t_\tNN\n\n"


def test_several_models_side_by_side(models, monkeypatch):
    done = tag(monkeypatch, "The dog\n", *models, "-", "--to", "jsonl")
    assert set(json.loads(done.stdout)["tags"]) == {"baseline", "hmm"}


def test_whose_tags_stand_in_which_column_is_said(models, monkeypatch, tmp_path):
    (tmp_path / "in.conllu").write_text("1\tThe\t_\t_\n\n")
    done = called("tag", *models, tmp_path / "in.conllu")
    assert done.stdout == "1\tThe\t_\t_\tDET\tDET\t=\n\n"
    assert "the tags of baseline, hmm; last, = where all agree and <> where they do not" in done.stderr


def test_all_probabilities_are_in_json(models, monkeypatch):
    done = tag(monkeypatch, "The dog\n", models[1], "--to", "jsonl", "--probabilities")
    assert set(json.loads(done.stdout)["probabilities"][0]) == {"DET", "NN", "V"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "'nowhere' is no model"),
        (["MODEL", "nowhere.txt"], "'nowhere.txt' cannot be read: No such file"),
        (["MODEL", "--probabilities"], "model 'baseline' has no probabilities"),
        (["MODEL", "MODEL", "--to", "conllu"], "room for the tags of one model"),
        (["MODEL", "--tokenizer", "magic"], "--tokenizer must be"),
    ],
)
def test_what_does_not_fit_is_told(models, monkeypatch, arguments, message):
    done = tag(monkeypatch, "The dog\n", *(str(models[0]) if a == "MODEL" else a for a in arguments))
    assert (done.returncode, message in done.stderr) == (2, True)
