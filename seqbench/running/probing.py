"""Probing: trials at the levels of probes that the search asks for, round by round, in one run folder that resumes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

from seqbench.contracts.convergence import PATIENCE, Convergence
from seqbench.contracts.trial import TrialRequest
from seqbench.data.ceilings import Ceilings
from seqbench.data.dataset import Dataset
from seqbench.errors import UsageError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.models import Model
from seqbench.registry.probes import Probe
from seqbench.registry.specs import Spec
from seqbench.results.capability_profile import CapabilityProfile, ProbeAxis, ProbeCell, bracketed
from seqbench.results.store import Store
from seqbench.running import devices, runner
from seqbench.running.difficulty_search import next_level
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.plan import Cell, Plan, requests
from seqbench.running.request import Note, RunRequest, models_of, specs_of

_OUT: Mapping[str, object] = {"schedule": "constant", "anneal_factor": 0.5}
_SMALL: Mapping[str, object] = {"embedding_dim": 32, "hidden_dim": 64, "subwords": False}

Search = tuple[str, str, int]
"""Text of a probe, label of a model, seed."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits of every training: most epochs, and epochs in which dev does not rise after which it ends."""

    epochs: int = 25
    patience: int = PATIENCE


def training_out(request: RunRequest, registry: Registry, limits: Limits) -> RunRequest:
    """The request with what trains a model out: many epochs, no dropout, a learning rate that falls on plateaus.

    Models are small, and read no parts of words, since words of probes have none. Fields that a model does not have
    are left out; what a spec sets itself stays.
    """
    specs, models = specs_of(request, registry), models_of(request, registry, lambda _: None)
    out = [_with_fields(spec, model, limits) for spec, model in zip(specs, models, strict=True)]
    return replace(request, models=out)


