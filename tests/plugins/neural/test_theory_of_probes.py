"""What theory says of recurrences, on small probes: what each can carry, and what it cannot."""

import numpy as np
import pytest

from seqbench import Conditions, make
from seqbench_datasets.probes.probe_echo import probe_echo
from seqbench_datasets.probes.probe_lookahead import probe_lookahead
from seqbench_datasets.probes.probe_permutation import probe_permutation

SMALL = "embedding_dim=16, dropout=0, word_dropout=0, learning_rate=0.005"


def accuracy(spec, data):
    """On test, of a model that chose its epoch on dev."""
    tagger = make(spec)
    tagger.fit(data.train, Conditions(dev=data.dev))
    return np.mean(tagger.predict(data.test.sentences).ids == data.test.tags.ids)


def chance(ceiling, data):
    """The most by which chance lifts an accuracy above a ceiling: four standard errors."""
    return 4 * (ceiling * (1 - ceiling) / data.test.tokens) ** 0.5


@pytest.fixture(scope="module")
def permutations():
    return probe_permutation(length=8, tokens=10_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "low", "high"), [("rnn", 0.93, 1), ("ssm", 0.2, 0.85)], ids=["rnn carries", "diagonal ssm does not"]
)
def test_a_diagonal_recurrence_fails_where_steps_do_not_commute(model, low, high, permutations):
    spec = f"{model}({SMALL}, hidden_dim=64, subwords=False, bidirectional=False, epochs=25)"
    assert low <= accuracy(spec, permutations) <= high


def test_what_reads_from_left_to_right_cannot_look_ahead_and_what_reads_from_both_ends_can():
    data = probe_lookahead(k=2, tokens=3000)
    one, both = (
        accuracy(f"gru({SMALL}, hidden_dim=32, subwords=False, bidirectional={both}, epochs=6)", data)
        for both in (False, True)
    )
    ceiling = data.ceilings.left_to_right
    assert one <= ceiling + chance(ceiling, data)
    assert both > 0.99


def test_what_sees_two_words_to_either_side_knows_no_word_four_back():
    data = probe_echo(delay=4, tokens=3000)
    ceiling = data.ceilings.window[2]
    assert accuracy(f"feedforward({SMALL}, hidden_dim=32, epochs=2)", data) <= ceiling + chance(ceiling, data)
