"""Text that nothing obeys: no terminal, no spreadsheet, no browser, no LaTeX and no Markdown."""

import json
import re

import pytest

from seqbench.reporting import safe_text
from seqbench.reporting.table import Table, json_text, listing, rendered, rows_text

CLEAR, TITLE, BIDI = "\x1b[2J", "\x1b]0;owned\x07", "\u202egnp.exe"
PAYLOADS = [
    CLEAR,
    TITLE,
    BIDI,
    "\x9b2J",
    "a\rb",
    "a\nb",
    "a\x85b",
    "a\u2028b",
    "a\u2066b",
    "\ud800",
    "\x00",
    "\x7f",
    "\ufeff",
]
OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


FORMATS = ("table", "markdown", "latex", "html", "csv")


def hostile(text):
    """A table with this text everywhere."""
    legend, about = {text: text}, {text: text}
    return Table(text, [text, "n"], [[text, "1"]], [text], legend=legend, about=about)


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@pytest.mark.parametrize("form", FORMATS)
def test_no_format_has_a_character_that_a_terminal_obeys(form, payload):
    assert not OBEYED.search(rendered(hostile(payload), form))
    assert not OBEYED.search(listing([payload], [[payload]], form))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_json_says_the_same_without_them(payload):
    text = json_text({payload: payload})
    assert not OBEYED.search(text)
    assert json.loads(text) == {payload: payload}


@pytest.mark.parametrize("word", ["größe", "模型", "कमल", "می‌خواهم", "👩‍👩‍👧", "a b", "naïve"])
def test_letters_of_any_script_stay(word):
    assert safe_text.line(word) == word
    assert word in json_text({"word": word})


def test_a_line_break_does_not_leave_a_comment_of_latex():
    lines = rendered(hostile("data\n\\input{/etc/passwd}"), "latex").splitlines()
    assert all(
        line.startswith("%")
        for line in lines
        if "tabular" not in line and "&" not in line and "rule" not in line and line
    )
    assert lines[0] == "% data\\n\\input{/etc/passwd}"


def test_a_bar_in_a_column_title_does_not_end_it_in_markdown():
    shown = rendered(Table("t", ["model", "tag|x"], [["m", "1"]]), "markdown")
    assert r"tag\|x" in shown
    assert {line.replace(r"\|", "").count("|") for line in shown.splitlines() if line.startswith("|")} == {3}


def test_markdown_has_no_html_and_no_markup_of_a_name():
    shown = rendered(hostile("<img src=x onerror=alert(1)> [a](javascript:b) `c` *d* _e_"), "markdown")
    assert "<img" not in shown
    assert r"\[a\](javascript:b) \`c\` \*d\* \_e\_" in shown
    assert "| macro_f1 " in rendered(hostile("macro_f1"), "markdown")


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r=1", "=\x1b"])
def test_a_cell_of_csv_is_no_formula(cell):
    assert rows_text(["c"], [[cell]], "csv").split("\n", 1)[1].lstrip('"').startswith("'")
    assert rows_text([cell], [], "csv")[:2].lstrip('"').startswith("'")


@pytest.mark.parametrize("cell", ["-", "+0.21", "-0.5", "+8.51 to +9.96", "-5 %", "95.69 ± 0.06", "<0.0001"])
def test_figures_in_csv_stay_as_they_are(cell):
    assert rows_text(["c"], [[cell]], "csv").splitlines()[1] == cell


def test_a_message_keeps_its_lines():
    assert safe_text.lines("first\nsecond\x1b[2J") == "first\nsecond\\x1b[2J"
