"""Published scores as a table, a model in each row and a dataset in each column, ranked as results of runs are."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.statistics.rank_tests import HOLM
from seqbench.errors import DataError, unknown
from seqbench.results.model_names import ModelKey
from seqbench.results.rows import TypedIn

_LEAST = 2
_PERCENT = 100
MOST_DATASETS = 10_000
"""The most datasets of a table of scores."""
_DECIMAL = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read_table(path: Path) -> tuple[list[str], dict[str, list[float | None]]]:
    """The datasets, and by model its score on each, a fraction of 1; None for an empty cell or a dash.

    The first line names the datasets. Scores are fractions of 1, or all of them percents. Raises `DataError` if the
    file cannot be read, a cell is no such number, fractions and percents are mixed, or a name comes twice.
    """
    lines = _lines(path)
    datasets, models = lines[0].cells[1:], [line.model for line in lines[1:]]
    if len(datasets) > MOST_DATASETS:
        raise DataError(f"{str(path)!r} has {len(datasets):,} datasets; at most {MOST_DATASETS:,} can be ranked")
    for kind, names in (("dataset", datasets), ("model", models)):
        if "" in names:
            raise DataError(f"{str(path)!r} has a {kind} without a name (number {1 + names.index('')}); give it one")
        if twice := [name for name, count in Counter(names).items() if count > 1]:
            raise DataError(f"{str(path)!r} has the {kind} {twice[0]!r} twice; leave one")
    return datasets, _as_fractions(lines[1:], [_scores(line, datasets, path) for line in lines[1:]], path)


@dataclass(frozen=True)
class _Line:
    """A line of a table, by its number in the file, with the cells that it has."""

    number: int
    cells: list[str]

    @property
    def model(self) -> str:
        """The first cell."""
        return self.cells[0]

    def __str__(self) -> str:
        return f"line {self.number} ({self.model!r})"


def _lines(path: Path) -> list[_Line]:
    """The lines that are not blank, that of the datasets first."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            lines = [_Line(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except OSError as error:
        raise DataError(f"cannot read the scores in {str(path)!r}: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"cannot read the scores in {str(path)!r}: it is no CSV file in UTF-8 ({error})") from error
    lines = [line for line in lines if any(line.cells)]
    if not lines:
        raise DataError(f"{str(path)!r} is empty: the first line must name the datasets, the others begin with a model")
    if len(lines[0].cells) == 1:
        raise DataError(f"{str(path)!r}: {_no_dataset(lines[0].model)}")
    return lines


def _no_dataset(heading: str) -> str:
    """Fault of a first line of one cell: other separators than commas, or no name of a dataset."""
    other = next((name for separator, name in _SEPARATORS.items() if separator in heading), None)
    if other:
        return f"columns are separated by {other}: write commas, and decimals with a point"
    return f"the first line names no dataset, only {heading!r}; write model,DATASET,..."


def _scores(line: _Line, datasets: Sequence[str], path: Path) -> list[float | None]:
    name, *cells = line.cells
    if len(cells) != len(datasets):
        wrong = f"does not have the {1 + len(datasets)} columns of the first line, but {len(line.cells)}"
        raise DataError(f"{str(path)!r}: {line} {wrong}; decimals take a point, an unknown score is a dash")
    return [_score(cell, f"{str(path)!r}: {name!r} on {data!r}") for cell, data in zip(cells, datasets, strict=True)]


def _score(cell: str, where: str) -> float | None:
    if cell in {"", "-"}:
        return None
    score = float(cell) if _DECIMAL.fullmatch(cell) else math.nan
    if not 0 <= score <= _PERCENT:
        raise DataError(f"{where}: a score must be a number from 0 to 1 or from 0 to 100, was: {cell!r}")
    return score


def _as_fractions(
    lines: Sequence[_Line], scores: Sequence[Sequence[float | None]], path: Path
) -> dict[str, list[float | None]]:
    """The scores by model. Raises `DataError` if there is none, or if fractions and percents are mixed."""
    known = [(score, line) for line, row in zip(lines, scores, strict=True) for score in row if score is not None]
    if not known:
        raise DataError(f"{str(path)!r} has no score")
    percents = [cell for cell in known if cell[0] > 1]
    fractions = [cell for cell in known if 0 < cell[0] <= 1]
    if percents and fractions:
        mixed = " and ".join(f"{score:g} in {line}" for score, line in (fractions[0], percents[0]))
        way = "write all scores as fractions of 1, or all as percents over 1"
        raise DataError(f"{str(path)!r} mixes fractions and percents, {mixed}: {way}")
    whole = _PERCENT if percents else 1
    return {
        line.model: [None if score is None else score / whole for score in row]
        for line, row in zip(lines, scores, strict=True)
    }


def typed_in(path: Path, datasets: Collection[str]) -> list[TypedIn]:
    """The scores of a table as rows beside results. Raises `DataError` as `read_table`, `UsageError` for other data."""
    columns, scores = read_table(path)
    for name in columns:
        if name not in datasets:
            raise unknown("dataset of these runs", name, datasets, listed="Datasets")
    return [
        TypedIn(dataset=dataset, model=model, accuracy=score, file=path.name)
        for model, of_model in scores.items()
        for dataset, score in zip(columns, of_model, strict=True)
        if score is not None
    ]


def ranking_of_table(
    path: Path, procedure: str = HOLM, against: str | None = None, rope: float | None = None
) -> Ranking:
    """The ranking of the models with a score on every dataset; no tests of single datasets share its level.

    Raises `DataError` for under two such models or two datasets, `UsageError` if none is named `against`.
    """
    datasets, scores = read_table(path)
    missing = {m: [d for d, s in zip(datasets, of, strict=True) if s is None] for m, of in scores.items()}
    whole = [model for model, lacking in missing.items() if not lacking]
    if len(datasets) < _LEAST or len(whole) < _LEAST:
        raise DataError(f"{str(path)!r} must have two or more datasets, and two or more models with a score on each")
    if against is not None and against not in whole:
        raise unknown("model with a score on each dataset", against, whole)
    table = np.array([scores[model] for model in whole], float).T
    return Ranking(
        metric="score",
        datasets=datasets,
        models=[ModelKey("", model) for model in whole],
        scores=table,
        procedure=procedure,
        against=None if against is None else ModelKey("", against),
        left_out={ModelKey("", model): lacking for model, lacking in missing.items() if lacking},
        of_seeds=[[np.array([score]) for score in row] for row in table.tolist()],
        rope=rope,
        alone=True,
    )
