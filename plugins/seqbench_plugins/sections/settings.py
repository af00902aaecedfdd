"""The hyperparameters of each model, those at their defaults too."""

from __future__ import annotations

from collections.abc import Iterator

from seqbench import SeqbenchError, parse
from seqbench.sections import DatasetReport, Table


def section(report: DatasetReport) -> Iterator[Table]:
    """A table with a row for each hyperparameter of each model."""
    rows = [[report.names[row.key], *cells] for row in report.rows for cells in _fields(row.spec)]
    yield Table("Hyperparameters", ["model", "hyperparameter", "value"], rows)


def _fields(spec: str) -> list[list[str]]:
    """Each field with its value; the spec as it stands if it is none of a tagger."""
    try:
        fields = parse(spec).fields
    except SeqbenchError:
        return [["-", spec]]
    return [[name, repr(value)] for name, value in sorted(fields.items())] or [["-", "none"]]
