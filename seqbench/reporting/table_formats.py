"""Formats of tables, which plugins register: what each may offer, and how one is found by its name.

`table`, for people at a terminal, and `json`, the contract of programs, are no plugins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from seqbench.errors import unknown
from seqbench.registry.discovery import Registry
from seqbench.reporting.layout import Form

if TYPE_CHECKING:
    from seqbench.reporting.table import Table

OWN = ("table", "json")
"""Formats that the core prints itself."""


@runtime_checkable
class Format(Protocol):
    """Writes tables for people."""

    def table(self, table: Table) -> str:
        """Text of a table with its title and its footnotes; of one without a title the rows alone."""
        ...

    def paragraph(self, text: str) -> str:
        """A sentence between tables."""
        ...


@runtime_checkable
class RowsFormat(Protocol):
    """Writes rows for machines: all that is known, with all digits, and no sentence between."""

    def rows(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
        """Text of the rows under their column names."""
        ...


@runtime_checkable
class DocumentFormat(Protocol):
    """Begins and ends what a command prints."""

    def opening(self) -> str:
        """Text that the output begins with."""
        ...

    def closing(self) -> str:
        """Text that the output ends with."""
        ...


@runtime_checkable
class DrawingFormat(Protocol):
    """Holds drawings."""

    def drawing(self, svg: str) -> str:
        """A drawing between tables."""
        ...


@runtime_checkable
class PaperFormat(Protocol):
    """Is for papers: results begin with one table of all models and datasets, in which marks say what leads."""

    def paper(self, table: Table) -> str:
        """Text of that table."""
        ...


class _OfTables:
    """Format that is a function of a table; sentences stand as they are."""

    def __init__(self, table: Callable[[Table], str]) -> None:
        self.table = table

    def paragraph(self, text: str) -> str:
        return text


def format_of(form: str) -> object:
    """The format of a name that the command line has found, or the installed one of that name."""
    return form.writer if isinstance(form, Form) and form.writer is not None else _installed(str(form))


def loaded(name: str, registry: Registry) -> object:
    """The registered format of a name. Raises `UsageError`, with the names that there are, if there is none."""
    if name not in registry.formats:
        raise unknown("format", name, [*OWN, *registry.formats])
    thing: object = registry.formats[name].load()
    made = thing() if isinstance(thing, type) else thing
    return made if isinstance(made, Format | RowsFormat) or not callable(made) else _OfTables(made)


@cache
def _installed(name: str) -> object:
    return loaded(name, Registry.discover())


def prints_rows(form: str) -> bool:
    """Whether a format is one of rows for machines."""
    return form not in OWN and isinstance(format_of(form), RowsFormat)
