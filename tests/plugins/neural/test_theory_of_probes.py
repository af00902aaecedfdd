"""What theory says of recurrences, on small probes: what each can carry, and what it cannot."""

import numpy as np
import pytest

from seqbench import Conditions, make
from seqbench_datasets.probes.probe_ambiguity import probe_ambiguity
from seqbench_datasets.probes.probe_echo import probe_echo
from seqbench_datasets.probes.probe_lookahead import probe_lookahead
from seqbench_datasets.probes.probe_parity import probe_parity
from seqbench_datasets.probes.probe_permutation import probe_permutation
from seqbench_datasets.probes.probe_recall import probe_recall

SMALL = "embedding_dim=16, dropout=0, word_dropout=0, learning_rate=0.005"


def accuracy(spec, data):
    """On test, of a model that chose its epoch on dev."""
    (share,) = accuracies(spec, data)
    return share


def accuracies(spec, data, *further):
    """On test, and on that of further data with the same train."""
    tagger = make(spec)
    tagger.fit(data.train, Conditions(dev=data.dev, report=lambda **step: step.get("dev_accuracy", 0) > 0.997))
    tests = [other.test for other in (data, *further)]
    return [np.mean(tagger.predict(test.sentences).ids == test.tags.ids) for test in tests]


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


@pytest.mark.slow
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
    assert accuracy(f"feedforward({SMALL}, hidden_dim=32, epochs=2, min_steps=100)", data) <= ceiling + chance(
        ceiling, data
    )


def test_a_hidden_markov_model_comes_near_the_ceiling_of_its_own_process_and_recalls_nothing():
    own, pairs = probe_ambiguity(tokens=100_000), probe_recall(pairs=4, tokens=3000)
    ceiling = own.ceilings.any  # of a tagger that knows the process; the model has its words from train
    assert ceiling - 0.03 < accuracy("hmm", own) < ceiling + chance(ceiling, own)
    assert accuracy("hmm", pairs) < 0.8


@pytest.mark.slow
def test_a_delta_rule_recalls_a_pair_more_than_a_state_of_fixed_size():
    data = probe_recall(pairs=2, tokens=20_000)
    both = "hidden_dim=64, embedding_dim=32, dropout=0, word_dropout=0, subwords=False, schedule='constant'"
    assert accuracy(f"gated-delta({both}, layers=2, bidirectional=False, epochs=14)", data) > 0.95
    assert accuracy(f"rnn({both}, learning_rate=0.01, epochs=10)", data) < 0.9


@pytest.mark.slow
def test_a_transformer_fails_beyond_the_lengths_of_train_where_a_recurrence_goes_on():
    own, longer = (probe_echo(delay=2, tokens=10_000, band=band) for band in (1, 4))
    small = "hidden_dim=64, embedding_dim=32, dropout=0, word_dropout=0, schedule='constant'"
    for spec, least, most in (
        (f"transformer({small}, inner_dropout=0, epochs=5)", 0, 0.6),
        (f"lstm({small}, subwords=False, epochs=8)", 0.95, 1),
    ):
        on_own, on_longer = accuracies(spec, own, longer)
        assert on_own > 0.99
        assert least <= on_longer <= most


def test_a_transformer_says_the_same_to_all_tokens_of_a_sentence_of_equal_words():
    tagger = make("transformer(embedding_dim=8, hidden_dim=16, heads=2, epochs=1, min_steps=5)")
    tagger.fit(probe_parity(length=4, tokens=100).train, Conditions())
    probabilities = tagger.predict_proba([["ba"] * 4, ["ab", "ba", "ba", "ba"]])
    assert np.ptp(probabilities[:4], axis=0).max() < 1e-6
    assert np.ptp(probabilities[4:], axis=0).max() > 1e-4
