"""seqbench.inspect: the numbers that `seqbench inspect` prints."""

import re

import numpy as np
import pytest
from kept import kept
from program import called

import seqbench
from seqbench import UsageError

WORDS = ["The", "dog", "ate"]


def table(text, title):
    """The numbers of the table below a title: a row for each word."""
    lines = text.partition(title)[2].splitlines()[3 : 3 + len(WORDS)]
    return np.array([[float(number) for number in re.findall(r"-?\d+\.\d+", line)] for line in lines])


def test_a_kept_model_shows_the_numbers_of_the_command(tmp_path):
    folder = kept("lstm-tutorial(epochs=5)", tmp_path / "model")
    text = called("inspect", folder, " ".join(WORDS), "--steps").stdout
    for look in (seqbench.inspect(folder), seqbench.inspect(seqbench.load(folder))):
        assert repr(look) == "<inspected lstm-tutorial(epochs=5): DET, NN, V>"
        np.testing.assert_allclose(look.log_probabilities(WORDS), table(text, "log-softmax:"), atol=6e-5)
        np.testing.assert_allclose(look.probabilities(WORDS), table(text, "\nprobabilities:"), atol=6e-5)
        np.testing.assert_allclose(look.by_steps(WORDS), table(text, "word by word:"), atol=6e-5)
        np.testing.assert_allclose(look.states(WORDS), table(text, "hidden states:"), atol=6e-5)
        np.testing.assert_allclose(look.saliency(WORDS), table(text, "(shares of the gradient):"), atol=6e-5)


def test_hidden_states_come_from_a_model_or_from_its_folder(tmp_path):
    folder = kept("lstm-tutorial(epochs=1)", tmp_path / "model")
    np.testing.assert_array_equal(
        seqbench.states(str(folder), [WORDS]), seqbench.states(seqbench.load(folder), [WORDS])
    )


def test_a_spec_is_trained_and_tells_its_losses():
    text = called("inspect", "lstm-tutorial(epochs=2)", "--data", "tutorial", " ".join(WORDS), "--seed", "3").stdout
    look = seqbench.inspect("lstm-tutorial(epochs=2)", data="tutorial", seed=3)
    printed = re.findall(r"epoch \d: (\S+) (\S+)  mean", text)
    assert [tuple(f"{loss:.4f}" for loss in losses) for losses in look.losses.values()] == printed
    before = look.untrained().log_probabilities(WORDS)
    np.testing.assert_allclose(before, table(text, "scores before training\nlog-softmax:"), atol=6e-5)


def test_an_option_that_would_be_ignored_or_is_none_is_refused(tmp_path):
    folder = kept("baseline", tmp_path / "model")
    with pytest.raises(UsageError, match="seed is that of a training"):
        seqbench.inspect(folder, seed=1)
    with pytest.raises(UsageError, match="no option of seqbench.inspect is named 'plugin'. Did you mean 'plugins'"):
        seqbench.inspect(folder, plugin="x.py")
