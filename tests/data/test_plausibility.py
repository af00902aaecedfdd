"""Corpora that were hardly read as they were meant."""

from dataclasses import replace

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
        (corpus(["_"] * 24), ["all 24 tags are '_': is this the column of the tags (?tags=COLUMN)?"]),
        (corpus(["_"] * 12 + ["A"] * 12), []),
        (corpus(["_"] * 2 + ["A"] * 22),
         ["2 of 24 tags are '_', which means left open: ?ignore=_ leaves them out of the score"]),
        (Corpus.encode([["1", "22", "3"]] * 8, [["A", "B", "A"]] * 8),
         ["24 of 24 words are numbers: is this the column of the words (?words=COLUMN)?"]),
        (Corpus.encode([["1", "a", "3"]] * 8, [["A", "B", "A"]] * 8), []),
        (Corpus.encode([["B", "O", "O"]] * 8, [[f"w{i % 4}", "in", "it"] for i in range(8)]),
         ["6 different tags for 2 different words: are the columns the other way round (?words=COLUMN&tags=COLUMN)?"]),
        (corpus(['"B-X"', '"O"'] * 12),
         ['all tags are in quotes, such as "B-X": is it CSV (?reader=csv-table&separator=tab)?']),
        (Corpus.encode([["a"], ["b"]] * 50, [["A"], ["B"]] * 50),
         ["each of 100 sentences has one token: is there an empty line between tokens?"]),
        (corpus(["A", "B\xa0", "B\xa0"]),
         ["2 tags have signs that are not seen, such as 'B\\xa0': they differ from tags without"]),
        (Corpus.encode([["5\x80", "a"]], [["A", "B"]]),
         ["words such as '5\\x80' have control characters: is the encoding cp1252 (?encoding=cp1252)?"]),
    ],
)  # fmt: skip
def test_what_is_implausible_is_said_with_the_way_out(made, notes):
    assert list(doubts(made)) == notes


def test_a_text_without_tags_is_told_once():
    text = replace(corpus(["_"] * 24), notes=("plain text has no tags: each word has the tag '_'",))
    assert not list(doubts(text))
