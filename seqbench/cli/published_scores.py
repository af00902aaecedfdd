"""`seqbench compare --scores FILE.csv`: published scores ranked, and what does not go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seqbench.cli.terminal import echo, echo_rendered
from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.score_table import ranking_of_table
from seqbench.errors import UsageError
from seqbench.reporting.rank_diagram import as_svg
from seqbench.reporting.score_table_texts import LIMITS, names_of, score_table_texts
from seqbench.results.model_names import ModelKey


@dataclass(frozen=True, kw_only=True)
class ScoreTable:
    """A table of scores, how its pairs are tested, and where its diagram goes."""

    path: Path
    procedure: str
    against: str | None
    rope: float | None
    diagram: Path | None


def compare_scores(table: ScoreTable, form: str, others: Mapping[str, object]) -> int:
    """Print the ranking of a table. Raises `UsageError` for options or runs (`others`) that it takes no notice of."""
    if options := [name for name, value in others.items() if value]:
        raise UsageError(f"--scores ranks a table of scores alone; leave out {', '.join(options)}")
    ranking = ranking_of_table(table.path, table.procedure, table.against, table.rope)
    for text in score_table_texts(ranking, form):
        echo_rendered(text)
    echo(LIMITS, err=True)
    if table.diagram:
        draw(table.diagram, ranking, names_of(ranking))
    return 0


def draw(path: Path, ranking: Ranking | None, names: Mapping[ModelKey, str]) -> None:
    """Write the diagram of mean ranks. Raises `UsageError` if there is no ranking, or the file cannot be written."""
    if ranking is None:
        raise UsageError("--diagram takes two or more datasets, and two or more models that finished on all of them")
    try:
        path.write_text(as_svg(ranking, names), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the diagram {str(path)!r}: {error.strerror or error}") from error
