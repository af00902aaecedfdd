"""Notes on datasets of spans: odd tags, schemes that differ between splits."""

import pytest

from seqbench import Corpus, Dataset, UsageError
from seqbench.contracts.metric import SpanSettings
from seqbench.registry.odd_span_tags import odd_span_tags, with_span_notes


def dataset(train, test):
    def corpus(tags):
        return Corpus.encode([["w"] * len(s.split()) for s in tags], [s.split() for s in tags])

    return Dataset.of("made", train=corpus(train), test=corpus(test))


def test_odd_tags_are_counted_and_the_first_is_named():
    notes = list(odd_span_tags(dataset(["B-X I-X O"], ["B-X O O", "B-X I-X ODD"])))
    assert notes == ["1 of 6 test tags are no tags of IOB2 ('ODD', first in sentence 2): read as O"]


def test_splits_in_different_schemes_are_told():
    (note,) = odd_span_tags(dataset(["B-X I-X I-X O"], ["B-X I-X E-X S-X O"]))
    assert note == "the splits seem to be written in different span schemes (train in IOB2, test in IOBES)"
    assert not list(odd_span_tags(dataset(["NOUN VERB"], ["NOUN B-X"])))


def test_splits_of_which_only_some_have_spans_are_told():
    (note,) = odd_span_tags(dataset(["NNP VBZ"], ["B-X I-X O"]))
    assert note == "the tags of test are spans, those of train are none: is ?tags= the same column in all files?"


def test_a_scheme_that_none_of_the_tags_has_is_refused():
    assert not with_span_notes(dataset(["B-X O"], ["O"]), SpanSettings(scheme="IOB2")).notes
    with pytest.raises(UsageError, match="'NOUN' is no tag of IOB2"):
        with_span_notes(dataset(["NOUN VERB"], ["NOUN"]), SpanSettings(scheme="IOB2"))


def test_settings_that_hardly_fit_gold_are_said():
    made = dataset(["B-X I-X O"], ["B-X I-X O", "B-Y O"])
    assert with_span_notes(made, SpanSettings(scheme="IOBES")).notes == (
        "IOBES of --scheme forbids 2 moves between gold tags of test, which fit IOB2",
    )
    assert with_span_notes(made, SpanSettings(without=("X", "Z"))).notes == (
        "no span has the type 'Z', which --without-type names; types: X, Y",
    )
    assert not with_span_notes(made, SpanSettings(scheme="IOB2", without=("Y",))).notes
