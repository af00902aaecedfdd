"""Tables in every format, escaped as each demands."""

import csv
import io
import json
from html.parser import HTMLParser

import pytest

from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.table import Table, json_text, listing, rendered, rows_text

FORMATS = ("table", "markdown", "latex", "html", "csv")
TABLE = Table("t<1>", ["model", "n"], [["a|b", "1"], ["long & short", "10"]], ["note <1>"])


def test_a_listing_is_json_objects_when_asked():
    assert json.loads(listing(["a", "b"], [["1", "2"]], "json")) == [{"a": "1", "b": "2"}]


def test_a_table_without_rows_says_so_in_place_of_its_columns():
    shown = rendered(Table("tokens that fit", ["model", "n"], [], ["0 tokens."]), "table")
    assert shown == "tokens that fit\n\nnone\n\n0 tokens."


def test_a_bar_in_a_cell_does_not_end_it_in_markdown():
    shown = rendered(Table("t", ["word", "n"], [["a|b", "1"]]), "markdown")
    assert r"| a\|b " in shown


def test_further_columns_of_words_stand_to_the_left():
    shown = rendered(
        Table("t", ["a", "words", "n"], [["1", "x", "1"], ["2", "longer", "10"]], texts=["words"]), "table"
    )
    assert "1  x        1" in shown


@pytest.mark.parametrize("form", FORMATS)
def test_every_cell_is_in_every_format(form):
    shown = rendered(Table("title", ["model", "n"], [["first", "1"], ["second", "10"]]), form)
    assert all(cell in shown for cell in ("model", "first", "second", "10"))


def test_numbers_stand_to_the_right_under_their_title_and_above_their_notes():
    assert rendered(TABLE, "table").splitlines() == [
        "t<1>",
        "",
        "model          n",
        "------------  --",
        "a|b            1",
        "long & short  10",
        "",
        "note <1>",
    ]


def test_html_is_escaped():
    words = []

    class Reader(HTMLParser):
        def handle_data(self, data):
            words.append(data.strip())

    Reader().feed(rendered(TABLE, "html"))
    assert {"t<1>", "a|b", "long & short", "note <1>"} <= set(words)


def test_titles_and_notes_are_comments_in_latex_and_headings_in_markdown():
    assert rendered(TABLE, "latex").splitlines()[0] == "% t<1>"
    assert rendered(TABLE, "latex").splitlines()[-1] == "% note <1>"
    assert rendered(TABLE, "markdown").splitlines()[0] == "### t&lt;1&gt;"


def test_csv_is_read_back_as_it_was_written():
    rows = [["a,b", 'say "c"'], ["line\nbreak", ""]]
    assert list(csv.reader(io.StringIO(rows_text(["x", "y"], rows, "csv")))) == [["x", "y"], *rows]
    assert rendered(TABLE, "csv") == rows_text(TABLE.columns, TABLE.rows, "csv")  # no title, no notes


def test_a_listing_is_a_table_without_a_title():
    assert listing(["a", "b"], [["1", "2"]], "table").splitlines() == ["a  b", "-  -", "1  2"]
    assert listing(["a", "b"], [["1", "2"]], "csv") == "a,b\n1,2"


def test_json_keeps_letters_of_any_script():
    assert json_text({"wort": "größe"}) == '{\n  "wort": "größe"\n}'


def test_a_column_without_a_title_names_the_rows_of_each_block_with_the_one_before():
    """`seqbench errors` of many models: without it the second block would say `times in train` seven times."""
    table = Table(
        "t", ["by", "", "a-long-name", "another-name"], [["times", "0", "1.0", "2.0"], ["times", "1-4", "3", "4"]]
    )
    assert table.keys == 2
    second = rendered(table, Form("table", Layout(width=26))).split("\n\n")[-1].splitlines()
    assert [line.split() for line in second[2:]] == [["times", "0", "2.0"], ["times", "1-4", "4"]]
