"""Text as it comes: every format to the same sentences, and a line that does not fit is named."""

import sys

import pytest

from seqbench import DataError, UsageError
from seqbench.serving.text_input import column_number, lines_of, sentences_of, tokenizer_of

BLANKS = tokenizer_of("blanks")


def words(text, form, tokenizer=BLANKS):
    return [sentence.words for sentence in sentences_of(text.split("\n"), form, "in", tokenizer)]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("text", "The dog\n\nran"),
        ("jsonl", '["The", "dog"]\n{"words": []}\n{"tokens": ["ran"]}'),
    ],
)
def test_a_line_is_a_sentence(form, text):
    assert words(text, form) == [["The", "dog"], [], ["ran"]]


@pytest.mark.parametrize("text", ["The\tD\ndog\tN\n\n\nran\tV", "The D\ndog  N\n\nran V\n\n"])
def test_a_blank_line_ends_a_sentence_of_columns(text):
    assert words(text, "columns") == [["The", "dog"], ["ran"]]


def test_comments_and_parts_of_words_of_conllu_are_no_words():
    text = "# text\n1\tI\n2-3\tdon't\n2\tdo\n3\tn't\n3.1\t_\n"
    assert words(text, "conllu") == [["I", "do", "n't"]]


def test_a_no_break_space_is_no_blank():
    assert words("10\u00a0000 dogs", "text") == [["10\u00a0000", "dogs"]]


def test_the_regex_takes_punctuation_off():
    assert words("Dogs, e-mails: don't!", "text", tokenizer_of("regex")) == [
        ["Dogs", ",", "e-mails", ":", "don't", "!"]
    ]


def test_a_tokenizer_that_is_not_there_is_told(monkeypatch):
    with pytest.raises(UsageError, match="must be blanks, regex or spacy:LANGUAGE, was: 'magic'"):
        tokenizer_of("magic")
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(UsageError, match=r"pip install 'seqbench\[spacy\]'"):
        tokenizer_of("spacy:mt")


@pytest.mark.parametrize(
    ("form", "text", "message"),
    [
        ("jsonl", "[1]", "in:1: a line must be a list of words"),
        ("jsonl", "{", "in:1: no JSON"),
        ("jsonl", '{"words": ["a"], "words": ["b"]}', "in:1: no JSON: the name 'words' stands twice"),
        ("jsonl", "[" * 100_000, "in:1: no JSON"),
        ("conllu", "1\tThe\nx", "in:2: 1 columns, the word should be in column 2|"),
    ],
)
def test_a_line_that_does_not_fit_is_named(form, text, message):
    if form == "conllu":
        assert words(text, form) == [["The"]]
        return
    with pytest.raises(DataError, match=message):
        words(text, form)


def test_bytes_that_are_no_text_and_endless_lines_are_refused():
    assert list(lines_of([b"\xef\xbb\xbfThe\r\n", b"dog"], "in")) == ["The", "dog"]
    with pytest.raises(DataError, match="in:2: no UTF-8"):
        list(lines_of([b"a\n", b"\xff\n"], "in"))
    with pytest.raises(DataError, match="in:1: the line is longer than"):
        list(lines_of([b"x" * (1 << 25)], "in"))


def test_columns_go_by_number_or_name():
    assert column_number("2", "columns") == 1
    assert column_number("xpos", "conllu") == 4
    with pytest.raises(UsageError, match="'xpos' is no column of columns"):
        column_number("xpos", "columns")
