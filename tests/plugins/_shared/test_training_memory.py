"""Trainings that take more than the machine has are refused with the figure before they begin."""

import numpy as np
import pytest

from seqbench import Conditions, Corpus, DataError, Sequences, make
from seqbench_plugins._shared.training_memory import Training


def many_tags(count, tokens=1_000):
    """Sentences of one token, with the first of so many tags."""
    offsets, ids = np.arange(tokens + 1), np.arange(tokens, dtype=np.int32) % count
    tags = np.array([f"t{number}" for number in range(count)], object)
    return Corpus(
        Sequences(np.zeros(tokens, np.int32), offsets, np.array(["w"], object)), Sequences(ids, offsets, tags)
    )


def test_memory_beyond_that_of_the_machine_is_refused_and_memory_within_it_is_not():
    training = Training(tagger="crf", tags=5_000, size=7.9e9)
    training.check(memory=10**10)
    with pytest.raises(
        DataError, match=r"^with 5,000 tags, training crf would take 7.9 GB, and .* give 6.4 GB; choose"
    ):
        training.check(memory=8 * 10**9)


def test_more_than_an_hour_is_refused_with_the_figure_unless_the_budget_allows_it():
    Training(tagger="crf", tags=5, size=1, seconds=3600).check()
    Training(tagger="crf", tags=5, size=1, seconds=4000, budget=2 * 3600).check()
    for budget in (None, 60):
        with pytest.raises(
            DataError, match=r"training crf would take about 1.1 hours, .* allow the time: --budget 2h$"
        ):
            Training(tagger="crf", tags=5, size=1, seconds=4000, budget=budget).check()


def test_crf_refuses_800_tags_and_20000_tokens_and_begins_where_the_budget_allows_it():
    with pytest.raises(DataError, match=r"with 800 tags, training crf would take about 1.1 hours, .*--budget 2h$"):
        make("crf").fit(many_tags(800, tokens=20_000), Conditions())


@pytest.mark.parametrize(("spec", "tags"), [("maxent", 20_000), ("svm", 50_000)])
def test_classifiers_of_tokens_refuse_tables_that_no_machine_has(spec, tags):
    words = [f"w{number}" for number in range(tags)]
    corpus = Corpus.encode([[word] for word in words], [[f"t{word}"] for word in words])
    with pytest.raises(DataError, match=rf"with {tags:,} tags, training {spec} would take [\d,.]+ (GB|hours|about)"):
        make(spec).fit(corpus, Conditions())


@pytest.mark.parametrize("spec", ["crf", "perceptron"])
def test_taggers_whose_tables_grow_with_the_square_of_the_tags_refuse_300000_tags(spec):
    with pytest.raises(DataError, match=r"with 300,000 tags"):
        make(spec).fit(many_tags(300_000), Conditions())


def test_a_hidden_markov_model_refuses_more_than_8192_states_before_it_counts_their_triples():
    with pytest.raises(DataError, match=r"at most 8,192 states, was: 9,000; lower states, or choose a column with"):
        make("hmm(states=0)").fit(many_tags(9_000, tokens=9_000), Conditions())


def test_crf_refuses_800_tags_of_a_whole_treebank_for_their_time():
    with pytest.raises(DataError, match=r"with 800 tags, training crf would take about 10.9 hours"):
        make("crf(iterations=12300)").fit(many_tags(800), Conditions())  # as many steps as 60 over 205,000 tokens


def test_the_baseline_tags_with_300000_tags():
    corpus, tagger = many_tags(300_000), make("baseline")
    tagger.fit(corpus, Conditions())
    assert list(tagger.predict(corpus.sentences[:2])) == [["t0"], ["t0"]]
    probabilities, _ = tagger.step(tagger.start(), "w")
    assert (probabilities[0], probabilities.sum()) == (1, 1)
