"""The plan of a run: its grid of trials, and what run.json says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from seqbench.contracts.convergence import Convergence
from seqbench.contracts.metric import SpanSettings
from seqbench.contracts.trial import DatasetReference, Selection, TrialRequest
from seqbench.contracts.trial_key import RESULT_VERSION, key_of
from seqbench.data import audit
from seqbench.data.dataset import Dataset
from seqbench.data.next_word import task_of
from seqbench.data.repeated_sentences import repeated
from seqbench.registry import provenance
from seqbench.registry.entries import Entry, Plugin
from seqbench.registry.models import Model
from seqbench.registry.tagger_code import code_of
from seqbench.results import environment
from seqbench.results.paths import portable_label
from seqbench.results.records import DatasetSummary, Json, Manifest, ModelSummary, SplitSizes, WantedTrial
from seqbench.results.request_records import SeedsUntil
from seqbench.results.store import Store
from seqbench.running import devices
from seqbench.running.stopping_rule import StoppingRule
from seqbench.running.trained_model import Keep
from seqbench.version import __version__

Cell: TypeAlias = tuple[str, str, int]
"""Fingerprint of a dataset, label of a model, seed."""


@dataclass(frozen=True)
class Plan:
    """Grid of trials, and the device, threads and seconds of fit that are the same for all of them.

    `planned` are the options that ask for the same again; `fresh`: what is finished already counts for nothing.
    `selections` are the metrics that choose on dev, by the fingerprint of a dataset; without one accuracy does. `keep`
    says which models are kept. `cells`, where it is there, are the only trials of the grid that are wanted, by the
    fingerprint of the dataset, the label of the model and the seed, and where the training of each may end early.
    `until` adds seeds, look by look.
    """

    datasets: Sequence[Dataset]
    models: Sequence[Model]
    seeds: int | Sequence[int] = 1
    device: str = "cpu"
    threads: int = 1
    plugins: Sequence[Path] = ()
    command: Sequence[str] = ()
    budget: float | None = None
    planned: Mapping[str, object] | None = None
    fresh: bool = False
    spans: SpanSettings = field(default_factory=SpanSettings)
    selections: Mapping[str, Selection] = field(default_factory=dict)
    keep: Keep | None = None
    cells: Mapping[Cell, Convergence | None] | None = None
    until: StoppingRule | None = None


def unfinished(plan: Plan, store: Store, trials: Sequence[TrialRequest]) -> list[TrialRequest]:
    """The trials that have to be run."""
    known = set() if plan.fresh else store.keys()
    return [trial for trial in trials if trial.key not in known]


def requests(plan: Plan) -> Iterator[TrialRequest]:
    """The trials of a plan, dataset by dataset, model by model, seed by seed; a deterministic tagger has one."""
    code = {model.label: _code(model) for model in plan.models}
    for dataset in plan.datasets:
        reference = DatasetReference(dataset.name, dataset.source, dataset.fingerprint)
        for model in plan.models:
            for seed in _seeds(plan, model):
                if plan.cells is not None and (dataset.fingerprint, model.label, seed) not in plan.cells:
                    continue
                yield _request(plan, reference, model, seed, code[model.label])


def _seeds(plan: Plan, model: Model) -> Sequence[int]:
    """The seeds of a model: one for a deterministic tagger, which none changes."""
    if model.deterministic:
        return (0,)
    return range(plan.seeds) if isinstance(plan.seeds, int) else plan.seeds


def _request(
    plan: Plan, dataset: DatasetReference, model: Model, seed: int, code: Mapping[str, object]
) -> TrialRequest:
    device = devices.of_model(model, plan.device)
    identity = {
        "dataset": dataset.fingerprint,
        "spec": _without_folders(model),
        "seed": seed,
        "device": devices.kind_of(device),
        "threads": plan.threads,
        "result_version": RESULT_VERSION,
        "code": code,
    }
    stated = {"task": task_of(dataset.source), "budget": plan.budget, "scheme": plan.spans.scheme}
    identity |= {name: value for name, value in stated.items() if value is not None}
    if (select := plan.selections.get(dataset.fingerprint)) is not None:
        identity["select"] = asdict(select)
    convergence = (plan.cells or {}).get((dataset.fingerprint, model.label, seed))
    if convergence is not None:
        identity["convergence"] = convergence.rule
    key = key_of(identity)
    files = tuple(str(file) for file in plan.plugins)
    conditions = device, plan.threads, plan.budget
    further = files, plan.spans.scheme, select
    names = model.label, model.spec, seed
    return TrialRequest(key, identity, *names, dataset, *conditions, *further, convergence=convergence)


def _without_folders(model: Model) -> str:
    """The spec of a model with files whose contents count by their last part, and other paths as in a label."""
    spec = model.spec
    for part in _with_parts(model):
        for name, path in part.files.items():
            spec = spec.replace(str(part.fields[name]), path.name or str(path))
    return portable_label(spec)


def _with_parts(model: Model) -> list[Model]:
    """A model, those that it is made of, those that these are made of..."""
    return [model, *(inner for part in model.parts for inner in _with_parts(part))]


def _code(model: Model) -> dict[str, object]:
    """Code that decides a model's results beside its spec: its plugin's, the files that it names, and its parts."""
    further: dict[str, object] = {}
    if model.files:
        further["files"] = {name: provenance.contents_of(path) for name, path in model.files.items()}
    if model.parts:
        further["parts"] = [{"spec": _without_folders(part), **_code(part)} for part in model.parts]
    return {**code_of(model.entry), **further}


def manifest(plan: Plan, trials: Sequence[TrialRequest], metrics: Mapping[str, str]) -> Manifest:
    """Manifest that run.json holds."""
    entries = {part.entry.name: part.entry for model in plan.models for part in _with_parts(model)}.values()
    plugins = list(dict.fromkeys(entry.plugin for entry in entries))
    return Manifest(
        seqbench=__version__,
        result_version=RESULT_VERSION,
        command=tuple(plan.command),
        plan=dict(plan.planned) if plan.planned is not None else None,
        folder=str(Path.cwd()),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        device=plan.device,
        threads=plan.threads,
        budget=plan.budget,
        versions=dict(provenance.versions(p.distribution for p in plugins if p.distribution)),
        plugins=(*_described(plugins, entries), *_further_files(plan.plugins, plugins)),
        machine=dict(environment.machine()),
        datasets=tuple(summary_of(dataset) for dataset in plan.datasets),
        warnings=tuple(audit.alike(plan.datasets)),
        models=tuple(ModelSummary(label=m.label, spec=m.spec, deterministic=m.deterministic) for m in plan.models),
        metrics=dict(metrics),
        trials=tuple(wanted(trial) for trial in trials),
        until=SeedsUntil(rule=plan.until.name, most=plan.until.looks[-1]) if plan.until else None,
    )


def _described(plugins: Sequence[Plugin], entries: Collection[Entry]) -> tuple[dict[str, Json], ...]:
    """Descriptions of the plugins for run.json; nothing of one that exists in this process only."""
    return tuple(provenance.described(p, [e for e in entries if e.plugin == p]) for p in plugins if not p.once)


def _further_files(files: Sequence[Path], plugins: Sequence[Plugin]) -> Iterator[dict[str, Json]]:
    """Descriptions of plugin files that no model of a plan is from: readers, metrics, listeners."""
    own = {plugin.file for plugin in plugins}
    yield from (provenance.described(Plugin(file.stem, file=file), ()) for file in files if file not in own)


def wanted(trial: TrialRequest) -> WantedTrial:
    """A trial as run.json names it."""
    return WantedTrial(dataset=trial.dataset.fingerprint, label=trial.label, seed=trial.seed, key=trial.key)


def summary_of(dataset: Dataset) -> DatasetSummary:
    """A dataset as run.json tells of it."""
    again = int(repeated(dataset.test.sentences, dataset.train.sentences).sum())
    return DatasetSummary(
        name=dataset.name,
        fingerprint=dataset.fingerprint,
        ceiling=dataset.ceiling,
        ceilings=dataset.ceilings,
        source=dataset.source,
        notes=dataset.notes,
        origin=dataset.origin,
        drawn=dict(dataset.drawn),
        sentences=SplitSizes(train=len(dataset.train), test=len(dataset.test), repeated=again),
    )
