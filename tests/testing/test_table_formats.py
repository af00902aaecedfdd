"""Promises of formats, each with a fault that it alone catches; every built-in format keeps them all."""

import pytest

from seqbench.registry.discovery import Registry
from seqbench.reporting.table_formats import _OfTables, loaded
from seqbench.testing import FORMATS, broken_promises


def plain(table):
    rows = [table.columns, *table.rows]
    return "\n".join(" ".join(ascii(cell)[1:-1] for cell in row) for row in rows)


def printing(table):
    print("hello")
    return plain(table)


class Counting:
    """Numbers its texts."""

    calls = 0

    def __call__(self, table):
        Counting.calls += 1
        return f"{plain(table)}\n{Counting.calls}"


FAULTS = {
    "all-cells": lambda table: plain(table).replace("second", ""),
    "empty-tables": lambda table: plain(table) if table.rows and table.title else 1 / 0,
    "nothing-obeyed": lambda table: "\n".join(" ".join(row) for row in (table.columns, *table.rows)),
    "same-again": Counting(),
    "silent": printing,
}


@pytest.mark.parametrize(("promise", "fault"), FAULTS.items())
def test_a_fault_of_a_format_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(lambda: _OfTables(fault), FORMATS)] == [promise]


def test_what_is_no_format_breaks_the_first_promise():
    assert next(broken.name for broken, _ in broken_promises(object, FORMATS)) == "is-a-format"


@pytest.mark.parametrize("name", ["markdown", "latex", "html", "csv"])
def test_a_built_in_format_keeps_them_all(name):
    assert list(broken_promises(lambda: loaded(name, Registry.discover()), FORMATS)) == []


def test_a_function_keeps_them_all():
    assert list(broken_promises(lambda: _OfTables(plain), FORMATS)) == []
