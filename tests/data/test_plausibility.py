"""Corpora that were hardly read as they were meant."""

import pytest

from seqbench import Corpus
from seqbench.data.plausibility import doubts

WORDS = [f"w{number}" for number in range(10)]


def corpus(tags, sentences=1):
    return Corpus.encode([[f"w{i % 7}" for i in range(len(tags))]] * sentences, [tags] * sentences)


@pytest.mark.parametrize(
    ("made", "notes"),
    [
        (corpus(["A", "B"] * 500), ["1,000 tokens are one sentence: is the empty line after each sentence missing?"]),
        (corpus(["A", "B"] * 50), ["100 tokens are one sentence: is the empty line after each sentence missing?"]),
        (corpus(WORDS + WORDS[:5]), []),
        (corpus([*WORDS, *(f"v{i}" for i in range(10))]),
         ["20 different tags for 20 tokens: is this the column of the tags (?tags=COLUMN)?"]),
        (corpus(["TAG"] + ["A", "B"] * 12),
         ["the first tag, 'TAG' of 'w0', occurs once: does the first line name the columns (?header=1)?"]),
        (corpus(["A", "B"] * 12, sentences=2), []),
        (corpus(["O"] * 24 + ["B"]), []),
    ],
)  # fmt: skip
def test_what_is_implausible_is_said_with_the_way_out(made, notes):
    assert list(doubts(made)) == notes
