"""Report of `seqbench tune`: the best of each model, its worth on other sentences, what to expect of n trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from seqbench.cli.terminal import echo, echo_rendered
from seqbench.reporting.search_report import SearchReport
from seqbench.reporting.table import Table, json_text, rendered
from seqbench.results.request_records import SearchTrial
from seqbench.running.searched_model import searched_models

if TYPE_CHECKING:
    from seqbench.running.tuning import Tuning

_AFTER = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_CORRECTED = (
    "corrected: the best is chosen again on sentences of dev drawn at random, and scored on the others (Tsamardinos et "
    "al. 2018), since the highest of many scores is too high; the epoch is not chosen again. --tune-split SHARE holds "
    "sentences out of all choices instead."
)
_HELD_OUT = "held out: the best, on sentences of dev that took no part in any choice (--tune-split)."
_BAND = (
    "E[best of n]: expected after n trials (Dodge et al. 2019), between bounds that hold for all n at once at 95 %, "
    "scores not found being anywhere from 0 to 100; compare models at equal n."
)
_NOT_INDEPENDENT = (
    "That formula takes trials as independent draws, which those of this sampler are not, and so do the bounds."
)


_FIXED = 'nothing to search, no field declares a Range: `rate: Annotated[float, "...", Range(0, 1)]`'


def print_searches(tuning: Tuning, trials_of: Mapping[str, list[SearchTrial]], form: str) -> None:
    """Print the expected best score after n trials, and the best spec of each model."""
    reports = [SearchReport(model) for model in searched_models(tuning, trials_of)]
    if form == "json":
        echo_rendered(json_text({"models": [report.plain() for report in reports]}))
        return
    echo_rendered(rendered(_table(tuning, reports), form))
    if best := [report.spec for report in reports if report.spec]:
        echo("\nbest of each, to be run on test:")
        for spec in best:
            echo(f"  {spec}")


def _table(tuning: Tuning, reports: Sequence[SearchReport]) -> Table:
    most = max(len(report.trials) for report in reports)
    after = [n for n in _AFTER if n < most] + [most]
    held_out = any(report.held_out is not None for report in reports)
    checked = "held out" if held_out else "corrected"
    columns = ["model", "trials", "pruned", "failed", "best", checked, *(f"E[best of {n}]" for n in after)]
    notes = [f"{tuning.scores.selection} on dev in %.", _HELD_OUT if held_out else _CORRECTED, _BAND]
    if tuning.effort.sampler != "random":
        notes.append(_NOT_INDEPENDENT)
    fixed = [report.model.label for report in reports if not report.model.searchable]
    notes += [f"{label}: {_FIXED}" for label in fixed]
    rows = [report.row(after) for report in reports]
    return Table("hyperparameters chosen on dev; test was not touched", columns, rows, notes)
