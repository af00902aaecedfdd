"""Report of `seqbench tune`: the best of each model, its worth on other sentences, what to expect of n trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from seqbench.cli.terminal import echo, echo_rendered
from seqbench.comparing.statistics.best_of_many import FEWEST, corrected_best
from seqbench.comparing.statistics.expected_best import expected_best, expected_best_band
from seqbench.registry.specs import written
from seqbench.reporting.table import Table, json_text, rendered

if TYPE_CHECKING:
    from seqbench.running.search import SearchTrial
    from seqbench.running.tuning import Candidate, Tuning

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


@dataclass(frozen=True, eq=False)
class SearchReport:
    """Findings of a search for one model."""

    tuning: Tuning
    candidate: Candidate
    trials: Sequence[SearchTrial]

    @cached_property
    def scores(self) -> list[float]:
        """Scores of the trials that have one, on the sentences that choose."""
        return [trial.score for trial in self.trials if trial.score is not None]

    @cached_property
    def best(self) -> SearchTrial | None:
        """The trial with the best score, the first of several; None if no trial finished."""
        finished = [trial for trial in self.trials if trial.score is not None]
        return max(finished, key=lambda trial: (trial.score, -trial.number), default=None)

    @property
    def spec(self) -> str | None:
        """The spec of the best trial, to be run on test."""
        name = self.candidate.model.entry.name
        fields = {**self.candidate.fixed, **self.best.fields} if self.best else {}
        return f"tuned-{name}={written(name, fields)}" if self.best else None

    @cached_property
    def held_out(self) -> float | None:
        """The score of the best trial on sentences that were held out; None if there are none."""
        return self.tuning.scores.held_out(self.tuning.predicted(self.candidate, self.best)) if self.best else None

    @cached_property
    def corrected(self) -> float | None:
        """The score of the best trial, corrected for the choice; None where the metric cannot be recounted."""
        finished = [trial for trial in self.trials if trial.score is not None]
        counted = self.tuning.scores.counts([self.tuning.predicted(self.candidate, trial) for trial in finished])
        if counted is None or counted[0].shape[1] < FEWEST:
            return None
        counts, metric = counted
        return corrected_best(counts, metric.score)

    def plain(self) -> dict[str, object]:
        """The report as JSON has it."""
        after = range(1, len(self.scores) + 1)
        return {
            "model": self.candidate.model.label,
            "metric": str(self.tuning.scores.selection),
            "best": self.spec,
            "corrected": self.corrected,
            "held_out": self.held_out,
            "trials": [{**asdict(trial), "fields": dict(trial.fields)} for trial in self.trials],
            "expected_best": [expected_best(self.scores, n) for n in after],
            "expected_best_band": [expected_best_band(self.scores, n) for n in after],
        }

    def row(self, after: Sequence[int]) -> list[str]:
        """The cells of the table."""
        counts = [len(self.trials), sum(trial.pruned for trial in self.trials), len(self.trials) - len(self.scores)]
        best = max(self.scores, default=None)
        expected = [_expected(self.scores, n) if n <= len(self.scores) else "-" for n in after]
        return [self.candidate.model.label, *map(str, counts), _cell(best), _cell(self._checked), *expected]

    @property
    def _checked(self) -> float | None:
        return self.corrected if self.held_out is None else self.held_out


def print_searches(tuning: Tuning, trials_of: Mapping[str, list[SearchTrial]], form: str) -> None:
    """Print the expected best score after n trials, and the best spec of each model."""
    reports = [SearchReport(tuning, candidate, trials_of[candidate.model.label]) for candidate in tuning.candidates]
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
    fixed = [report.candidate.model.label for report in reports if not report.candidate.ranges]
    notes += [f"{label}: nothing to search, it declares no ranges" for label in fixed]
    rows = [report.row(after) for report in reports]
    return Table("hyperparameters chosen on dev; test was not touched", columns, rows, notes)


def _cell(score: float | None) -> str:
    return "-" if score is None else f"{100 * score:.2f}"


def _expected(scores: Sequence[float], trials: int) -> str:
    low, high = expected_best_band(scores, trials)
    return f"{_cell(expected_best(scores, trials))} [{_cell(low)}, {_cell(high)}]"
