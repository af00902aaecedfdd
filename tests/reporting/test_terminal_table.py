"""Tables on a terminal: within its width, every number whole, what is left out named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.table import Table, listing, rendered
from seqbench.reporting.terminal_table import Column, widths
from seqbench.reporting.text_width import width

SCORES, COSTS = ["accuracy", "macro F1", "known", "unknown", "ambig."], ["fit s", "learn/s", "memory"]
NUMBER = re.compile(r"\*?\d+\.\d+(?: ± \d+\.\d+)?")


def table(label="model(hidden_dim=256, layers=2)", spread=" ± 0.12"):
    cells = [f"*{number}5.43{spread}" for number in range(1, 9)]
    return Table("title", ["model", *SCORES, *COSTS], [[label, *cells], ["b", *cells]], groups=[SCORES, COSTS])


def shown(table, columns):
    return rendered(table, Form("table", Layout(width=columns)))


def test_a_table_that_fits_stands_as_it_is():
    assert shown(table(), 1000) == rendered(table(), "table")
    assert "not shown" not in shown(table(), 1000)


def test_a_table_that_does_not_fit_has_its_costs_below_its_scores():
    text = shown(table("a", spread=""), 50)
    assert re.findall(r"^model.*", text, re.MULTILINE) == [
        "model  accuracy  macro F1   known  unknown  ambig.",
        "model   fit s  learn/s  memory",
    ]


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_what_is_left_out_is_named_and_the_rest_is_whole(columns):
    text = shown(table(), columns)
    assert all(width(line) <= columns for line in text.splitlines())
    hidden = re.search(r"not shown: (.*) \(--wide\)", text.replace("\n  ", " "))
    names = [*SCORES, *COSTS] if hidden is None else [n for n in [*SCORES, *COSTS] if n not in hidden[1].split(", ")]
    assert len(NUMBER.findall(text)) == 2 * len(names)
    assert "accuracy" in names


def one_by_one(columns, available):
    """Widths by taking one column of text after the other from the widest."""
    chosen = [column.narrow for column in columns]
    while sum(chosen) + 2 * (len(chosen) - 1) > available:
        spare = [size - column.least for size, column in zip(chosen, columns, strict=True)]
        wide = [number for number, room in enumerate(spare) if room > 0]
        if not wide:
            return None
        chosen[max(wide, key=lambda number: (not columns[number].name, spare[number], number))] -= 1
    return chosen


SIZES = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["words", "name", "number"])), min_size=1, max_size=6)


@given(SIZES, st.integers(5, 150))
def test_widths_are_those_that_are_reached_one_by_one(sizes, available):
    columns = [Column("t", ["x" * size], words=kind != "number", name=kind == "name") for size, kind in sizes]
    natural = [column.natural for column in columns]
    fits = sum(natural) + 2 * (len(natural) - 1) <= available
    assert widths(columns, available) == (natural if fits else one_by_one(columns, available))


def test_a_cell_of_a_hundred_million_letters_takes_no_longer_than_its_letters():
    assert widths([Column("t", ["x" * 10**8], words=True), Column("u", ["1.5"])], 80) == [75, 3]


def test_a_row_that_is_empty_in_a_further_block_is_not_there():
    sparse = Table("t", ["m", "a", "b"], [["x", "1.5", "2.5"], ["(ceiling)", "3.5", ""]], groups=[["a"], ["b"]])
    assert shown(sparse, 16).count("(ceiling)") == 1


def test_both_columns_that_name_a_pair_stand_in_every_block():
    pairs = Table("t", ["better", "than", "a", "b"], [["x", "y", "+1.5", "2.5"]])
    assert re.findall("^x.*", shown(pairs, 18), re.MULTILINE) == ["x       y     +1.5", "x       y     2.5"]


def test_without_groups_all_columns_are_stacked():
    plain = Table("t", ["", *map(str, range(30))], [["x", *["1234.5"] * 30]])
    text = shown(plain, 40)
    assert all(width(line) <= 40 for line in text.splitlines())
    assert text.count("1234.5") == 30


def test_words_are_wrapped_and_the_columns_beside_them_stay():
    text = listing(["model", "summary", "n"], [["a", "word " * 20, "12"]], Form("table", Layout(width=40)))
    assert all(len(line) <= 40 for line in text.splitlines())
    assert text.count("word") == 20
    assert text.splitlines()[2].startswith("a      word word")


def test_notes_are_wrapped_and_paths_are_not_broken():
    noted = Table("t", ["a"], [["1"]], ["word " * 20, "all of it: /a/very/long/path/that/nobody/would/break.json"])
    lines = shown(noted, 30).splitlines()
    assert all(len(line) <= 30 for line in lines if "/" not in line)
    assert "  /a/very/long/path/that/nobody/would/break.json" in lines


def test_machine_formats_have_all_columns():
    narrow = Layout(width=20)
    for form in ("markdown", "latex", "html", "csv"):
        assert rendered(table(), Form(form, narrow)) == rendered(table(), form)


def test_the_legend_says_what_columns_mean_below_the_table():
    explained = Table("t", ["a", "b"], [["1", "2"]], ["note"], legend={"b": "the second", "c": "no column"})
    assert "second" not in rendered(explained, "table")
    assert rendered(explained, Form("table", Layout(legend=True))).endswith("note\nb: the second")


CELLS = st.text(alphabet="ab é模(,=", max_size=30)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4), st.integers(36, 90))
def test_no_line_of_a_listing_is_wider_than_the_terminal(rows, columns):
    text = listing(["name", "of"], rows, Form("table", Layout(width=columns)))
    assert all(width(line) <= columns for line in text.splitlines())