def _with_fields(spec: Spec, model: Model, limits: Limits) -> Spec:
    no_dropout = {name: 0.0 for name, value in model.fields.items() if name.endswith("dropout") and value}
    plateau = max(1, limits.patience // 3)  # so that a training has two of them before it ends
    settings = {"epochs": limits.epochs, "anneal_patience": plateau, **_OUT, **_SMALL, **no_dropout}
    own = {name: value for name, value in settings.items() if name in model.fields}
    return Spec(spec.label, spec.name, {**own, **spec.fields})


def plan_without_data(request: RunRequest, registry: Registry, note: Note) -> Plan:
    """The plan of a probing, whose request is one of `training_out`; each round has its own datasets."""
    models = models_of(replace(request, plugins=()), registry, note)  # the registry has the plugins since then
    device = devices.resolve(request.device, models)
    same = {"device": device, "threads": request.threads, "plugins": [file.resolve() for file in request.plugins]}
    return Plan([], models, request.seeds, command=request.command, **same)  # type: ignore[arg-type]


@dataclass
class Probing:
    """The search for the levels that models reach; `plan` has no datasets."""

    plan: Plan
    probes: Sequence[Probe]
    registry: Registry
    store: Store
    ways: Ways
    limits: Limits
    cells: dict[Search, dict[int, ProbeCell]] = field(default_factory=lambda: defaultdict(dict))
    _datasets: dict[tuple[str, int], Dataset] = field(default_factory=dict)

    def run(self, note: Note) -> CapabilityProfile:
        """Run round after round until every bisection is over."""
        number = 0
        while missing := self._wanted():
            number += 1
            trials = sum(map(len, missing.values()))
            note(f"round {number}: {trials} trial{'s' * (trials != 1)}")
            self._round(missing, note)
        return self.profile

    @property
    def profile(self) -> CapabilityProfile:
        """Profile as far as it is known."""
        axes = [_axis(probe) for probe in self.probes]
        specs = {model.label: model.spec for model in self.plan.models}
        cells = [cell for levels in self.cells.values() for cell in levels.values()]
        return CapabilityProfile(axes=axes, specs=specs, cells=cells, **asdict(self.limits))

    @cached_property
    def _searches(self) -> list[tuple[Probe, Model, int]]:
        seeds = range(self.plan.seeds) if isinstance(self.plan.seeds, int) else self.plan.seeds
        return [
            (probe, model, seed)
            for probe in self.probes
            for model in self.plan.models
            for seed in ((0,) if model.deterministic else seeds)
        ]

    def _wanted(self) -> dict[tuple[Probe, int], list[tuple[Model, int]]]:
        """The models and seeds that are to be tried next, by probe and level."""
        missing = defaultdict(list)
        for search in self._searches:
            for level in self._next(*search):
                missing[search[0].text, level].append(search[1:])
        by_text = {probe.text: probe for probe in self.probes}
        return {(by_text[text], level): pairs for (text, level), pairs in missing.items()}

    def _next(self, probe: Probe, model: Model, seed: int) -> set[int]:
        """The levels to try next, against each of the two ceilings; other seeds wait for where the first one ends."""
        first = next(other for same, known, other in self._searches if (same, known) == (probe, model))
        if seed != first and self._next(probe, model, first):
            return set()
        levels, missing = len(probe.levels), set()
        for of_sight in (False, True):
            near, ended = (self._near((probe.text, model.label, s), of_sight=of_sight) for s in (seed, first))
            expected = None if seed == first else bracketed(levels, ended)[0]
            missing.add(next_level(levels, near, expected))
        return {level for level in missing if level is not None}

    def _near(self, search: Search, *, of_sight: bool) -> dict[int, bool]:
        return {level: cell.near(of_sight=of_sight) for level, cell in self.cells[search].items()}

    def _round(self, missing: Mapping[tuple[Probe, int], Sequence[tuple[Model, int]]], note: Note) -> None:
        """Run the trials of one round, and take their results."""
        data = {key: self._dataset(*key) for key in missing}
        patience = self.limits.patience
        cells: dict[Cell, Convergence] = {
            (data[key].fingerprint, model.label, seed): Convergence.near(_ceilings(data[key], model)[1], patience)
            for key, pairs in missing.items()
            for model, seed in pairs
        }
        models = [model for model in self.plan.models if any(label == model.label for _, label, _ in cells)]
        plan = replace(self.plan, datasets=list(data.values()), models=models, cells=cells)
        executor = executor_for(self.ways, self.registry, plan.datasets, [model.spec for model in models])
        runner.run(plan, self.registry, self.store, note, executor)
        trials = {(trial.dataset.fingerprint, trial.label, trial.seed): trial for trial in requests(plan)}
        for (probe, level), pairs in missing.items():
            dataset = data[probe, level]
            for model, seed in pairs:
                trial = trials[dataset.fingerprint, model.label, seed]
                if failure := self.store.failure(trial):
                    note(f"failed: {trial.name}: {failure.failure.error}")
                cell = self._cell(probe, level, dataset, model, trial)
                self.cells[probe.text, model.label, seed][level] = cell

    def _dataset(self, probe: Probe, level: int) -> Dataset:
        if (probe.text, level) not in self._datasets:
            dataset = load(probe.data(probe.levels[level]), self.registry)
            if dataset.ceilings is None or dataset.dev is None:
                raise UsageError(f"{dataset.name} is no probe: it needs seqbench.Ceilings and a dev set")
            self._datasets[probe.text, level] = dataset
        return self._datasets[probe.text, level]

    def _cell(self, probe: Probe, level: int, dataset: Dataset, model: Model, trial: TrialRequest) -> ProbeCell:
        record = self.store.trial(trial)
        any_tagger, own = _ceilings(dataset, model)
        converged = trial.convergence is not None and record is not None and trial.convergence.trained_out(record.curve)
        return ProbeCell(
            probe=probe.text,
            level=level,
            dataset=dataset.name,
            model=model.label,
            seed=trial.seed,
            accuracy=record.score("accuracy") if record else None,
            ceiling=any_tagger,
            ceiling_of_sight=own,
            tokens=dataset.test.tokens,
            trained_out=converged,
        )


def _ceilings(dataset: Dataset, model: Model) -> tuple[float, float]:
    """The ceilings of all taggers, and of those that see as much as a model."""
    ceilings = dataset.ceilings or Ceilings(any=1, left_to_right=1)
    return ceilings.any, ceilings.of_sight(*model.sight)


def _axis(probe: Probe) -> ProbeAxis:
    difficulty = probe.difficulty
    return ProbeAxis(
        probe=probe.text, option=difficulty.option, measures=difficulty.measures, levels=list(probe.levels)
    )
