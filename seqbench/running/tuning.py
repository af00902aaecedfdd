"""Every model gets as many trials to find its hyperparameters, judged by dev; the test set takes no part.

What is run has dev in the place of test, so that no tagger, worker or file of a search ever holds a test sentence. Each
trial is kept like that of any run, in a run folder that `seqbench show` reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property

import msgspec
import numpy as np
from msgspec.structs import replace as with_fields
from optuna.trial import Trial

from seqbench.contracts.hyperparameters import Range
from seqbench.contracts.trial import Selection, TrialRequest, TrialResult
from seqbench.contracts.trial_key import key_of
from seqbench.data.corpus import Ids
from seqbench.data.cross_validation import dev_name
from seqbench.errors import StoreError
from seqbench.registry.discovery import Registry
from seqbench.registry.models import Model
from seqbench.registry.specs import written
from seqbench.results.files import explained
from seqbench.results.records import Manifest, ModelSummary, TrialRecord
from seqbench.results.request_records import Effort, SearchTrial
from seqbench.results.saving import save_dataset
from seqbench.results.store import Store
from seqbench.results.trial_locks import Locks
from seqbench.running.executors.executor import Executor
from seqbench.running.plan import Plan, manifest, requests
from seqbench.running.search import Search
from seqbench.running.trial_end import Keeper
from seqbench.running.tuning_scores import TuningScores
from seqbench.scoring.reference import Reference


@dataclass(frozen=True)
class Candidate:
    """A model, the hyperparameters that its spec sets, and the ranges of those that are searched."""

    model: Model
    fixed: Mapping[str, object]
    ranges: Mapping[str, Range]

    @classmethod
    def of(cls, model: Model, fixed: Mapping[str, object]) -> Candidate:
        """The candidate that searches every hyperparameter with a range, unless it is fixed."""
        return cls(model, fixed, {name: values for name, values in model.ranges.items() if name not in fixed})

    def with_fields(self, number: int, fields: Mapping[str, object]) -> Model:
        """The model of one trial."""
        spec = written(self.model.entry.name, {**self.model.fields, **fields})
        return replace(self.model, label=f"{self.model.label}-{number:03}", spec=spec)


@dataclass
class Tuning:
    """The searches of one folder. `plan` has the one dataset (with dev as test) and the conditions of all trials.

    Trials are judged by the plan's selection, else by accuracy; `held_out` is the share of dev that judges none.
    """

    plan: Plan
    candidates: Sequence[Candidate]
    effort: Effort
    registry: Registry
    store: Store
    held_out: float | None = None
    searches: dict[str, Search] = field(default_factory=dict)
    _known: dict[str, TrialRequest] = field(default_factory=dict)
    _running: dict[str, tuple[Search, Trial]] = field(default_factory=dict)
    _again: dict[str, list[Trial]] = field(default_factory=dict)
    _pruned: set[str] = field(default_factory=set)

    def run(self, executor: Executor, note: Callable[[str], None]) -> Mapping[str, list[SearchTrial]]:
        """Search until every model has had its trials; the trials by the label of their model."""
        self.store.refuse_other("tuning")
        save_dataset(self.store, self.plan.datasets[0], test=dev_name(self.held_out))
        self._write_manifest()
        lock = self.store.folder / "trials" / "tuning.lock"
        with Locks() as locks:
            with explained(self.store.folder):
                taken = locks.take(lock)
            if not taken:
                folder, holder = str(self.store.folder), locks.holder(lock)
                raise StoreError(f"another process tunes in {folder!r} ({holder}); wait, or choose another --out")
            kept = sum(self._opened(candidate) for candidate in self.candidates)
            if kept:
                note(f"{kept} trials are finished already and kept")
            self.registry.emit("run_started", run=msgspec.to_builtins(self._manifest()), trials=[])
            self._execute(executor, Reference.of(self.plan.datasets[0]))
        self.registry.emit("run_finished", run=msgspec.to_builtins(self._manifest()))
        ended = {label: search.ended() for label, search in self.searches.items()}
        return {c.model.label: ended[c.model.label][: self.share(c)] for c in self.candidates}

    @cached_property
    def scores(self) -> TuningScores:
        """Scores of predictions, by the metric that chooses."""
        dataset = self.plan.datasets[0]
        selection = self.plan.selections.get(dataset.fingerprint, Selection("accuracy"))
        return TuningScores(dataset, selection, self.registry)

    def predicted(self, candidate: Candidate, trial: SearchTrial) -> Ids:
        """Predictions of a finished trial for the sentences in the place of test: (tokens,)."""
        return self._predicted(self.store.required_trial(self.request(candidate, trial.number, trial.fields)))

    def _predicted(self, record: TrialRecord) -> Ids:
        return self.store.trial_arrays(record, ["predicted"])["predicted"].astype(np.int32)

    def share(self, candidate: Candidate) -> int:
        """Number of trials of a model: one, if nothing can be chosen."""
        return self.effort.trials if candidate.ranges else 1

    def request(self, candidate: Candidate, number: int, fields: Mapping[str, object]) -> TrialRequest:
        """A trial of a search; no other run has its key, since the trial may be pruned."""
        (request,) = requests(replace(self.plan, models=[candidate.with_fields(number, fields)], seeds=1))
        identity = {**request.identity, "tuning": [self.effort.sampler, self.effort.seed, number]}
        return replace(request, key=key_of(identity), identity=identity)

    def _opened(self, candidate: Candidate) -> int:
        """Open the search of a model and go on with trials that were stopped; the number of trials that have ended."""
        base = self.request(candidate, 0, {})
        ranges = {name: [r.low, r.high, r.log, *r.choices] for name, r in candidate.ranges.items()}
        name = f"{candidate.model.label} {key_of({**base.identity, 'ranges': ranges})}"
        journal = self.store.folder / "tuning.journal"
        search = Search.open(journal, name, candidate.ranges, self.effort.sampler, self.effort.seed)
        self.searches[candidate.model.label] = search
        for trial in search.interrupted():
            self._settle(candidate, search, trial)
        ended = search.ended()
        for earlier in ended:
            self._keep(self.request(candidate, earlier.number, earlier.fields))
        return len(ended)

    def _settle(self, candidate: Candidate, search: Search, trial: Trial) -> None:
        """End a trial whose result is on disk, though not in the journal; one without a result is to be run again."""
        request = self.request(candidate, trial.number, trial.params)
        record = self.store.trial(request)
        if record is None:
            self._again.setdefault(candidate.model.label, []).append(trial)
        else:
            pruned = any(note.startswith("pruned") for note in record.notes)
            search.tell(trial, self.scores.choosing(self._predicted(record)), pruned=pruned)

    def _keep(self, request: TrialRequest) -> None:
        self._known[request.label] = request

    def _next(self) -> Iterator[TrialRequest]:
        """Trial by trial, the models in turns, so that all have had as many wherever this is stopped."""
        for number in range(self.effort.trials):
            for candidate in self.candidates:
                label = candidate.model.label
                search, again = self.searches[label], self._again.get(label, [])
                begun = len(search.ended()) + sum(running is search for running, _ in self._running.values())
                if begun <= number < self.share(candidate):
                    trial = again.pop(0) if again else search.ask()
                    request = self.request(candidate, trial.number, trial.params)
                    self._running[request.key] = search, trial
                    self._keep(request)
                    yield request

    def _execute(self, executor: Executor, reference: Reference) -> None:
        results = executor.run(
            self._next(), lambda trial: self.registry.emit("trial_started", trial=trial), self._progressed
        )
        with closing(results):
            for request, result in results:
                self._finished(request, result, reference)

    def _finished(self, request: TrialRequest, result: TrialResult, reference: Reference) -> None:
        search, trial = self._running.pop(request.key)
        pruned = request.key in self._pruned
        notes = (f"pruned after {len(result.curve)} epochs", *result.notes) if pruned else result.notes
        keeper = Keeper(self.store, self.registry)
        complete = keeper.keep(request, replace(result, notes=notes), reference)
        predicted = None if complete.failure else complete.predicted
        search.tell(trial, None if predicted is None else self.scores.choosing(predicted), pruned=pruned)
        self._write_manifest()
        self.registry.emit("trial_finished", trial=request, result=complete)

    def _progressed(self, request: TrialRequest, report: Mapping[str, float]) -> bool:
        """Pass a report of a trial on; True if the trial falls behind and is to stop."""
        self.registry.emit("trial_progressed", trial=request, progress=report)
        search, trial = self._running[request.key]
        score = report.get("dev_score", report.get("dev_accuracy") if self._by_accuracy else None)
        if score is None or "epoch" not in report or request.key in self._pruned:
            return request.key in self._pruned
        if search.falls_behind(trial, int(report["epoch"]), score):
            self._pruned.add(request.key)
        return request.key in self._pruned

    @property
    def _by_accuracy(self) -> bool:
        return self.scores.selection.metric == "accuracy"

    def _write_manifest(self) -> None:
        keys = {request.key for request in self._known.values()}
        self.store.add_request(self._manifest(), lambda trial: trial.key in keys)

    def _manifest(self) -> Manifest:
        """Content of run.json, with a model for each trial."""
        requests = [self._known[label] for label in sorted(self._known)]
        of_plan = manifest(self.plan, requests, {name: entry.summary for name, entry in self.registry.metrics.items()})
        models = tuple(ModelSummary(label=request.label, spec=request.spec) for request in requests)
        return with_fields(of_plan, tuning=self.effort, models=models)
