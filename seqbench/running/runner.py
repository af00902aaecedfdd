"""A run: every model on every dataset with every seed, under the same conditions; what is finished already is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from seqbench import __version__
from seqbench.data import audit
from seqbench.data.corpus import Dataset
from seqbench.registry import provenance
from seqbench.registry.discovery import Registry
from seqbench.registry.models import Model
from seqbench.results.store import Arrays, Store
from seqbench.running.claims import Claims
from seqbench.running.executors import DatasetReference, Executor, Failure, TrialRequest, TrialResult
from seqbench.running.executors.inline import Inline
from seqbench.running.trial import scored
from seqbench.scoring.metrics import Reference, confusion

RESULT_VERSION = 1
"""Part of every trial's key: raised when seqbench itself would give other results for the same trial."""


@dataclass(frozen=True)
class Plan:
    """What is wanted: the grid of trials, and the device, threads and seconds of fit that are the same for all of them.

    `planned` are the options that ask for the same again; `fresh`: what is finished already counts for nothing.
    """

    datasets: Sequence[Dataset]
    models: Sequence[Model]
    seeds: int = 1
    device: str = "cpu"
    threads: int = 1
    plugins: Sequence[Path] = ()
    command: Sequence[str] = ()
    budget: float | None = None
    planned: Mapping[str, Any] | None = None
    fresh: bool = False


def run(
    plan: Plan, registry: Registry, store: Store, note: Callable[[str], None], executor: Executor | None = None
) -> None:
    """Run what is not finished yet, in this process unless there is an executor; `note` hears what to tell users.

    Each trial is on disk as soon as it is finished. Several processes may run on one folder: each takes trials that no
    other is at work on, and waits for those at the end.
    """
    store.refuse_other("run")
    trials = list(requests(plan))
    about = manifest(plan, trials, {name: entry.summary for name, entry in registry.metrics.items()})
    store.write_json(store.manifest_path, about)
    for warning in about["warnings"]:
        note(f"warning: {warning}")
    for dataset in plan.datasets:
        write_data(store, dataset)
    todo = unfinished(plan, store, trials)
    if not plan.fresh:
        _take_over(store, trials)
    for trial in todo:
        _say_why(store, trial, note)
    if len(todo) < len(trials):
        note(f"{len(trials) - len(todo)} of {len(trials)} trials are finished already and kept")
    chosen = executor or Inline(registry, {dataset.fingerprint: dataset for dataset in plan.datasets})
    references = {dataset.fingerprint: Reference.of(dataset) for dataset in plan.datasets}
    registry.emit("run_started", run=about, trials=todo)
    with Claims(store, fresh=plan.fresh) as claims:
        _execute(chosen, registry, claims, todo, references)
    if claims.elsewhere:
        note(f"{claims.elsewhere} of {len(trials)} trials were run by another process or under another label meanwhile")
    registry.emit("run_finished", run=about)


def unfinished(plan: Plan, store: Store, trials: Sequence[TrialRequest]) -> list[TrialRequest]:
    """The trials that have to be run."""
    known = set() if plan.fresh else store.keys()
    return [trial for trial in trials if trial.key not in known]


def _take_over(store: Store, trials: Sequence[TrialRequest]) -> None:
    """What is finished under another label is not run again: a label determines no result."""
    known = store.keys()
    for trial in trials:
        if trial.key in known and not store.is_finished(trial.label, trial.seed, trial.key):
            store.take_over(trial.label, trial.seed, trial.key)


def _execute(
    executor: Executor,
    registry: Registry,
    claims: Claims,
    todo: Sequence[TrialRequest],
    references: Mapping[str, Reference],
) -> None:
    results = executor.run(
        claims.of(todo),
        lambda trial: registry.emit("trial_started", trial=trial),
        lambda trial, progress: registry.emit("trial_progressed", trial=trial, progress=progress),
    )
    with closing(results):
        for trial, result in results:
            if claims.still_hold(trial):
                reference = references[trial.dataset.fingerprint]
                complete = scored(result, reference, registry)
                save(claims.store, trial, complete, reference)
                registry.emit("trial_finished", trial=trial, result=complete)
            claims.give_up(trial)


def requests(plan: Plan) -> Iterator[TrialRequest]:
    """The trials of a plan, dataset by dataset, model by model, seed by seed; a deterministic tagger has one."""
    code = {model.label: _code(model) for model in plan.models}
    for dataset in plan.datasets:
        reference = DatasetReference(dataset.name, dataset.source, dataset.fingerprint)
        for model in plan.models:
            for seed in range(1 if model.deterministic else plan.seeds):
                yield _request(plan, reference, model, seed, code[model.label])


def key_of(identity: Mapping[str, Any]) -> str:
    """What a trial is known by: 12 hex digits of all that determines its result."""
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:12]


def _request(plan: Plan, dataset: DatasetReference, model: Model, seed: int, code: Mapping[str, Any]) -> TrialRequest:
    identity = {
        "dataset": dataset.fingerprint,
        "spec": model.spec,
        "seed": seed,
        "device": plan.device,
        "threads": plan.threads,
        "result_version": RESULT_VERSION,
        "code": code,
    }
    if plan.budget is not None:
        identity["budget"] = plan.budget
    key = key_of(identity)
    files = tuple(str(file) for file in plan.plugins)
    conditions = plan.device, plan.threads, plan.budget
    return TrialRequest(key, identity, model.label, model.spec, seed, dataset, *conditions, files)


