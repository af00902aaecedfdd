"""Table of how far the lead of the best model hangs on the analysis: on score, slice, repeats, seeds and unit."""

from __future__ import annotations

from collections.abc import Iterator

from seqbench.sections import DatasetReport, Table, beside_the_best, multiverse_table, of_the_first


def section(report: DatasetReport) -> Iterator[Table]:
    """The best model beside each other one, where all tokens were predicted by the same models: not over folds."""
    if report.predictions is None or report.predictions.folds:
        return
    if pairs := of_the_first(beside_the_best(report.predictions.complete())):
        yield multiverse_table(pairs, report.names)
