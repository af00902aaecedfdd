"""Sentences that a user should read beside the results: on standard error, or left out with --quiet."""

from __future__ import annotations

from collections.abc import Callable

from seqbench.cli.terminal import echo


def noting(*, quiet: bool) -> Callable[[str], None]:
    """Says a sentence on standard error, or nothing where users want quiet."""
    return (lambda _message: None) if quiet else (lambda message: echo(message, err=True))


def warn(message: str) -> None:
    """Say something on standard error that a user should know."""
    echo(f"warning: {message}", err=True)
