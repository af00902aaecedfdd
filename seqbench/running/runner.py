"""A run: every model on every dataset with every seed, under the same conditions; what is finished already is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import msgspec

from seqbench.contracts.trial import TrialRequest
from seqbench.contracts.trial_key import key_of
from seqbench.registry.discovery import Registry
from seqbench.results.records import Manifest, WantedTrial
from seqbench.results.saving import save_dataset
from seqbench.results.store import Store
from seqbench.running.executors.executor import Executor
from seqbench.running.executors.inline import Inline
from seqbench.running.interim_looks import first_look, next_look, refuse_other_looks
from seqbench.running.keeping_models import Keeping
from seqbench.running.key_changes import changes
from seqbench.running.plan import Plan, manifest, requests, unfinished
from seqbench.running.trial_claims import Claims
from seqbench.running.trial_end import Keeper


def run(
    plan: Plan, registry: Registry, store: Store, note: Callable[[str], None], executor: Executor | None = None
) -> Store:
    """Run what is not finished yet, in this process unless there is an executor; `note` hears what to tell users.

    Where models are to be kept, finished trials whose models were not are run again. Returns the folder as this plan
    sees it: what other requests asked for there is left out. Each trial is on disk as soon as it is finished. Several
    processes may run on one folder: each takes trials that no other is at work on, and waits for those at the end.
    Where seeds are chosen by looking, the trials up to each look run before those of the next. What others have asked
    for in the folder is told, unless the plan names its cells: then it is a part of a search.
    """
    datasets = {dataset.fingerprint: dataset for dataset in plan.datasets}
    keeping = Keeping(store=store, plan=plan, registry=registry, datasets=datasets, note=note)
    store.refuse_other("run")
    refuse_other_looks(plan, store)
    unkept = frozenset(trial.key for trial in keeping.lacking(list(requests(plan)))) if plan.keep else frozenset()
    work = _Work(keeping=keeping, executor=executor or Inline(registry, datasets), unkept=unkept)
    part: Plan | None = first_look(plan)
    while part is not None:
        own = work.up_to_look(part)
        part = next_look(part, own, note)
    work.end()
    return own


@dataclass(kw_only=True)
class _Work:
    """The trials of a plan as they are run, look by look; `unkept` are the keys of trials without a kept model.

    `ran` are the keys of the trials of earlier looks, `elsewhere` counts those that other processes ran, `records` are
    the manifest of this plan so far and that of all requests in the folder.
    """

    keeping: Keeping
    executor: Executor
    unkept: frozenset[str]
    ran: frozenset[str] = frozenset()
    elsewhere: int = 0
    trials: list[TrialRequest] = field(default_factory=list)
    records: tuple[Manifest, Manifest] | None = None

    def up_to_look(self, part: Plan) -> Store:
        """The folder as this part of the plan sees it, when all its trials have run."""
        store, note, registry = self.keeping.store, self.keeping.note, self.keeping.registry
        self.trials = list(requests(part))
        record = manifest(part, self.trials, {name: entry.summary for name, entry in registry.metrics.items()})
        whole = store.add_request(record, _same_as(self.trials))
        if self.records is None:
            _introduce(part, record, self.keeping)
        left = [trial for trial in self.trials if trial.key not in self.ran]
        todo, again = _todo(part, store, left, self.unkept, note)
        if self.records is None:
            registry.emit("run_started", run=msgspec.to_builtins(record), trials=todo)
        self.records = record, whole
        with Claims(store, fresh=part.fresh, anew=again, note=note) as claims:
            _execute(self.executor, claims, todo, self.keeping)
        self.elsewhere += claims.elsewhere
        self.ran |= {trial.key for trial in self.trials}
        return store.only(record)

    def end(self) -> None:
        """Choose among the kept models when no further trial is to run, and note what users should know."""
        keeping = self.keeping
        keeping.choose(self.trials)
        if self.elsewhere:
            of_all = f"{self.elsewhere} of {len(self.trials)} trials were run"
            keeping.note(f"{of_all} by another process or under another label meanwhile")
        if self.records is not None:
            keeping.registry.emit("run_finished", run=msgspec.to_builtins(self.records[0]))
            if keeping.plan.cells is None:
                _tell_of_others(keeping.store, *self.records, keeping.note)


def _introduce(plan: Plan, record: Manifest, keeping: Keeping) -> None:
    """Write the datasets of a run, and say what they should be known for."""
    for warning in record.warnings:
        keeping.note(f"warning: {warning}")
    for dataset in plan.datasets:
        save_dataset(keeping.store, dataset, spans=plan.spans)


def _todo(
    plan: Plan, store: Store, trials: Sequence[TrialRequest], unkept: frozenset[str], note: Callable[[str], None]
) -> tuple[list[TrialRequest], frozenset[str]]:
    """The trials that have to be run, and the keys of those that are finished; why these run again is said."""
    lacking = unfinished(plan, store, trials)
    if not plan.fresh:
        _take_over(store, trials)
    _say_what_runs_again(store, lacking, note)
    left = {id(trial) for trial in lacking}
    again = [trial for trial in trials if trial.key in unkept and id(trial) not in left]
    left |= {id(trial) for trial in again}
    todo = [trial for trial in trials if id(trial) in left]
    if len(todo) < len(trials):
        note(f"{len(trials) - len(todo)} of {len(trials)} trials are finished already and kept")
    return todo, frozenset(trial.key for trial in again)


def _same_as(trials: Sequence[TrialRequest]) -> Callable[[WantedTrial], bool]:
    """Whether an earlier trial differs from those of its label in nothing but dataset and seed."""
    identities = {trial.label: trial.identity for trial in trials}

    def same(trial: WantedTrial) -> bool:
        return key_of({**identities[trial.label], "dataset": trial.dataset, "seed": trial.seed}) == trial.key

    return same


def _tell_of_others(store: Store, own: Manifest, whole: Manifest, note: Callable[[str], None]) -> None:
    """One line on what other requests asked for in the same folder."""
    others = len(whole.trials) - len(own.trials)
    if others:
        labels = ", ".join(model.label for model in whole.models if model not in own.models)
        more = f" ({labels})" if labels else ""
        what = "trials of other requests are" if others > 1 else "trial of another request is"
        note(f"{others} {what} in this run too{more}: seqbench show {store.folder}")


def _take_over(store: Store, trials: Sequence[TrialRequest]) -> None:
    """Take over trials that are finished under another label: a label determines no result."""
    known = store.keys()
    for trial in trials:
        if trial.key in known and not store.is_finished(trial):
            store.take_over(trial)


def _say_what_runs_again(store: Store, todo: Sequence[TrialRequest], note: Callable[[str], None]) -> None:
    for trial in todo:
        if damaged := store.is_damaged(trial):
            note(f"{trial.name} runs again: {damaged}")
        _say_why(store, trial, note)


def _execute(
    executor: Executor,
    claims: Claims,
    todo: Sequence[TrialRequest],
    keeping: Keeping,
) -> None:
    registry = keeping.registry
    references = keeping.references
    results = executor.run(
        (trial and keeping.begun(trial) for trial in claims.of(todo)),
        lambda trial: registry.emit("trial_started", trial=trial),
        lambda trial, progress: registry.emit("trial_progressed", trial=trial, progress=progress),
    )
    keeper = Keeper(claims.store, registry)
    with closing(results):
        for trial, result in results:
            if claims.still_hold(trial):
                complete = keeper.keep(trial, result, references[trial.dataset.fingerprint])
                keeping.finish(trial, complete)
                registry.emit("trial_finished", trial=trial, result=complete)
            claims.give_up(trial)


def _say_why(store: Store, trial: TrialRequest, note: Callable[[str], None]) -> None:
    """Why a trial runs again that was finished under another key; of several, the one that differs the least tells."""
    identities = [earlier.identity for earlier in store.earlier(trial)]
    same_data = [identity for identity in identities if identity.get("dataset") == trial.identity["dataset"]]
    if same_data:
        changed = min((changes(identity, trial.identity) for identity in same_data), key=len)
        note(f"{trial.name} runs again: changed since it finished: {', '.join(changed)}")