def _code(model: Model) -> dict[str, Any]:
    """What decides a model's results beside its spec: its plugin's code, the files that it names, and its parts."""
    further: dict[str, Any] = {}
    if model.files:
        further["files"] = {name: provenance.contents_of(path) for name, path in model.files.items()}
    if model.parts:
        further["parts"] = [{"spec": part.spec, **_code(part)} for part in model.parts]
    return {**provenance.code_of(model.entry.plugin), **further}


def manifest(plan: Plan, trials: Sequence[TrialRequest], metrics: Mapping[str, str]) -> dict[str, Any]:
    """What run.json holds."""
    plugins = list(dict.fromkeys(part.entry.plugin for model in plan.models for part in (model, *model.parts)))
    return {
        "seqbench": __version__,
        "result_version": RESULT_VERSION,
        "command": list(plan.command),
        "plan": plan.planned,
        "folder": str(Path.cwd()),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "device": plan.device,
        "threads": plan.threads,
        "budget": plan.budget,
        "versions": provenance.versions(p.distribution for p in plugins if p.distribution),
        "plugins": [provenance.described(plugin) for plugin in plugins if not plugin.once],
        "machine": provenance.machine(),
        "datasets": [_described(dataset) for dataset in plan.datasets],
        "warnings": list(audit.alike(plan.datasets)),
        "models": [{"label": m.label, "spec": m.spec, "deterministic": m.deterministic} for m in plan.models],
        "metrics": dict(metrics),
        "trials": [{"dataset": t.dataset.fingerprint, "label": t.label, "seed": t.seed, "key": t.key} for t in trials],
    }


def _described(dataset: Dataset) -> dict[str, Any]:
    names = ("name", "fingerprint", "ceiling", "source", "notes", "origin")
    again = int(audit.repeated(dataset.test.sentences, dataset.train.sentences).sum())
    sizes = {"train": len(dataset.train), "test": len(dataset.test), "repeated": again}
    return {**{name: getattr(dataset, name) for name in names}, "drawn": dict(dataset.drawn), "sentences": sizes}


def write_data(store: Store, dataset: Dataset, *, test: str = "test") -> None:
    """Keep what scores can be taken from again, unless it is there; `test` names the split of the corpus that it is."""
    path = store.folder / "data" / f"{dataset.fingerprint}.json"
    if path.is_file():
        return
    reference = Reference.of(dataset)
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    sizes = {name: {"sentences": len(s), "tokens": s.tokens} for name, s in splits.items() if s}
    about = {"name": dataset.name, "fingerprint": dataset.fingerprint, "source": dataset.source}
    arrays: Arrays = {
        "gold": reference.gold,
        "sentence_offsets": reference.offsets,
        "document_starts": dataset.test.documents,
        "known": reference.known,
        "ambiguous": reference.ambiguous,
        "repeated": reference.repeated,
    }
    tags = {"tags": reference.tags, "learned_tags": reference.learned}
    further = {"splits": sizes, "scored_split": test, "ceiling": dataset.ceiling, "notes": dataset.notes}
    store.write_pair(path, {**about, **tags, **further}, arrays)


def save(store: Store, trial: TrialRequest, result: TrialResult, reference: Reference) -> None:
    """Keep a trial, finished (with its scores) or failed."""
    about = {
        "seqbench": __version__,
        "key": trial.key,
        "identity": trial.identity,
        "label": trial.label,
        "seed": trial.seed,
        "dataset": asdict(trial.dataset),
    }
    failed = store.trial_path(trial.label, trial.seed, trial.key, ".failed.json")
    if result.failure or result.predicted is None:
        failure = result.failure or Failure("", None, "it gave no predictions", "")
        store.write_json(failed, {**about, "failure": {**asdict(failure), "traceback": failure.traceback.splitlines()}})
        return
    found = {"scores": result.scores, "metrics": result.metrics, "timings": result.timings, "curve": result.curve}
    found["notes"] = result.notes
    matrix = confusion(reference.outcome(result.predicted))
    ids = result.predicted.astype(np.min_scalar_type(max(0, len(reference.tags) - 1)))  # a quarter of the bytes
    arrays: Arrays = {"predicted": ids, "confusion": matrix}
    if result.certainty is not None:
        arrays = {**arrays, "certainty": result.certainty}
    store.write_pair(store.trial_path(trial.label, trial.seed, trial.key), {**about, **found}, arrays)
    failed.unlink(missing_ok=True)


def _say_why(store: Store, trial: TrialRequest, note: Callable[[str], None]) -> None:
    """Why a trial runs again that was finished under another key."""
    for earlier in store.earlier(trial.label, trial.seed):
        before = earlier.get("identity", {})
        if before.get("dataset") == trial.identity["dataset"]:
            changed = [name for name, value in trial.identity.items() if before.get(name) != value]
            note(f"{trial.name} runs again: changed since it finished: {', '.join(changed)}")
            return
