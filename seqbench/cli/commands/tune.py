"""`seqbench tune`: hyperparameters chosen on dev, with as many trials for every model."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seqbench.cli import options
from seqbench.cli.help_pages import GroupedCommand
from seqbench.cli.run_progress import new_folder, watched
from seqbench.cli.tuning_report import print_searches
from seqbench.errors import UsageError
from seqbench.results.request_records import Effort, SearchTrial
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.request import RunRequest
from seqbench.running.tuning_request import Search, tuning_of

if TYPE_CHECKING:
    from seqbench.running.tuning import Tuning

_EXAMPLES = """
\b
Examples:
  seqbench tune --models NAME,OTHER --trials 20
  seqbench tune --data path/to/treebank --models 'NAME(layers=2)' \\
      --trials 50 --budget 60s --jobs 2 --out runs/tuned
"""


def _budgets(context: click.Context, parameter: click.Parameter, texts: Sequence[str]) -> list[float | int | None]:
    """20trials as a whole number of trials, 60s as seconds."""
    matches = [re.fullmatch(r"([1-9]\d*)\s*trials?", text.strip()) for text in texts]
    return [
        int(match[1]) if match else options.seconds(context, parameter, text)
        for match, text in zip(matches, texts, strict=True)
    ]


@click.command("tune", cls=GroupedCommand, epilog=_EXAMPLES)
@click.option(
    "--data", multiple=True, metavar="NAME|PATH", help="One dataset, as for run; only its train and dev are used."
)
@click.option("--models", multiple=True, required=True, metavar="SPEC,...", help="Models; fields that are set stay so.")
@click.option("--trials", metavar="N", type=click.IntRange(min=1), help="Trials of every model (20).")
@click.option(
    "--budget", "budgets", multiple=True, metavar="TIME|Ntrials", callback=_budgets,
    help="20trials: as --trials; 60s: the training time of every trial; may be given twice.",
)  # fmt: skip
@click.option(
    "--sampler", type=click.Choice(("random", "tpe")), default="random", show_default=True, help="How trials are drawn."
)
@click.option(
    "--seed", metavar="N", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of the search and fits."
)
@options.data_dir
@options.select
@click.option(
    "--tune-split", type=click.FloatRange(min=0, max=1, min_open=True, max_open=True), metavar="SHARE",
    help="Hold out so much of dev (0.5) from all choices, and score the best of each model on it.",
)  # fmt: skip
@options.device
@options.jobs
@options.threads
@options.executor
@options.gpus
@options.timeout
@options.plugin
@options.without
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="The folder; what is finished is kept.")
@options.form
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")
def command(**arguments: Any) -> int:
    """Search for hyperparameters, with the same effort for every model.

    Models are judged on dev, by --select; the test set is not touched. Trials that fall behind the median of
    earlier ones at the same epoch are stopped. The same command with the same --out goes on where it ended.
    """
    trials, seconds = _effort(arguments)
    request = _request(arguments, seconds)
    registry = options.registry_of((), request.without)
    effort = Effort(trials=trials, sampler=arguments["sampler"], seed=arguments["seed"])
    store = partial(Store.create, arguments["out"] or new_folder("tune-"))
    note = options.noting(quiet=arguments["quiet"])
    search = Search(effort=effort, held_out=arguments["tune_split"])
    tuning = tuning_of(request, registry, search, store, note)
    trials_of = _searched(tuning, request.ways, quiet=arguments["quiet"])
    print_searches(tuning, trials_of, arguments["form"])
    return int(any(trial.score is None for trials in trials_of.values() for trial in trials))


def _request(arguments: Mapping[str, Any], seconds: float | None) -> RunRequest:
    jobs, timeout, executor = (arguments[name] for name in ("jobs", "timeout", "executor"))
    ways = Ways(jobs, timeout=timeout, executor=executor, gpus=arguments["gpus_per_trial"])
    same = {name: arguments[name] for name in ("data", "models", "device", "threads", "plugins", "without", "select")}
    return RunRequest(**same, ways=ways, budget=seconds, command=sys.argv[1:])


def _searched(tuning: Tuning, ways: Ways, *, quiet: bool) -> Mapping[str, list[SearchTrial]]:
    """The trials of a search, by the label of each model; users see the search go on."""
    specs = [candidate.model.spec for candidate in tuning.candidates]
    executor = executor_for(ways, tuning.registry, tuning.plan.datasets, specs)
    total = sum(tuning.share(candidate) for candidate in tuning.candidates)
    with watched(tuning.registry, tuning.store, quiet=quiet, total=total) as note:
        note(f"run folder: {tuning.store.folder}")
        return tuning.run(executor, note)


def _effort(arguments: Mapping[str, Any]) -> tuple[int, float | None]:
    """Trials of each model, and seconds of each trial."""
    counts = [budget for budget in arguments["budgets"] if isinstance(budget, int)]
    times = [budget for budget in arguments["budgets"] if isinstance(budget, float)]
    if len(counts) > 1 or len(times) > 1 or (counts and arguments["trials"]):
        raise UsageError("give trials once, as --trials 20 or as --budget 20trials, and a time once, as --budget 60s")
    return (counts[0] if counts else arguments["trials"] or 20), (times[0] if times else None)
