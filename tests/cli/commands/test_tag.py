"""`seqbench tag`: text in, tags out, as it comes."""

import io
import json
import re
import sys

import pytest
from kept import kept
from program import called

from seqbench.reporting.layout import Layout


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


@pytest.mark.parametrize("form", ["words", "columns", "jsonl", "conllu"])
def test_a_terminal_obeys_nothing_that_stands_in_a_text(models, monkeypatch, form):
    monkeypatch.setattr("seqbench.cli.commands.tag.is_terminal", lambda stream: stream is sys.stdout)
    monkeypatch.setattr("seqbench.cli.commands.tag.layout", lambda: Layout(colour=True))
    said = re.sub(r"\x1b\[\d+m", "", tag(monkeypatch, "a\x1b[2J \u202eb\n", models[0], "--to", form).stdout)
    assert not re.search("[\x1b\u202e]", said)
    assert ("\t" in said) == (form in {"columns", "conllu"})


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
        (["HMM", "--to", "conllu", "--nbest", "2", "--probabilities"], "no column for probabilities"),
        (["HMM", "--to", "conllu", "--probabilities"], "no column for probabilities; write --to columns"),
        (["HMM", "--to", "words", "--nbest", "2"], "--to words has room for the best tag alone"),
        (["HMM", "--column", "xpos"], "--column is the column of CoNLL-U that gets the tag, and the answer is columns"),
        (["HMM", "--column", "upos", "--to", "jsonl"], "gets the tag, and the answer is jsonl; leave it out"),
        (["HMM", "--from", "jsonl", "--tokenizer", "regex"], "--tokenizer cuts lines of text, and jsonl has words"),
    ],
)
def test_what_does_not_fit_is_told(models, monkeypatch, arguments, message):
    folders = {"MODEL": str(models[0]), "HMM": str(models[1])}
    done = tag(monkeypatch, "The dog\n", *(folders.get(argument, argument) for argument in arguments))
    assert (done.returncode, done.stdout, message in done.stderr) == (2, "", True)


def test_probabilities_of_conllu_come_as_columns_and_one_of_each_word_as_words(models, monkeypatch, tmp_path):
    (tmp_path / "in.conllu").write_text("1\tThe\t_\t_\n\n")
    assert called("tag", models[1], tmp_path / "in.conllu", "--probabilities").stdout.startswith("1\tThe\t_\t_\tDET\t")
    assert tag(monkeypatch, "The\n", models[1], "--to", "words", "--nbest", "1").stdout.startswith("The/DET:")


def test_the_column_that_is_named_gets_the_tag(models, tmp_path):
    (tmp_path / "in.conllu").write_text("1\tThe\t_\t_\t_\n\n")
    assert called("tag", models[0], tmp_path / "in.conllu", "--column", "xpos").stdout == "1\tThe\t_\t_\tDET\n\n"
