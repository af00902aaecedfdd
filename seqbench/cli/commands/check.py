"""`seqbench check NAME|FILE...` tells whether taggers, datasets, metrics, readers and others keep their promises."""

from __future__ import annotations

from pathlib import Path

import click

from seqbench.cli import options
from seqbench.cli.terminal import echo, echo_sentence
from seqbench.errors import UsageError
from seqbench.reporting.badge import Badge
from seqbench.testing import subjects

_EXAMPLES = """
\b
Examples:
  seqbench check baseline
  seqbench check mytagger.py
  seqbench check 'mine(length=2)' --plugin mytagger.py
  seqbench check mytagger.py --badge badge.svg
"""


@click.command("check", epilog=_EXAMPLES)
@click.argument("things", nargs=-1, required=True, metavar="NAME|FILE...")
@click.option(
    "--badge",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.svg",
    help="Draw a badge with the number of promises kept, and print the line of Markdown that shows it.",
)
@options.plugin
@options.without
def command(things: tuple[str, ...], badge: Path | None, plugins: tuple[Path, ...], without: tuple[str, ...]) -> int:
    """Check the promises of `seqbench.testing`; exit code 1 if one is broken.

    NAME is the spec of a tagger, or the name of a dataset, metric, reader, writer, reporter, section or format; FILE is
    a plugin, and all that it registers is checked.
    """
    registry = options.registry_of(plugins, without)
    checked = broken = lacking = 0
    for subject in [subject for thing in things for subject in subjects(registry, thing)]:
        for promise in subject.promises:
            if not promise.is_offered(subject.make):
                lacking += 1
                echo_sentence(f"{subject.label}: {promise.words}: not offered")
                continue
            seen = promise.broken_by(subject.make)
            checked, broken = checked + 1, broken + (seen is not None)
            echo_sentence(f"{subject.label}: {promise.words}: {'kept' if seen is None else f'BROKEN: {seen}'}")
    result = Badge(promises=checked, broken=broken)
    rest = f", {broken} broken" * bool(broken) + f", {lacking} not offered" * bool(lacking)
    echo(f"\n{result.right}{rest}")
    if badge:
        _draw(badge, result)
    return int(broken > 0)


def _draw(file: Path, badge: Badge) -> None:
    """Write a badge and say how to show it. Raises `UsageError` if the file cannot be written."""
    try:
        file.write_text(badge.svg(), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the badge {str(file)!r}: {error.strerror or error}") from error
    echo(badge.markdown(file.as_posix()))
