"""`seqbench inspect`: the tutorial's page in its order, and what a kept model knows."""

import re

import numpy as np
from kept import SMALL, kept
from program import called

TEXT = "The dog ate the apple"


def numbers(line):
    return [float(number) for number in re.findall(r"-?\d+\.\d+", line)]


def test_the_page_of_the_tutorial_in_its_order():
    done = called("inspect", "lstm-tutorial", "--data", "tutorial", TEXT)
    order = [
        "one LSTM layer",
        "after input 5: hidden state",
        "the whole sequence at once:",
        "the states are the same",
        "word indices: {'The': 0, 'dog': 1, 'ate': 2",
        "scores before training",
        "loss of each sentence in each epoch (all tags equally probable: ln 3 = 1.0986)",
        "  epoch 1: ",
        "  epoch 300: ",
        "scores after training",
        "predicted: The/DET dog/NN ate/V the/DET apple/NN",
    ]
    places = [done.stdout.find(text) for text in order]
    assert -1 not in places
    assert places == sorted(places)
    epochs = [line for line in done.stdout.splitlines() if line.startswith("  epoch ")]
    assert len(epochs) == 300
    assert all(len(numbers(line)) == 3 for line in epochs)
    assert abs(numbers(epochs[0])[2] - np.log(3)) < 0.15
    assert numbers(epochs[-1])[2] < 0.1
    stepped = re.findall(r"after input \d: hidden state (\[.*?\])", done.stdout)
    assert stepped == re.findall(r"output \d: (\[.*\])", done.stdout)


def test_a_kept_model_before_and_after_by_steps_with_its_states(tmp_path):
    folder = kept("lstm-tutorial(epochs=5)", tmp_path / "model")
    done = called("inspect", folder, TEXT, "--before", "--steps", "--states", tmp_path / "states.npz")
    assert done.stdout.index("before training") < done.stdout.index("after training")
    assert "to the whole sentence: equal" in done.stdout
    assert "what each decision leans on" in done.stdout
    with np.load(tmp_path / "states.npz", allow_pickle=False) as file:
        assert file["states"].shape == (5, 6)
        assert file["words"].tolist() == TEXT.split()


def test_a_model_without_steps_is_refused_before_anything_is_printed(tmp_path):
    folder = kept(f"lstm({SMALL})", tmp_path / "model")
    done = called("inspect", folder, TEXT, "--before", "--steps", "--states", tmp_path / "states.npz")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be tagged token by token" in done.stderr


def test_what_does_not_fit_is_told(tmp_path):
    done = called("inspect", "baseline", TEXT)
    assert (done.returncode, "a SPEC takes --data" in done.stderr) == (2, True)
    folder = kept("baseline", tmp_path / "model")
    assert "cannot show what it was before" in called("inspect", folder, TEXT, "--before").stderr
    assert "has no hidden states" in called("inspect", folder, TEXT, "--states", tmp_path / "x.npz").stderr
    assert "the text has no word" in called("inspect", folder, " ").stderr


def test_a_model_with_a_hyperparameter_called_states_is_looked_into(tmp_path):
    folder = kept("hmm", tmp_path / "model")
    done = called("inspect", folder, TEXT)
    assert done.returncode == 0, done.stderr
    assert "predicted: The/DET" in done.stdout
    assert "hidden states" not in done.stdout
    assert called("inspect", "hmm", "--data", "tutorial", TEXT).returncode == 0
    assert "has no hidden states" in called("inspect", folder, TEXT, "--states", tmp_path / "x.npz").stderr


def test_an_option_that_would_be_ignored_is_refused(tmp_path):
    folder = kept("baseline", tmp_path / "model")
    assert "--seed is that of a training: write --data too" in called("inspect", folder, TEXT, "--seed", 3).stderr
    assert "cannot show what it was before" in called("inspect", "hmm", TEXT, "--data", "tutorial", "--before").stderr


def test_tables_of_many_tags_fit_80_columns(tmp_path, monkeypatch):
    words = [f"word{number}" for number in range(17)]
    sentences = "".join(f"{word}\tTAG-{number}\n\n" for number, word in enumerate(words))
    (tmp_path / "many.tsv").write_text(sentences * 10)
    folder = kept("hmm", tmp_path / "model", data=f"{tmp_path}/many.tsv")
    monkeypatch.setenv("COLUMNS", "80")
    tables, _, _ = called("inspect", folder, " ".join(words[:3])).stdout.partition("predicted:")
    assert max(map(len, tables.splitlines())) <= 80
    probabilities = tables.partition("probabilities:")[2]
    assert all(f"TAG-{number} " in f"{probabilities} ".replace("\n", " ") for number in range(17))
    assert len(re.findall(r"^word1 ", probabilities, re.MULTILINE)) > 1
