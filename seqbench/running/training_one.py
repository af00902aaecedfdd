"""One model trained on one dataset with one seed, and kept in a folder: no run, no comparison."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.errors import StoreError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.results.model_folder import is_kept, write_model
from seqbench.results.model_record import ModelRecord
from seqbench.results.process_identity import temporary
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.plan import Plan, requests
from seqbench.running.trained_model import Intervals, put, record_of
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored


def train(plan: Plan, registry: Registry, folder: Path, intervals: Intervals, ways: Ways) -> ModelRecord:
    """Train the only model of a plan with its only seed, and keep it; the record of the model.

    Raises `UsageError` if the plan has several trials, `StoreError` if training or keeping fails.
    """
    trials = list(requests(plan))
    if len(trials) != 1:
        raise UsageError(
            f"train makes one model on one dataset, not {len(trials)}; 'seqbench run --keep all' keeps many"
        )
    refuse_other_files(folder)
    unfinished = temporary(folder.absolute())
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir(parents=True)
        result = _performed(plan, registry, replace(trials[0], keep=str(unfinished)), ways)
        _refuse_failure(trials[0], result)
        record = write_model(unfinished, record_of(trials[0], result, plan.datasets[0], registry, intervals))
        put(unfinished, folder.absolute())
    except OSError as error:
        raise StoreError(f"cannot keep a model in {str(folder)!r}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return record


def refuse_other_files(folder: Path) -> None:
    """Raises `StoreError` if a folder is there and holds anything but a model, which would be replaced."""
    if folder.exists() and not (folder.is_dir() and (is_kept(folder) or not any(folder.iterdir()))):
        raise StoreError(f"{str(folder)!r} is there and is no model; choose another --out")


def _refuse_failure(trial: TrialRequest, result: TrialResult) -> None:
    """Raises `StoreError` if a trial failed, or its tagger was not saved."""
    kept = result.kept or {"error": "it was not saved"}
    reason = result.failure.error if result.failure else kept.get("error")
    if reason:
        raise StoreError(f"{trial.name}: {reason}")


def _performed(plan: Plan, registry: Registry, trial: TrialRequest, ways: Ways) -> TrialResult:
    executor = executor_for(ways, registry, plan.datasets, [trial.spec])
    registry.emit("run_started", run={}, trials=[trial])
    results = executor.run(
        iter([trial]),
        lambda begun: registry.emit("trial_started", trial=begun),
        lambda of, progress: registry.emit("trial_progressed", trial=of, progress=progress),
    )
    with closing(results):
        _, result = next(results)
    complete = scored(result, Reference.of(plan.datasets[0]), registry)
    registry.emit("trial_finished", trial=trial, result=complete)
    return complete
