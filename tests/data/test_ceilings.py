"""Ceilings: fractions of 1, by what a tagger sees."""

import pytest

from seqbench import Ceilings, Corpus, Dataset

CEILINGS = Ceilings(any=0.9, left_to_right=0.7, window={0: 0.5, 3: 0.75})


def test_each_ceiling_has_the_name_of_those_that_it_holds_for():
    assert CEILINGS.named() == {"any": 0.9, "left to right": 0.7, "window 0": 0.5, "window 3": 0.75}
    assert CEILINGS.as_json() == {"any": 0.9, "left_to_right": 0.7, "window": {"0": 0.5, "3": 0.75}}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"any": 1.5, "left_to_right": 0.5}, "the ceiling of any must be from 0 to 1, was: 1.5"),
        ({"any": 0.5, "left_to_right": -1}, "the ceiling of left to right must be from 0 to 1"),
        ({"any": 0.5, "left_to_right": 0.5, "window": {2: 1.1}}, "the ceiling of window 2 must be from 0 to 1"),
    ],
)
def test_what_no_ceiling_can_be_is_refused(wrong, why):
    with pytest.raises(ValueError, match=why):
        Ceilings(**wrong)


def test_the_ceiling_of_a_dataset_with_ceilings_is_that_of_any_tagger():
    corpus = Corpus.encode([["a"]], [["X"]])
    dataset = Dataset.of("n", train=corpus, test=corpus, ceilings=CEILINGS)
    assert (dataset.ceiling, dataset.ceilings) == (0.9, CEILINGS)
