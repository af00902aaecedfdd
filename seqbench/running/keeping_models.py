"""Keeping the models of trials: in the process of the trial what was learned, in that of the run the rest.

Of several seeds the best one is that with the highest score on dev, never on test; without dev the first.
"""

from __future__ import annotations

import math
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from msgspec import structs

from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.data.dataset import Dataset
from seqbench.errors import SeqbenchError
from seqbench.registry.discovery import Registry
from seqbench.results.cold_start import COLD_START, cold_start_seconds
from seqbench.results.model_folder import is_kept, place_of, read_record, write_model
from seqbench.results.model_record import ModelRecord
from seqbench.results.process_identity import temporary
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.trained_model import Keep, put, record_of
from seqbench.scoring.reference import Reference


@dataclass(kw_only=True)
class Keeping:
    """The models that a run keeps, each in a folder of its own below `models/`; none where `keep` is None.

    A model is written under another name first and put in its place whole, as trials are.
    """

    store: Store
    plan: Plan
    registry: Registry
    datasets: Mapping[str, Dataset]
    note: Callable[[str], None]
    folders: dict[str, Path] = field(default_factory=dict)

    @property
    def keep(self) -> Keep | None:
        """Option that says which models are kept."""
        return self.plan.keep

    @cached_property
    def references(self) -> dict[str, Reference]:
        """The test sets, by fingerprint."""
        return {name: Reference.of(dataset, self.plan.spans) for name, dataset in self.datasets.items()}

    def lacking(self, trials: Sequence[TrialRequest]) -> list[TrialRequest]:
        """The trials that run again, since their models are to be kept and are not; finished ones are told of."""
        if self.keep is None:
            return []
        self._take_over(trials)
        compared: dict[tuple[str, str], set[str]] = defaultdict(set)
        for trial in trials:
            if is_kept(self._place(trial)):
                worse = read_record(self._place(trial)).compared if self.keep.which == "best" else ()
                compared[_model(trial)] |= {trial.key, *worse}
        lacking = [trial for trial in trials if trial.key not in compared[_model(trial)]]
        for trial in lacking:
            if self.store.is_finished(trial):
                self.note(f"{trial.name} runs again: it is finished, but its model was not kept")
        return lacking

    def begun(self, trial: TrialRequest) -> TrialRequest:
        """The trial with a new folder to write its model into."""
        if self.keep is None:
            return trial
        self.folders[trial.key] = folder = temporary(self._place(trial)).absolute()
        shutil.rmtree(folder, ignore_errors=True)
        return replace(trial, keep=str(folder))

    def finish(self, trial: TrialRequest, result: TrialResult) -> None:
        """Put the model of a finished trial in its place; say so where it cannot be kept."""
        folder = self.folders.pop(trial.key, None)
        if self.keep is None or folder is None:
            return
        try:
            kept = result.kept or {}
            if "error" in kept:
                self.note(f"warning: {trial.name}: {kept['error']}")
            elif result.failure is None and kept:
                dataset = self.datasets[trial.dataset.fingerprint]
                write_model(folder, record_of(trial, result, dataset, self.registry, self.keep.intervals))
                put(folder, self._place(trial))
        except (OSError, SeqbenchError, ValueError, TypeError, LookupError) as error:  # some is a stranger's
            self.note(f"warning: {trial.name}: its model is not kept: {error}")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def choose(self, trials: Sequence[TrialRequest]) -> None:
        """Leave the best one of the kept seeds of each model, where that is what is to be kept.

        The cold start of the models that stay is measured, where that is wanted.
        """
        if self.keep is not None:
            self._take_over(trials)
        if self.keep is not None and self.keep.which == "best":
            self._choose_best(trials)
        if self.keep is not None and self.keep.cold_start:
            self._measure_cold_starts(trials)

    def _take_over(self, trials: Sequence[TrialRequest]) -> None:
        """Keep the model of a trial that another label has too under each of its labels."""
        for trial in trials:
            target = self._place(trial)
            others = target.parent.glob(f"*-s{trial.seed}-{trial.key}")
            other = next((folder for folder in others if is_kept(folder)), None)
            if other is None or is_kept(target):
                continue
            folder = temporary(target)
            shutil.copytree(other, folder)
            write_model(folder, structs.replace(read_record(other), label=trial.label))
            put(folder, target)

    def _measure_cold_starts(self, trials: Sequence[TrialRequest]) -> None:
        """Write into the trial of each kept model how long a new process takes to load it and to tag a word."""
        for trial in trials:
            record = self.store.trial(trial)
            if record is None or not is_kept(self._place(trial)) or record.timings.get(COLD_START) is not None:
                continue
            seconds = cold_start_seconds(self._place(trial))
            if seconds is None:
                self.note(f"note: {trial.name}: no cold start, since a new process cannot tag words alone with it")
            timings = {**record.timings, COLD_START: seconds}
            self.store.write_trial(structs.replace(record, timings=timings), self.store.trial_arrays(record))

    def _choose_best(self, trials: Sequence[TrialRequest]) -> None:
        groups: dict[tuple[str, str], list[TrialRequest]] = defaultdict(list)
        for trial in trials:
            if is_kept(self._place(trial)):
                groups[_model(trial)].append(trial)
        for of_model in groups.values():
            self._choose(of_model)

    def _choose(self, trials: Sequence[TrialRequest]) -> None:
        """Leave the model with the highest score on dev, of equals the one of the lowest seed."""
        places = {trial.key: self._place(trial) for trial in trials}
        records = {key: read_record(path) for key, path in places.items()}
        best = max(records, key=lambda key: (_score(records[key]), -records[key].seed))
        if len(trials) > 1 and records[best].dev_score is None:
            self.note(f"note: {records[best].label}: there is no dev data to choose by; its first seed is kept")
        compared = {*records, *(key for record in records.values() for key in record.compared)} - {best}
        if compared != set(records[best].compared):
            write_model(places[best], structs.replace(records[best], compared=tuple(sorted(compared))))
        for key in records.keys() - {best}:
            shutil.rmtree(places[key])

    def _place(self, trial: TrialRequest) -> Path:
        """Where the model of a trial lies once it is kept."""
        return place_of(self.store.folder, trial.label, trial.seed, trial.key)


def _score(record: ModelRecord) -> float:
    return -math.inf if record.dev_score is None else record.dev_score


def _model(trial: TrialRequest) -> tuple[str, str]:
    return trial.dataset.fingerprint, trial.label
