"""Tagged sentences as text, in each format."""

import json
import re

import pytest

from seqbench.serving.tagged_output import Output
from seqbench.serving.tagging import Tagged
from seqbench.serving.text_input import Sentence

ONE = Tagged(Sentence(["The", "dog"]), [["D", "N"]], [[[("D", 0.75), ("N", 0.25)], [("N", 1.0), ("D", 0.0)]]])
TWO = Tagged(Sentence(["The", "dog"]), [["D", "N"], ["D", "V"]])
LINES = Tagged(Sentence(["dog"], ["# text = dog", "1\tdog\t_\tX\t_"], [1]), [["N"]])


def text(tagged, form, labels=("a",), **options):
    return Output(form=form, labels=labels, **options).text([tagged])


@pytest.mark.parametrize(
    ("tagged", "form", "expected"),
    [
        (ONE, "columns", "The\tD\t0.7500\ndog\tN\t1.0000\n"),
        (TWO, "columns", "The\tD\tD\t=\ndog\tN\tV\t<>\n"),
        (LINES, "columns", "1\tdog\t_\tX\t_\tN\n"),
        (LINES, "conllu", "# text = dog\n1\tdog\t_\tN\t_\n"),
        (ONE, "conllu", "1\tThe\t_\tD\t_\t_\t_\t_\t_\t_\n2\tdog\t_\tN\t_\t_\t_\t_\t_\t_\n"),
        (ONE, "words", "The/D:0.75 dog/N:1.00"),
        (TWO, "words", "The/D dog/N|V"),
    ],
)
def test_each_format(tagged, form, expected):
    assert text(tagged, form) == expected


def by_lines(block):
    """The columns of one model, a line at a time."""
    lines = []
    for tagged in block:
        lines += [f"{word}\t{tag}" for word, tag in zip(tagged.sentence.words, tagged.tags[0], strict=True)]
        lines.append("")
    return "\n".join(lines)


@pytest.mark.parametrize("lengths", [[], [0], [0, 0], [2, 0, 1], [0, 3], [1, 0, 0], [0, 0, 1, 0, 2, 0]])
def test_a_block_of_columns_is_written_as_line_by_line_with_empty_sentences_anywhere(lengths):
    words = [[f"w{number}" for number in range(length)] for length in lengths]
    block = [Tagged(Sentence(sentence), ([word.upper() for word in sentence],)) for sentence in words]
    assert Output(form="columns", labels=["a"]).text(block) == by_lines(block)


def test_a_word_without_letters_keeps_its_line():
    block = [Tagged(Sentence(["", "", "x"]), (["A", "B", "C"],))]
    assert Output(form="columns", labels=["a"]).text(block) == "\tA\n\tB\nx\tC\n"


def test_json_holds_all():
    assert json.loads(text(ONE, "jsonl"))["probabilities"] == [{"D": 0.75, "N": 0.25}, {"N": 1.0, "D": 0.0}]
    content = json.loads(text(TWO, "jsonl", ("a", "b")))
    assert content == {"words": ["The", "dog"], "tags": {"a": ["D", "N"], "b": ["D", "V"]}, "differing": [1]}


def test_all_tags_are_written_where_several_are_wanted():
    assert text(ONE, "columns", all_tags=True) == "The\tD\tD:0.7500 N:0.2500\ndog\tN\tN:1.0000 D:0.0000\n"


def test_words_and_tags_are_made_safe_beside_colours():
    odd = Tagged(Sentence(["a\x1b[2J"]), [["N\x1b]0;t"]])
    said = text(odd, "words", colour=True, shown=lambda part: part.replace("\x1b", "ESC"))
    assert re.sub(r"\x1b\[\d+m", "", said) == "aESC[2J/NESC]0;t"


def test_colours_mark_tags_and_differences():
    assert "\x1b[7mN|V\x1b[0m" in text(TWO, "words", colour=True)
    assert text(TWO, "words", colour=True).startswith("The/\x1b[")
