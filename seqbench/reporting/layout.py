"""The way results are laid out where they are printed: how many columns of text there are, colour, what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

ROWS = ("models", "seeds", "epochs")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Layout of tables for people; machine formats have all columns whatever it says.

    `width`: columns of text, None for as many as a table takes. `legend`: say below a table what its columns mean.
    `rows`: what a row of CSV is, one of `ROWS`.
    """

    width: int | None = None
    colour: bool = False
    legend: bool = False
    rows: str = "models"


class Form(str):
    """Name of a format, with the layout of what is printed in it, and the format itself where a plugin has it."""

    __slots__ = ("layout", "writer")

    layout: Layout
    writer: object

    def __new__(cls, name: str, layout: Layout | None = None, *, by: object = None) -> Self:
        """Name with a layout, else with that of the name."""
        form = super().__new__(cls, name)
        form.layout, form.writer = layout or layout_of(name), by
        return form


def layout_of(form: str) -> Layout:
    """The layout that a format's name was given; without one there is no limit to the width."""
    return form.layout if isinstance(form, Form) else Layout()
