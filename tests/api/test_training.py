"""seqbench.train: the model that `seqbench train` keeps."""

import inspect

from program import called

import seqbench
from seqbench.api.training import TrainOptions
from seqbench.cli.commands.train import command


def test_a_model_trained_in_python_is_the_one_of_the_command(tmp_path):
    (tmp_path / "small.tsv").write_text("the\tB-X\ndog\tI-X\nran\tO\n\n" * 12 + "a\tO\ncat\tB-X\n\n" * 6)
    assert called("train", "baseline", "--data", "small.tsv", "--out", "by-command", "-q").returncode == 0
    model = seqbench.train("baseline", data="small.tsv", out="by-python")
    assert model.record.scores == seqbench.load("by-command").record.scores
    assert model.predict([["the", "dog"]]) == [["B-X", "I-X"]]


def test_what_the_command_would_say_is_in_the_notes_and_the_model_is_shown_in_a_line(tmp_path):
    (tmp_path / "small.tsv").write_text("the\tB-X\ndog\tI-X\nran\tO\n\n" * 12 + "a\tO\ncat\tB-X\n\n" * 6)
    model = seqbench.train("baseline", data="small.tsv", out="model")
    assert any("there is no test file" in note for note in model.notes)
    assert seqbench.load("model").notes == ()
    assert repr(model) == "<kept model baseline on small, accuracy 1.0000: 'model'>"


def test_python_takes_every_option_of_the_command_line():
    options = {parameter.name for parameter in command.params}
    ours = {*TrainOptions.__annotations__, *inspect.signature(seqbench.train).parameters} - {"options"}
    assert ours == options
