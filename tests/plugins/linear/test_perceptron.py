"""The structured perceptron: its sequences are the best, its average is the average, its seed decides the order."""

from itertools import product

import numpy as np
import pytest

from seqbench import Conditions, Corpus, Dataset, learned
from seqbench_plugins.linear._linear import Linear, Tokens
from seqbench_plugins.linear._viterbi import equal_lengths, viterbi
from seqbench_plugins.linear.perceptron import Perceptron, _Averaged, _Learner

WORDS = [["the", "dog", "barks"], ["a", "bark", "ends"], ["dogs", "bark"], ["the", "end"], ["Kim", "barks"]] * 3
TAGS = [["D", "N", "V"], ["D", "N", "V"], ["N", "V"], ["D", "N"], ["P", "V"]] * 3


@pytest.mark.parametrize("time", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("shape", [(1, False), (3, False), (3, True)])
def test_the_best_sequence_is_that_of_enumeration(shape, time):
    draw = np.random.default_rng(1)
    emissions = draw.normal(size=(3, time, 3)).astype(np.float32)
    of_sentences, of_places = shape
    transitions = draw.normal(size=(of_sentences, time if of_places else 1, 3, 3)).astype(np.float32)
    found = viterbi(emissions, transitions)
    moves = np.broadcast_to(transitions, (3, time, 3, 3))
    for b in range(3):
        scored = {
            tags: sum(emissions[b, t, tags[t]] for t in range(time))
            + sum(moves[b, t, tags[t - 1], tags[t]] for t in range(1, time))
            for tags in product(range(3), repeat=time)
        }
        assert tuple(found[b]) == max(scored, key=scored.get)


def test_sentences_are_grouped_by_length_without_losing_any_but_the_empty():
    lengths = np.array([3, 0, 2, 3, 2, 2, 9, 3])
    assert [g.tolist() for g in equal_lengths(lengths, most=2)] == [[2, 4], [5], [0, 3], [7], [6]]
    assert [g.tolist() for g in equal_lengths(lengths, most_tokens=6)] == [[2, 4, 5], [0, 3], [7], [6]]


def test_in_the_average_the_weights_after_step_t_count_2t_plus_1_times():
    draw = np.random.default_rng(0)
    lazy, weights, seen = _Averaged((4, 3)), np.zeros(12), []
    for step in range(1, 8):
        seen.append(weights.copy())
        to, away = draw.integers(0, 12, (2, 5))
        lazy.move(to, away, step)
        np.add.at(weights, to, 1.0)
        np.add.at(weights, away, -1.0)
    seen.append(weights.copy())
    counts = 2 * np.arange(len(seen)) + 1
    assert lazy.average(len(seen)).reshape(-1) == pytest.approx(np.average(seen, 0, counts), abs=1e-6)


def test_a_correction_adds_the_features_of_the_right_sequence_and_takes_those_of_the_found_one():
    tokens = Tokens(np.array([[0, 2], [1, 2]], np.int32), np.zeros((2, 0), np.int64), np.array([0, 2]))
    learner = _Learner.of(features=3, kinds=1, tags=2, cost=0.0)
    assert learner.correct(tokens, np.array([[0, 1]]), np.array([0, 1])) == 1  # all tags are equal: the first wins
    assert learner.states.now.tolist() == [[0, 0], [-1, 1], [-1, 1]]
    assert learner.moves.now.tolist() == [[[-1, 1], [0, 0]]]


def test_with_a_cost_the_right_sequence_must_win_by_it():
    tokens = Tokens(np.array([[0]], np.int32), np.zeros((1, 0), np.int64), np.array([0, 1]))
    learner = _Learner.of(features=1, kinds=1, tags=2, cost=3.0)
    wrong = [learner.correct(tokens, np.array([[0]]), np.array([1])) for _ in range(4)]
    assert wrong == [1, 1, 0, 0]
    assert learner.states.now.tolist() == [[-2, 2]]


def test_it_learns_what_can_be_learned():
    data = Dataset.of("x", train=Corpus.encode(WORDS, TAGS), test=Corpus.encode(WORDS, TAGS))
    tagger = Perceptron()
    tagger.fit(data.train, Conditions())
    assert [list(t) for t in tagger.predict(data.test.sentences)] == TAGS
    assert tagger.parameters > 0


def test_seed_reports_and_stopping_are_those_of_the_conditions():
    data = Dataset.of("x", train=Corpus.encode(WORDS, TAGS), test=Corpus.encode(WORDS, TAGS))

    def weights(seed, stop_after=8):
        told = []

        def report(**progress):
            told.append(progress)
            return len(told) == stop_after

        tagger = Perceptron()
        tagger.fit(data.train, Conditions(seed=seed, dev=data.test, report=report))
        return learned(tagger).model.states, told

    first, told = weights(0)
    assert [t["epoch"] for t in told] == list(range(1, 9))
    assert {t["tokens"] for t in told} == {data.train.tokens}
    assert told[-1]["dev_accuracy"] == 1.0
    assert (first == weights(0)[0]).all()
    assert (first != weights(1)[0]).any()
    assert len(weights(0, stop_after=2)[1]) == 2


def test_a_model_without_transitions_of_words_takes_one_table_for_all():
    model = Linear(np.zeros((1, 2), np.float32), np.ones((1, 2, 2), np.float32))
    assert model.transitions(np.zeros((5, 7, 0), np.int64)).shape == (1, 1, 2, 2)


def test_numbers_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="epochs must be at least 1, was: 0"):
        Perceptron(epochs=0)
