"""Whole comparisons from Python: `seqbench.run(models={"mine": MyTagger, "baseline": "baseline"}, data=..., seeds=3)`.

Taggers that are handed over as factories exist in this process only, so that all trials of such a run are done in it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from seqbench.api.arguments import (
    Data,
    Models,
    beside_of,
    bytes_limit,
    data_of,
    seconds_limit,
    settings_of,
    specs_of,
    texts_of,
)
from seqbench.api.option_values import checked, listed_seeds
from seqbench.api.rows import Rows
from seqbench.api.session import Session, Watching, new_run_folder, open_session, watched
from seqbench.comparing.enough_seeds import Enough
from seqbench.comparing.trial_intervals import trial_intervals
from seqbench.contracts.metric import SpanSettings
from seqbench.errors import UsageError
from seqbench.registry.plugin_files import files_of
from seqbench.reporting.added_rows import Beside
from seqbench.results.paths import portable_label
from seqbench.results.published import Published, published_beside
from seqbench.results.store import Store
from seqbench.running import runner
from seqbench.running.added_models import Addition, stated_in
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.planned_options import planned_options
from seqbench.running.request import RunRequest, plan_of
from seqbench.running.trained_model import Keep


def run(  # noqa: PLR0913 -- each is an option of `seqbench run`, named where it is passed, and few are
    *,
    models: Models | None = None,
    data: Data | Sequence[Data] | None = None,
    train: str | Path | None = None,
    data_dir: str | Path | None = None,
    task: str | None = None,
    seeds: int | str | Sequence[int] = 1,
    until: str | float | None = None,
    max_seeds: int | None = None,
    folds: int | None = None,
    resplits: int | None = None,
    group: Literal["document"] | None = None,
    train_sizes: Sequence[int | str] = (),
    device: str = "auto",
    jobs: int = 1,
    executor: str = "local",
    gpus_per_trial: float | None = None,
    isolate: bool = False,
    timeout: float | None = None,
    memory: int | str | None = None,
    threads: int = 1,
    epochs: int | None = None,
    settings: Mapping[str, object] | Sequence[str] = (),
    plugins: Sequence[str | Path] = (),
    without: Sequence[str] = (),
    out: str | Path | None = None,
    against: str | None = None,
    beside: str | Path | Sequence[str | Path] = (),
    budget: float | str | None = None,
    select: str | None = None,
    reporters: Sequence[object] = (),
    fresh: bool = False,
    scheme: str | None = None,
    policy: str = "conlleval",
    without_types: Sequence[str] = (),
    add: str | Path | None = None,
    keep: Literal["best", "all"] | None = None,
    cold_start: bool = False,
    live: bool = False,
    quiet: bool = False,
) -> Rows:
    """Train and compare models; the rows of the results, and a run's folder as the command line leaves it.

    `models`: specs, or by label specs and factories (a class, or `lambda: MyTagger(length=2)`), which are called once a
    trial, in this process; their trials are never taken from an earlier run. `data`: names or paths as for `--data`, or
    `seqbench.Dataset`; named corpora are looked for in `data_dir` first. `settings`: `{"label.field": value}`, or
    texts as for `--set`. `reporters` are specs of reporters, and objects with hooks for the events of the run. `out`
    is the run's folder, else `runs/<date>-<id>`; `add` is the folder of a run that gets the models, on its data, with
    its seeds and conditions. All else is as the option of `seqbench run` of that name (`budget` and
    `memory` also as texts: "5m", "2G").

    Progress is shown where a terminal or a notebook can. A failed trial does not raise: it is in the rows. Raises
    `UsageError` for what does not fit together.
    """
    session = open_session(without, data_dir, reporters)
    request = RunRequest(
        data=data_of(data),
        train=None if train is None else str(train),
        models=specs_of(models, session.registry),
        seeds=listed_seeds(seeds),
        folds=folds,
        resplits=resplits,
        group=group,
        train_sizes=[str(size) for size in train_sizes],
        device=device,
        threads=threads,
        epochs=epochs,
        settings=settings_of(settings),
        budget=seconds_limit(budget),
        select=select,
        plugins=files_of(plugins),
        without=texts_of(without),
        ways=Ways(jobs, isolate, timeout, bytes_limit(memory), executor, gpus_per_trial),
        against=against,
        spans=SpanSettings(scheme=scheme, policy=policy, without=tuple(without_types)),
        keep=Keep.of(keep, trial_intervals, cold_start=cold_start),
    )
    request = replace(request, task=task, fresh=fresh, until=Enough.of(until, max_seeds, against))
    return _carried_out(checked(request), session, (out, add), Watching(quiet, live), beside=beside_of(beside))


def _carried_out(
    request: RunRequest,
    session: Session,
    folders: tuple[str | Path | None, str | Path | None],
    watching: Watching,
    *,
    beside: Beside,
) -> Rows:
    """The rows of a request, run in the first of two folders, or added to the run in the second.

    The notes of the session take what the command line would say.
    """
    (out, add), (registry, notes) = folders, session
    if add is None:
        own = _run_in(Path(out or new_run_folder()), request, session, watching)
    elif out is None:
        own = _added(request, session, add, watching)
    else:
        raise UsageError("add names the run that gets the models; leave out out")
    published = published_beside([own], registry) if beside.published else Published()
    notes += (f"note: {text}" for text in published.notes)
    against = request.against and portable_label(request.against)
    return Rows([own, *published.stores], registry, against, notes, beside.file)


def _run_in(folder: Path, request: RunRequest, session: Session, watching: Watching) -> Store:
    """The folder of a request's run."""
    registry, notes = session
    request = replace(request, command=sys.argv, planned=planned_options(request, registry))
    plan = plan_of(request, registry, notes.append)
    store = Store.create(folder)
    with watched(store.folder, registry, request.plugins, watching):
        executor = executor_for(request.ways, registry, plan.datasets, [model.spec for model in plan.models])
        return runner.run(plan, registry, store, notes.append, executor)


def _added(request: RunRequest, session: Session, run: str | Path, watching: Watching) -> Store:
    """The folder of a run that got more models."""
    registry, notes = session
    store, request = Store.open(Path(run)), replace(request, command=sys.argv)
    plans = Addition(request=request, store=store, stated=stated_in(request)).plans(registry, notes.append)
    with watched(store.folder, registry, request.plugins, watching):
        for plan in plans:
            executor = executor_for(request.ways, registry, plan.datasets, [model.spec for model in plan.models])
            runner.run(plan, registry, store, notes.append, executor)
    return store
