"""Search of one model for hyperparameters: what is tried next, and what was tried, kept in a journal on disk.

Optuna draws and prunes. A draw depends on the number of the trial alone, so that a search that was stopped goes on
as if it had not been.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import FrozenTrial, Trial, TrialState

from seqbench.contracts.hyperparameters import Range
from seqbench.results.request_records import SearchTrial

_APART = 1_000_003  # between the seeds of two trials
_FULL = 4  # trials that are never pruned, which later ones are held against


@dataclass
class Search:
    """The study of one model; `sampler` is "random" or "tpe"."""

    study: optuna.Study
    ranges: Mapping[str, BaseDistribution]
    sampler: str
    seed: int

    @classmethod
    def open(cls, journal: Path, name: str, ranges: Mapping[str, Range], sampler: str, seed: int) -> Search:
        """The study of this name in a journal, begun before or new."""
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        storage = JournalStorage(JournalFileBackend(str(journal)))
        pruner = optuna.pruners.MedianPruner(n_startup_trials=_FULL, n_warmup_steps=1)
        study = optuna.create_study(
            storage=storage, study_name=name, direction="maximize", pruner=pruner, load_if_exists=True
        )
        return cls(study, {field: _distribution(values) for field, values in ranges.items()}, sampler, seed)

    def ask(self) -> Trial:
        """The next trial."""
        number = len(self.study.get_trials(deepcopy=False))
        seed = self.seed + number * _APART
        samplers = {"random": optuna.samplers.RandomSampler, "tpe": optuna.samplers.TPESampler}
        self.study.sampler = samplers[self.sampler](seed=seed)
        return self.study.ask(dict(self.ranges))

    def interrupted(self) -> Iterator[Trial]:
        """Trials that were asked for, and whose end was never told."""
        for trial in self.study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
            yield Trial(self.study, trial._trial_id)  # noqa: SLF001 -- Optuna has no other way to go on with a trial

    def falls_behind(self, trial: Trial, epoch: int, score: float) -> bool:
        """Whether a trial is under the median of earlier ones at this epoch."""
        trial.report(score, epoch)
        return bool(trial.should_prune())

    def tell(self, trial: Trial, score: float | None, *, pruned: bool) -> None:
        """End a trial; None is a failure."""
        if score is None:
            self.study.tell(trial, state=TrialState.FAIL)
            return
        trial.set_user_attr("pruned", pruned)
        self.study.tell(trial, score)

    def ended(self) -> list[SearchTrial]:
        """Trials that have ended, in the order of their numbers."""
        ended = self.study.get_trials(deepcopy=False, states=(TrialState.COMPLETE, TrialState.FAIL))
        return [_ended(trial) for trial in sorted(ended, key=lambda trial: trial.number)]


def _ended(trial: FrozenTrial) -> SearchTrial:
    failed = trial.state == TrialState.FAIL
    pruned = bool(trial.user_attrs.get("pruned", False))
    return SearchTrial(trial.number, trial.params, None if failed else trial.value, pruned)


def _distribution(values: Range) -> BaseDistribution:
    if values.choices:
        return CategoricalDistribution(values.choices)
    if isinstance(values.low, int) and isinstance(values.high, int):
        return IntDistribution(values.low, values.high, log=values.log)
    return FloatDistribution(values.low, values.high, log=values.log)
