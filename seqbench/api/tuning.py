"""A search for hyperparameters from Python: `seqbench.tune(["mine", "baseline"], data=..., trials=20)`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias, TypedDict, Unpack, get_args

from seqbench.api.arguments import Data, data_of, refuse_unknown, seconds_limit, specs_of, texts_of
from seqbench.api.option_values import checked, refuse_count, refuse_other
from seqbench.api.session import Session, new_run_folder, open_session, progress_shown
from seqbench.registry.plugin_files import files_of
from seqbench.reporting.search_report import SearchReport
from seqbench.results.records import Json
from seqbench.results.request_records import Effort
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.request import RunRequest
from seqbench.running.searched_model import searched_models
from seqbench.running.tuning_request import Search, tuning_of

Sampler: TypeAlias = Literal["random", "tpe"]


class TuneOptions(TypedDict, total=False):
    """Options of `seqbench tune`, each at its default there if it is left out."""

    data: Data
    trials: int
    budget: float | str
    sampler: Sampler
    seed: int
    data_dir: str | Path
    select: str
    tune_split: float
    device: str
    jobs: int
    threads: int
    executor: str
    gpus_per_trial: float
    timeout: float
    plugins: Sequence[str | Path]
    without: Sequence[str]
    out: str | Path
    quiet: bool


class Searches(list[dict[str, Json]]):
    """Findings for each model, as in the JSON of `seqbench tune`; `folder` holds all trials, as a run's does.

    `notes` are what the command line would have said on the way.
    """

    def __init__(self, findings: Iterable[dict[str, Json]], folder: Path, notes: Sequence[str]) -> None:
        super().__init__(findings)
        self.folder, self.notes = folder, list(notes)

    def __str__(self) -> str:
        return "\n".join(map(_line, self))

    __repr__ = __str__

    @property
    def best(self) -> list[str]:
        """The spec of the best trial of each model that has one, to be run on test."""
        return [str(finding["best"]) for finding in self if finding["best"] is not None]


def _line(finding: dict[str, Json]) -> str:
    """The best of a model, as a notebook shows it."""
    scores = [trial["score"] for trial in finding["trials"] if trial["score"] is not None]
    best = f"{max(scores):.4f} by {finding['best']}" if finding["best"] is not None else "none, since no trial finished"
    return f"{finding['model']}: best {finding['metric']} on dev {best}"


def tune(models: str | Iterable[str], **options: Unpack[TuneOptions]) -> Searches:
    """Search for hyperparameters, with the same effort for every model, as `seqbench tune` does.

    Models are specs, whose own fields stay as they are. They are judged on dev; the test set is not touched. `budget`
    is the training time of every trial, in seconds or as a text such as "60s". Raises `UsageError` for what does not
    fit together.
    """
    refuse_unknown("tune", options, TuneOptions.__annotations__)
    session = open_session(options.get("without", ()), options.get("data_dir"), ())
    effort = Effort(
        trials=options.get("trials", 20), sampler=options.get("sampler", "random"), seed=options.get("seed", 0)
    )
    search = Search(effort=effort, held_out=options.get("tune_split"))
    request = _request(models, session, options)
    store = partial(Store.create, Path(options.get("out") or new_run_folder()))
    refuse_count("trials", effort.trials)
    refuse_other("sampler", effort.sampler, get_args(Sampler))
    tuning = tuning_of(checked(request), session.registry, search, store, session.notes.append)
    specs = [candidate.model.spec for candidate in tuning.candidates]
    with progress_shown(session.registry, quiet=options.get("quiet", False)):
        executor = executor_for(request.ways, session.registry, tuning.plan.datasets, specs)
        trials_of = tuning.run(executor, session.notes.append)
    reports = [SearchReport(model) for model in searched_models(tuning, trials_of)]
    return Searches((report.plain() for report in reports), tuning.store.folder, session.notes)


def _request(models: str | Iterable[str], session: Session, options: TuneOptions) -> RunRequest:
    return RunRequest(
        data=data_of(options.get("data")),
        models=specs_of(models, session.registry),
        device=options.get("device", "auto"),
        threads=options.get("threads", 1),
        budget=seconds_limit(options.get("budget")),
        select=options.get("select"),
        plugins=files_of(options.get("plugins", ())),
        without=texts_of(options.get("without", ())),
        ways=Ways(
            options.get("jobs", 1),
            timeout=options.get("timeout"),
            executor=options.get("executor", "local"),
            gpus=options.get("gpus_per_trial"),
        ),
        command=sys.argv,
    )
