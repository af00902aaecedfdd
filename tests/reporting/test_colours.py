"""Colours on a terminal: of what is best, worse and failed, and of nothing else."""

from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.table import Table, rendered

TABLE = Table(
    "better and worse",
    ["model", "accuracy", "(a)"],
    [["best", "*99.25 ± 0.10", "leads"], ["worse", "90.00", "worse"]],
    ["failed: m: out of luck"],
    texts=["(a)"],
)


def test_best_worse_and_failed_are_coloured():
    text = rendered(TABLE, Form("table", Layout(colour=True)))
    assert "\x1b[32m*99.25 ± 0.10\x1b[0m" in text
    assert "\x1b[31mworse\x1b[0m" in text
    assert "\x1b[31mfailed: m: out of luck\x1b[0m" in text
    assert text.count("\x1b[0m") == 4  # the number, leads, worse, failed; no label and no title


def test_there_is_no_colour_unless_the_layout_has_it():
    assert "\x1b" not in rendered(TABLE, "table")
