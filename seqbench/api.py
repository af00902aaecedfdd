"""Whole comparisons from Python: `seqbench.run(models={"mine": MyTagger, "baseline": "baseline"}, data=..., seeds=3)`.

Taggers that are handed over as factories exist in this process only, so that all trials of such a run are done in it.
"""

from __future__ import annotations

import secrets
import shutil
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias, TypedDict, Unpack

from rich.console import Console

from seqbench.comparing.stopping import Enough
from seqbench.comparing.trial_intervals import trial_intervals
from seqbench.contracts.datasets import DataAccess
from seqbench.contracts.metric import SpanSettings
from seqbench.contracts.quantities import bytes_of, seconds_of
from seqbench.data.dataset import Dataset
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Loss
from seqbench.registry.handed_over import Factory, hand_over, refuse_estimator
from seqbench.registry.odd_span_tags import check_scheme
from seqbench.registry.reporters import attach
from seqbench.registry.specs import Spec, parse
from seqbench.reporting.beside import Beside
from seqbench.reporting.comparison_findings import content, typed_in_beside
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.flat_rows import flat
from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.multiverse_tables import multiverse_as_json
from seqbench.reporting.progress_bars import ProgressBars
from seqbench.reporting.result_tables import summary
from seqbench.results import external
from seqbench.results.listing import list_runs
from seqbench.results.paths import portable_label
from seqbench.results.published import Published, published_beside
from seqbench.results.records import Json
from seqbench.results.rows import Results, read_results
from seqbench.results.store import Store
from seqbench.running import runner
from seqbench.running.added_models import Addition, stated_in
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.planned_options import planned_options
from seqbench.running.request import RunRequest, plan_of
from seqbench.running.trained_model import Keep
from seqbench.running.training_one import train as train_one
from seqbench.serving.kept_model import KeptModel, load_model

Models: TypeAlias = str | Iterable[str] | Mapping[str, str | Factory]
Data: TypeAlias = str | Path | Dataset


class Rows(list[dict[str, Json]]):
    """A flat dict for each dataset and model, as `pandas.DataFrame(rows)` takes them; printed, they are a table.

    Scores are fractions of 1, means over seeds with `..._std` beside them. `results` holds all that was found,
    `folder` is where the run lies, `notes` what the command line would have said on the way.
    """

    def __init__(
        self,
        stores: Sequence[Store],
        registry: Registry,
        against: str | None,
        notes: Sequence[str],
        typed: Path | None = None,
    ) -> None:
        self.folder, self.notes = stores[0].folder, list(notes)
        self._stores, self._registry, self._against, self._typed = stores, registry, against, typed
        super().__init__(flat(row, self.results.name(row), absent=None) for row in self.results.rows)

    @cached_property
    def results(self) -> Results:
        """Everything by seed, with failures and notes."""
        listing = list_runs(self._stores)
        return replace(read_results(listing), beside=typed_in_beside(listing, self._typed))

    @cached_property
    def comparisons(self) -> list[dict[str, Json]]:
        """The comparisons of all pairs of models (or of each with `against`), as in the JSON of `seqbench compare`."""
        runs = comparable(self._stores, self._registry, Question(self._against))
        comparisons: list[dict[str, Json]] = content(runs, self._registry)["comparisons"]
        return comparisons

    @cached_property
    def multiverse(self) -> list[dict[str, Json]]:
        """In how many other analyses the better of two models is better: as in `seqbench compare --multiverse`."""
        return multiverse_as_json(comparable(self._stores, self._registry, Question(self._against)))

    def __str__(self) -> str:
        width = shutil.get_terminal_size((80, 24)).columns
        return self._as(Form("table", Layout(width=width)))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return self._as("html")

    def _as(self, form: str) -> str:
        return summary(self.results, form)


