"""Formats of tables are plugins: found by name, functions or objects, and what is none is said."""

import pytest
from runs import Things

from seqbench import hookimpl
from seqbench.errors import PluginError, UsageError
from seqbench.formats import Table
from seqbench.registry.discovery import Registry
from seqbench.reporting.layout import Form
from seqbench.reporting.table import drawing, listing, paragraph, rendered
from seqbench.reporting.table_formats import loaded, prints_rows

TABLE = Table("title", ["model", "n"], [["a", "1"], ["b", "2"]], ["a note"])


class Formats(Things):
    """A stranger's formats."""

    @hookimpl
    def register_formats(self, register):
        register("lines", lambda table: "\n".join(" = ".join(row) for row in table.rows), "model = number")
        register("none", lambda table: None, "gives nothing")
        register("object", object(), "is no format")


@pytest.fixture
def registry():
    registry = Registry()
    registry.add(Formats({}, {}), "stranger")
    return registry


def test_a_function_of_a_table_is_a_format(registry):
    form = Form("lines", by=loaded("lines", registry))
    assert rendered(TABLE, form) == listing(["model", "n"], TABLE.rows, form) == "a = 1\nb = 2"
    assert paragraph("a sentence", form) == "a sentence"
    assert drawing("<svg/>", form) == ""
    assert not prints_rows(form)


@pytest.mark.parametrize("name", ["none", "object"])
def test_what_gives_no_text_is_an_error_that_names_the_format(registry, name):
    form = Form(name, by=loaded(name, registry))
    with pytest.raises(PluginError, match=f"format '{name}' gives no text for a table"):
        rendered(TABLE, form)


def test_an_unknown_name_is_answered_with_those_that_there_are(registry):
    with pytest.raises(UsageError, match=r"no format is named 'line'\. Did you mean 'lines'\?"):
        loaded("line", registry)


def test_the_built_in_formats_are_found_by_name():
    assert prints_rows("csv")
    assert not any(map(prints_rows, ("table", "json", "markdown", "latex", "html")))
    assert drawing("<svg/>", "html") == "<svg/>"
    assert paragraph("a_b", "latex") == "% a_b"
    assert paragraph("never", "csv") == drawing("never", "table") == ""
