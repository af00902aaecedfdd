"""seqbench.tune: the numbers of `seqbench tune`."""

import inspect
import json

import pytest
from program import called

import seqbench
from seqbench import UsageError
from seqbench.api.tuning import TuneOptions
from seqbench.cli.commands.tune import command

MODELS = "perceptron(epochs=1)"


@pytest.fixture
def corpus(tmp_path):
    sentences = [f"w{number % 7}\tA\nx\tB\ny{number % 5}\t{'AB'[number % 2]}\n\n" for number in range(60)]
    (tmp_path / "small.tsv").write_text("".join(sentences))
    return str(tmp_path / "small.tsv")


def test_the_findings_are_those_of_the_command(corpus):
    options = ("--trials", "2", "--seed", "3", "--tune-split", "0.5", "--out", "by-command", "--format", "json", "-q")
    done = called("tune", "--data", corpus, "--models", MODELS, "--device", "cpu", *options)
    searches = seqbench.tune(
        MODELS, data=corpus, trials=2, seed=3, tune_split=0.5, device="cpu", out="by-python", quiet=True
    )
    assert json.loads(json.dumps(searches)) == json.loads(done.stdout)["models"]
    assert searches.best == [searches[0]["best"]]
    assert (searches.folder / "run.json").is_file()
    best = max(trial["score"] for trial in searches[0]["trials"])
    assert repr(searches) == f"{MODELS}: best accuracy on dev {best:.4f} by {searches.best[0]}"


def test_several_datasets_are_refused(corpus):
    with pytest.raises(UsageError, match="tuning takes one dataset at a time"):
        seqbench.tune(MODELS, data=[corpus, "tutorial"], quiet=True)


def test_python_takes_every_option_of_the_command_line():
    options = {parameter.name for parameter in command.params} - {"form", "legend", "wide"}
    ours = {*TuneOptions.__annotations__, *inspect.signature(seqbench.tune).parameters} - {"options"}
    assert ours == options - {"budgets"} | {"budget"}  # the number of trials is `trials` alone


def test_what_the_command_would_say_is_in_the_notes(corpus):
    searches = seqbench.tune(MODELS, data=corpus, trials=1, device="cpu", out="noted", quiet=True)
    assert any("there is no test file" in note for note in searches.notes)
