"""How the spans of an outcome are read, and what does not fit its scheme."""

import numpy as np
import pytest

from seqbench import Outcome, Sequences
from seqbench.contracts.metric import SpanSettings
from seqbench.spans import misfits, reading_of


def outcome(gold, predicted, **settings):
    encoded = Sequences.encode([gold.split(), predicted.split()])
    size, flags = len(gold.split()), np.ones(len(gold.split()), bool)
    ids, tags = encoded.ids, tuple(encoded.vocabulary)
    offsets = np.array([0, size])
    return Outcome(
        tags=tags,
        learned=len(tags),
        gold=ids[:size],
        predicted=ids[size:],
        offsets=offsets,
        known=flags,
        ambiguous=flags,
        spans=SpanSettings(**settings),
    )


def counts(made):
    pair = reading_of(made).pair(made.gold, made.predicted, made.offsets)
    return pair.by_sentence().sum(0).tolist()


def test_the_scheme_is_that_of_gold_whatever_is_predicted():
    made = outcome("B-PER I-PER O B-LOC", "B-PER I-PER X S-LOC")
    reading = reading_of(made)
    assert (reading.scheme.name, counts(made)) == ("IOB2", [2, 2, 2])
    odd, foreign = misfits(reading, made.predicted, made.offsets, "predicted")
    assert odd == "1 of 4 predicted tags are no tags of IOB2 ('X', first in sentence 1): read as O"
    where = "('S-LOC', first in sentence 1)"
    assert foreign == f"1 of 4 predicted tags are of another scheme than IOB2 {where}: read as seqeval reads them"


def test_settings_of_a_run_win():
    gold, predicted = "person person O place", "person O O place"
    assert reading_of(outcome(gold, predicted)) is None
    assert counts(outcome(gold, predicted, scheme="IO")) == [1, 2, 2]
    assert counts(outcome(gold, predicted, scheme="IO", without=("place",))) == [0, 1, 1]
    assert counts(outcome("B-X I-X", "I-X I-X")) == [1, 1, 1]
    assert counts(outcome("B-X I-X", "I-X I-X", policy="strict")) == [0, 0, 1]


@pytest.mark.parametrize("tags", ["NOUN VERB", "O O"])
def test_no_spans_are_read_from_other_tags(tags):
    assert reading_of(outcome(tags, tags)) is None
    assert reading_of(outcome("NOUN VERB", "NOUN VERB", scheme="IOB2")) is None
