"""The test set of a dataset, which predictions are held against."""

import numpy as np
from samples import TEST_TAGS, TRAIN, TRAIN_TAGS, dataset

from seqbench import Corpus, Dataset
from seqbench.scoring.metrics_from_counts import SentenceAccuracy, TagF1, TokenAccuracy
from seqbench.scoring.reference import CountsSeedsAtOnce, Reference


def test_known_and_ambiguous_look_at_the_cased_forms_of_train():
    reference = Reference.of(dataset())  # The cat ate that | book it
    assert reference.known.tolist() == [True, False, True, True, True, True]
    assert reference.ambiguous.tolist() == [False, False, False, False, True, False]


def test_gold_tags_are_named_by_those_of_train_then_by_those_that_only_test_has():
    train = Corpus.encode([["a", "b"]], [["X", "Y"]])
    reference = Reference.of(Dataset.of("d", train=train, test=Corpus.encode([["a"], ["c", "b"]], [["Z"], ["Y", "X"]])))
    assert (reference.tags, reference.learned) == (("X", "Y", "Z"), 2)
    assert [reference.tags[tag] for tag in reference.gold] == ["Z", "Y", "X"]
    assert reference.offsets.tolist() == [0, 1, 3]


def test_sentences_that_train_has_with_the_same_words_are_marked():
    test = Corpus.encode([TRAIN[1], ["dog", "The"]], [TRAIN_TAGS[1], ["NN", "DET"]])
    repeating = Dataset.of("d", train=dataset().train, test=test)
    assert Reference.of(repeating).repeated.tolist() == [True, False]
    assert len(Reference.of(dataset()).repeated) == 0  # none: nothing to mark


def test_an_outcome_has_the_reference_and_ids_of_32_bits():
    reference = Reference.of(dataset())
    outcome = reference.outcome(np.zeros(6, np.uint8))
    assert (outcome.predicted.dtype, outcome.predicted.tolist()) == (np.int32, [0] * 6)
    assert [outcome.tags[tag] for tag in outcome.gold] == [tag for tags in TEST_TAGS for tag in tags]
    assert outcome.offsets is reference.offsets
    assert outcome.known is reference.known


def test_a_metric_that_counts_all_seeds_at_once_counts_what_it_counts_of_each_alone():
    reference = Reference.of(dataset())
    seeds = np.random.default_rng(1).integers(0, 3, (4, 6)).astype(np.uint8)
    for metric in (TokenAccuracy(), TokenAccuracy("known"), SentenceAccuracy()):
        assert isinstance(metric, CountsSeedsAtOnce)
        alone = [metric.counts(reference.outcome(ids)) for ids in seeds]
        assert metric.counts_of_seeds(reference, seeds).tolist() == np.stack(alone).tolist()
    assert not isinstance(TagF1(), CountsSeedsAtOnce)
