"""Ways to score a test set: which parts of it, by which scores, and which hang on rare tags."""

from dataclasses import replace

import numpy as np
import pytest
from model_predictions import predictions_of

from seqbench.comparing.multiverse_scores import subsets, ways
from seqbench.contracts.metric import SpanSettings
from seqbench.scoring.metrics_from_counts import TagF1
from seqbench.scoring.reference import Reference

OFFSETS = np.array([0, 2, 3, 6, 10])


def reference(**changed):
    random = np.random.default_rng(2)
    values = {
        "tags": ("B-X", "I-X", "O"),
        "learned": 3,
        "gold": random.integers(0, 3, 10).astype(np.int32),
        "offsets": OFFSETS,
        "known": np.array([1, 1, 1, 0, 1, 1, 1, 0, 1, 1], bool),
        "ambiguous": np.array([0, 1, 0, 0, 0, 0, 1, 0, 0, 0], bool),
        "repeated": np.array([0, 1, 0, 0], bool),
    }
    return Reference(**{**values, **changed})


def parts(of):
    return {tuple(part.choices.values()): np.flatnonzero(part.tokens).tolist() for part in subsets(of)}


def test_the_same_tokens_come_only_once():
    told = parts(reference())
    assert told["all words", "all sentences"] == list(range(10))
    assert told["shorter sentences", "without sentences of train"] == [0, 1]
    assert ("unknown words", "all sentences") in told
    assert ("unknown words", "without sentences of train") not in told  # sentences of train have known words only
    assert len({tuple(tokens) for tokens in told.values()}) == len(told)


def test_without_a_train_set_there_are_no_slices_of_words():
    told = parts(reference(learned=0, repeated=np.zeros(0, bool)))
    assert [name for name, _ in told] == ["all words", "shorter sentences", "longer sentences"]


def test_the_score_that_is_named_comes_first_and_spans_have_both_policies_and_whole_sentences_only():
    predictions = predictions_of(reference(), {"m0": np.zeros((1, 10), np.int32), "m1": np.ones((1, 10), np.int32)})
    each = [way.choices for way in ways(predictions, "span F1")]
    assert each[0]["score"] == "span F1"
    assert {c["policy"] for c in each if c["score"] == "span F1"} == {"conlleval", "strict"}
    assert not [
        c for c in each if c["score"] == "span F1" and c["slice"].endswith(" words") and "all" not in c["slice"]
    ]
    strict = replace(predictions, reference=reference(spans=SpanSettings(policy="strict")))
    assert next(ways(strict, "span F1")).choices["policy"] == "strict"


def test_tags_that_are_no_spans_have_no_score_of_spans():
    predictions = predictions_of(reference(tags=("A", "B", "C")), {"m0": np.zeros((1, 10), np.int32)})
    assert {way.choices["score"] for way in ways(predictions)} == {"accuracy", "macro F1"}


@pytest.mark.parametrize("sentences", [9, 60])
def test_a_mean_over_tags_hangs_on_those_that_few_units_have_as_in_compare(sentences):
    random = np.random.default_rng(sentences)
    gold = np.where(np.arange(4 * sentences) % 8 == 0, 1, 0).astype(np.int32)
    ids = np.stack([gold, np.where(random.random(len(gold)) < 0.01, 2, gold)]).astype(np.int32)
    flags = np.ones(len(gold), bool)
    offsets = np.arange(0, len(gold) + 1, 4)
    test = reference(tags=("A", "B", "C"), gold=gold, offsets=offsets, known=flags, ambiguous=flags, repeated=flags[:0])
    (way, *_) = [way for way in ways(predictions_of(test, {"m": ids})) if way.choices["score"] == "macro F1"]
    counts = [TagF1().counts(test.outcome(row))[None] for row in ids]
    expected = [TagF1().unsteady([of_seed], test.tags) is not None for of_seed in counts]
    assert way.unsteady(np.arange(sentences)).tolist() == expected
