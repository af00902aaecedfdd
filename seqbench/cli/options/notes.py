"""Sentences that a user should read beside the results: on standard error, or left out with --quiet."""

from __future__ import annotations

from collections.abc import Callable

from seqbench.cli.terminal import echo
from seqbench.errors import shortened
from seqbench.results.process_identity import WAITING


def noting(*, quiet: bool) -> Callable[[str], None]:
    """Says a sentence on standard error; where users want quiet, only for whom a run waits, perhaps for ever."""

    def note(message: str) -> None:
        if not quiet or message.startswith(WAITING):
            echo(message, err=True)

    return note


def warn(message: str) -> None:
    """Say something on standard error that a user should know."""
    echo(f"warning: {shortened(message)}", err=True)
