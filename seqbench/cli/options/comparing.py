"""Options that say what models are compared by, and how spans are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from seqbench.contracts.metric import SpanSettings
from seqbench.spans.schemes import POLICIES
from seqbench.spans.schemes import scheme as named_scheme

against = click.option(
    "--against", metavar="LABEL", help="Compare each model with this one only, instead of all pairs."
)
scores = click.option(
    "--scores",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Rank published scores instead of runs: a model in each row, a dataset in each column.",
)
rope = click.option(
    "--rope",
    type=click.FloatRange(0, 100, min_open=True),
    metavar="POINTS",
    help="Count differences up to so many points as none: better, worse, equal in practice, or undecided.",
)
scheme = click.option(
    "--scheme",
    metavar="NAME",
    help="Span scheme of the tags: IOB1, IOB2, IOE1, IOE2, IOBE, IOBES, BILOU, BMES, BMEOW, GROBID, IO; "
    "detected if left out.",
)
policy = click.option(
    "--policy",
    type=click.Choice(POLICIES),
    default="conlleval",
    show_default=True,
    help="How illegal sequences of span tags are read.",
)
without_type = click.option(
    "--without-type", "without_types", multiple=True, metavar="TYPE", help="Leave out spans of a type; repeatable."
)


def spans_of(scheme: str | None, policy: str, without_types: Sequence[str]) -> SpanSettings:
    """The settings of spans that options name, the scheme by its canonical name. Raises `UsageError` if unknown."""
    name = named_scheme(scheme).name if scheme else None
    return SpanSettings(scheme=name, policy=policy, without=tuple(without_types))