def run(  # noqa: PLR0913 -- each is an option of `seqbench run`, named where it is passed, and few are
    *,
    models: Models | None = None,
    data: Data | Sequence[Data] | None = None,
    train: str | Path | None = None,
    data_dir: str | Path | None = None,
    task: str | None = None,
    seeds: int | Sequence[int] = 1,
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
    session = _session(without, data_dir, reporters)
    request = RunRequest(
        data=_data(data),
        train=None if train is None else str(train),
        models=_specs(models, session.registry),
        seeds=seeds if isinstance(seeds, int) else tuple(seeds),
        folds=folds,
        resplits=resplits,
        group=group,
        train_sizes=[str(size) for size in train_sizes],
        device=device,
        threads=threads,
        epochs=epochs,
        settings=_settings(settings),
        budget=seconds_of(budget, "budget") if isinstance(budget, str) else budget,
        select=select,
        plugins=[Path(file) for file in plugins],
        without=without,
        ways=Ways(jobs, isolate, timeout, _bytes(memory), executor, gpus_per_trial),
        against=against,
        spans=SpanSettings(scheme=scheme, policy=policy, without=tuple(without_types)),
        keep=Keep(keep, trial_intervals) if keep else None,
    )
    request = replace(request, task=task, fresh=fresh, until=Enough.of(until, max_seeds, against))
    return _carried_out(request, session, (out, add), quiet=quiet, beside=_beside(beside))


class TrainOptions(TypedDict, total=False):
    """Options of `seqbench train`, each at its default there if it is left out."""

    data: str | Path
    seed: int
    device: str
    threads: int
    epochs: int
    budget: float | str
    plugins: Sequence[str | Path]
    without: Sequence[str]


def train(model: str, *, out: str | Path, **options: Unpack[TrainOptions]) -> KeptModel:
    """Train one model and keep it in the folder `out`, as `seqbench train` does; the model, loaded.

    `record` of it has the scores on test. Raises `UsageError` for what does not fit together, `StoreError` if training
    or keeping fails.
    """
    registry, notes = _session(options.get("without", ()), None, ())
    budget = options.get("budget")
    request = RunRequest(
        data=_data(options.get("data")),
        models=[model],
        seeds=(options.get("seed", 0),),
        device=options.get("device", "auto"),
        threads=options.get("threads", 1),
        epochs=options.get("epochs"),
        budget=seconds_of(budget, "budget") if isinstance(budget, str) else budget,
        plugins=[Path(file) for file in options.get("plugins", ())],
        without=options.get("without", ()),
        command=sys.argv,
    )
    train_one(plan_of(request, registry, notes.append), registry, Path(out), trial_intervals, Ways())
    return load_model(Path(out), registry)


class ScoreOptions(TypedDict, total=False):
    """Options of `seqbench score`, each at its default there if it is left out."""

    train: str | Path
    out: str | Path
    missing: Literal["refuse", "wrong"]
    plugins: Sequence[str | Path]
    scheme: str
    policy: str
    without_types: Sequence[str]


def score(gold: str | Path, *predictions: str | Path, **options: Unpack[ScoreOptions]) -> Rows:
    """The rows of predictions that other systems wrote, and a run's folder, as `seqbench score --out` makes them.

    `predictions` are files, or texts LABEL=FILE; a label that comes again is another seed of the same system.
    """
    registry, notes = _session((), None, ())
    for file in options.get("plugins", ()):
        registry.add_file(Path(file))
    trained, wrong = options.get("train"), options.get("missing") == "wrong"
    dataset, text = external.gold_of(str(gold), None if trained is None else str(trained), registry)
    listed = [str(prediction) for prediction in predictions]
    dataset, scored = external.predictions(listed, dataset, text, registry, missing_is_wrong=wrong)
    policy, types = options.get("policy", "conlleval"), tuple(options.get("without_types", ()))
    spans = SpanSettings(scheme=options.get("scheme"), policy=policy, without=types)
    check_scheme(dataset, spans)
    store = Store.create(Path(options.get("out") or _new_folder()))
    external.write(store, dataset, scored, registry, external.Call(["score", str(gold), *listed], spans))
    return Rows([store], registry, None, notes)


def _new_folder() -> Path:
    return Path("runs") / f"{datetime.now().astimezone():%Y-%m-%d}-{secrets.token_hex(3)}"


class _Session(NamedTuple):
    """The registry of one call, and its notes, to which datasets add what they tell."""

    registry: Registry
    notes: list[str]


def _session(without: Sequence[str], data_dir: str | Path | None, reporters: Sequence[object]) -> _Session:
    """The registry of installed plugins with these reporters, and no notes yet."""
    registry, notes = Registry.discover((), _warn, without=without), list[str]()
    registry.access = DataAccess(local=None if data_dir is None else Path(data_dir), tell=notes.append)
    _attach(reporters, registry)
    return _Session(registry, notes)


def _carried_out(
    request: RunRequest,
    session: _Session,
    folders: tuple[str | Path | None, str | Path | None],
    *,
    quiet: bool,
    beside: Beside,
) -> Rows:
    """The rows of a request, run in the first of two folders, or added to the run in the second.

    The notes of the session take what the command line would say.
    """
    (out, add), (registry, notes) = folders, session
    if add is None:
        own = _run_in(Path(out or _new_folder()), request, session, quiet=quiet)
    elif out is None:
        own = _added(request, session, add, quiet=quiet)
    else:
        raise UsageError("add names the run that gets the models; leave out out")
    published = published_beside([own], registry) if beside.published else Published()
    notes += (f"note: {text}" for text in published.notes)
    against = request.against and portable_label(request.against)
    return Rows([own, *published.stores], registry, against, notes, beside.file)


def _run_in(folder: Path, request: RunRequest, session: _Session, *, quiet: bool) -> Store:
    """The folder of a request's run."""
    registry, notes = session
    request = replace(request, command=sys.argv, planned=planned_options(request, registry))
    plan = plan_of(request, registry, notes.append)
    store = Store.create(folder)
    with _progress(registry, quiet=quiet):
        executor = executor_for(request.ways, registry, plan.datasets, [model.spec for model in plan.models])
        return runner.run(plan, registry, store, notes.append, executor)


def _added(request: RunRequest, session: _Session, run: str | Path, *, quiet: bool) -> Store:
    """The folder of a run that got more models."""
    registry, notes = session
    store, request = Store.open(Path(run)), replace(request, command=sys.argv)
    plans = Addition(request=request, store=store, stated=stated_in(request)).plans(registry, notes.append)
    with _progress(registry, quiet=quiet):
        for plan in plans:
            executor = executor_for(request.ways, registry, plan.datasets, [model.spec for model in plan.models])
            runner.run(plan, registry, store, notes.append, executor)
    return store


def _warn(loss: Loss) -> None:
    if not loss.plugin.once:  # of what was handed over, an error tells
        warnings.warn(str(loss), stacklevel=2)


def _bytes(memory: int | str | None) -> int | None:
    return bytes_of(memory, "memory") if isinstance(memory, str) else memory


def _beside(beside: str | Path | Sequence[str | Path]) -> Beside:
    return Beside.of([beside] if isinstance(beside, str | Path) else beside)


def _data(data: Data | Sequence[Data] | None) -> list[str | Dataset]:
    listed = [] if data is None else [data] if isinstance(data, str | Path | Dataset) else list(data)
    return [part if isinstance(part, Dataset) else str(part) for part in listed]


def _settings(settings: Mapping[str, object] | Sequence[str]) -> list[str]:
    if isinstance(settings, Mapping):
        return [f"{name}={value!r}" for name, value in settings.items()]
    return list(settings)


def _specs(models: Models | None, registry: Registry) -> list[str | Spec]:
    if models is None:
        return []
    if isinstance(models, Mapping):
        factories = {label: thing for label, thing in models.items() if not isinstance(thing, str)}
        specs = hand_over(factories, registry)
        return [specs.get(label) or _labelled(label, str(thing)) for label, thing in models.items()]
    listed: list[object] = [models] if isinstance(models, str) or not isinstance(models, Iterable) else list(models)
    for thing in listed:
        if not isinstance(thing, str):
            refuse_estimator(type(thing).__name__, thing)
            raise UsageError(f"models are specs, or a mapping of labels to specs and factories; was: {thing!r}")
    return [str(spec) for spec in listed]


def _labelled(label: str, text: str) -> Spec:
    spec = parse(text)
    return Spec(label, spec.name, spec.fields)


def _attach(reporters: Sequence[object], registry: Registry) -> None:
    for number, reporter in enumerate(reporters, start=1):
        if isinstance(reporter, str):
            attach(registry, reporter)
        else:
            registry.add(reporter, f"reporter {number}")


@contextmanager
def _progress(registry: Registry, *, quiet: bool) -> Iterator[None]:
    """Within it, progress bars move where someone can see them: on a terminal or in a notebook."""
    console = Console(stderr=True)
    if quiet or not (console.is_terminal or console.is_jupyter):
        yield
        return
    bars = ProgressBars(console=console)
    registry.add(bars, "progress")
    try:
        yield
    finally:
        bars.stop()
