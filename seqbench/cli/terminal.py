"""Standard output and standard error: all that the program prints goes through here, and nothing in it is obeyed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

import click

from seqbench.errors import SeqbenchError
from seqbench.reporting import safe_text
from seqbench.reporting.text_width import wrapped

if TYPE_CHECKING:
    from seqbench.reporting.layout import Layout

_OPENING = "seqbench.opening"
_COLUMNS = 80  # of a terminal that does not tell


class OutputError(SeqbenchError):
    """Standard output cannot be written."""


class UnreadError(Exception):
    """Nobody reads standard output to its end."""


def echo(message: str = "", *, err: bool = False) -> None:
    """Print a message; what terminals would obey in it is shown instead, and no word of a note is broken."""
    _write(safe_text.lines(message), err=err)


def echo_sentence(message: str) -> None:
    """Print a message on standard output, on a terminal in lines of whole words."""
    echo(_whole_words(message, sys.stdout))


def echo_rendered(text: str) -> None:
    """Print a table, JSON or CSV as `seqbench.reporting` made it: safe already, perhaps with colours."""
    _write(text, err=False)


def document(opening: str, closing: str) -> None:
    """Let what this command prints be a document: begun by the first text, ended with the command."""
    context = click.get_current_context()
    context.meta[_OPENING] = opening

    def close() -> None:
        if _OPENING not in context.meta:
            _write(closing, err=False)

    context.call_on_close(close)


def _write(text: str, *, err: bool) -> None:
    if not err:
        context = click.get_current_context(silent=True)
        opening = context.meta.pop(_OPENING, None) if context else None
        with _answered():
            click.echo(text if opening is None else f"{opening}\n{text}")
        return
    with suppress(OSError):  # who cannot hear errors cannot hear of this one
        click.echo(_whole_words(text, sys.stderr), err=True)


def _whole_words(text: str, stream: TextIO | None) -> str:
    """A text in whose lines a terminal breaks no word; as it is where the stream is no terminal."""
    if not is_terminal(stream):
        return text
    columns = layout().width or _COLUMNS
    return "\n".join(part for line in text.split("\n") for part in wrapped(line, columns))


@contextmanager
def _answered() -> Iterator[None]:
    """Raises `OutputError` if standard output cannot be written, `UnreadError` if its reader has seen enough."""
    try:
        with may_go_unread():
            yield
    except OSError as error:
        silence()
        raise OutputError(f"standard output cannot be written: {error.strerror or error}") from error


@contextmanager
def may_go_unread() -> Iterator[None]:
    """Raises `UnreadError` if the reader of standard output has seen enough; click prints help by itself."""
    try:
        yield
    except BrokenPipeError as error:
        silence()
        raise UnreadError from error


def layout(*, wide: bool = False, legend: bool = False) -> Layout:
    """The layout of what is printed now: as wide as the terminal (or as COLUMNS says), else 80 columns.

    There are colours on a terminal only, and none with NO_COLOR.
    """
    import shutil

    from seqbench.reporting.layout import Layout

    columns = None if wide else shutil.get_terminal_size((_COLUMNS, 24)).columns
    colour = is_terminal(sys.stdout) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Layout(width=columns, colour=colour, legend=legend)


def is_terminal(stream: object) -> bool:
    """Whether someone sees a stream; one that was closed before the program began is None."""
    return isinstance(stream, io.TextIOBase) and not stream.closed and stream.isatty()


def prepare_streams() -> None:
    """Let both streams take every letter, those that their encoding lacks as escapes.

    A stream that is closed is one that nobody reads: else the next file that is opened would take its number.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def flush() -> None:
    """Write what is left. Raises as `_answered` does."""
    if sys.stdout is not None:
        with _answered():
            sys.stdout.flush()


def silence() -> None:
    """Send standard output to nobody, or Python complains at its end of what it cannot write."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
