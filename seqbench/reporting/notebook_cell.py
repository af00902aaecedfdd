"""Progress in one output of a notebook's cell, which is written anew in place and empty at the end."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from html import escape
from importlib import import_module
from typing import Any

from rich.console import Console, RenderableType

_COLUMNS, _SECONDS = 80, 0.25  # of a line, and the least between two writings


class NotebookCell:
    """The display of what is `shown`, through IPython alone, so that no widgets are needed."""

    def __init__(self, shown: Callable[[], RenderableType]) -> None:
        self._shown, self._kept, self._written = shown, list[str](), 0.0
        self._handle: Any = None

    def start(self) -> None:
        """Show the output for the first time."""
        display = import_module("IPython.display").display
        self._written, self._handle = time.monotonic(), display(self._content(), raw=True, display_id=True)

    def refresh(self) -> None:
        """Write the output anew, unless it was just written."""
        if self._handle is not None and time.monotonic() - self._written >= _SECONDS:
            self._written = time.monotonic()
            self._handle.update(self._content(), raw=True)

    def print(self, text: str) -> None:
        """Keep a line above what is shown, to the end and after it."""
        self._kept.append(text)

    def stop(self) -> None:
        """Leave the lines that are kept alone."""
        if self._handle is not None:
            self._handle.update(_both("\n".join(self._kept)), raw=True)
        self._handle = None

    def _content(self) -> dict[str, str]:
        console = Console(file=io.StringIO(), width=_COLUMNS, color_system=None, force_jupyter=False)
        console.print(self._shown())
        text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
        return _both("\n".join([*self._kept, text.rstrip()]))


def _both(text: str) -> dict[str, str]:
    """A text as notebooks take it: plain, and in letters of one width."""
    return {"text/plain": text, "text/html": f"<pre>{escape(text)}</pre>" if text else ""}
