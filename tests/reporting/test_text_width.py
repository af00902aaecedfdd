"""Words on a terminal: how wide they are, and where they are broken."""

from hypothesis import given
from hypothesis import strategies as st

from seqbench.reporting.text_width import padded, width, wrapped


def test_letters_of_some_scripts_take_two_columns_and_combining_ones_none():
    assert [width(text) for text in ("ab", "模型", "e\u0301", "größe")] == [2, 4, 1, 5]


def test_text_is_broken_at_blanks():
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("/a/long/path is not broken", 8) == ["/a/long/path", "is not", "broken"]


def test_a_text_that_fits_keeps_its_blanks():
    assert wrapped("  | at  last", 20) == ["  | at  last"]


def test_a_long_word_is_broken_after_punctuation_and_never_in_a_number_that_fits():
    assert wrapped("lstm(hidden_dim=256,layers=2)", 20, breaking=True) == ["lstm(hidden_dim=256,", "layers=2)"]
    assert wrapped("a=0.000123", 9, breaking=True) == ["a=", "0.000123"]
    assert wrapped('lstm(preset="fast")', 18, breaking=True) == ['lstm(preset="', 'fast")']


@given(st.text(alphabet="ab 1.,(模é", max_size=60), st.integers(2, 30))
def test_no_line_is_wider_and_no_letter_is_lost(text, columns):
    lines = wrapped(text, columns, breaking=True)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_padding_stands_on_the_side_that_is_asked_for():
    assert (padded("模", 4), padded("7", 3, right=True)) == ("模  ", "  7")
