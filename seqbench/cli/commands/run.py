"""`seqbench run`: train and compare models on the same data, under the same conditions."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from seqbench.cli import options, plan_files
from seqbench.cli.dry_run import print_forecast
from seqbench.cli.help_pages import GroupedCommand
from seqbench.cli.live_page import live_page_of
from seqbench.cli.printing import Wanted, check_labels, note_next_steps, print_results
from seqbench.cli.rows_beside_runs import with_published
from seqbench.cli.run_progress import carry_out, kept_models, new_folder
from seqbench.comparing.enough_seeds import MOST_SEEDS, Enough
from seqbench.comparing.trial_intervals import trial_intervals
from seqbench.contracts.quantities import seeds_of
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.reporters import attach
from seqbench.results.store import Store
from seqbench.running.added_models import Addition
from seqbench.running.executors.choose import Ways
from seqbench.running.request import RunRequest, plan_of
from seqbench.running.trained_model import Keep

_EXAMPLES = """
\b
Examples:
  seqbench run
  seqbench run --data path/to/treebank --seeds 3
  seqbench run --data 'corpus.tsv?tags=3&features=2' --models baseline
  seqbench run --models 'NAME,small=NAME(hidden_dim=32)' --out runs/sizes
  seqbench run --data path/to/treebank --until decided --max-seeds 12
  seqbench run --data path/to/treebank --folds 5
  seqbench run --data path/to/treebank --train-sizes 100,1000,all
  seqbench run plan.toml --dry-run
  seqbench run --models mine --plugin mine.py --beside published
  seqbench run --add runs/sizes --models 'large=NAME(hidden_dim=512)'
"""


@click.command("run", cls=GroupedCommand, epilog=_EXAMPLES)
@click.argument(
    "plan",
    required=False,
    type=click.Path(path_type=Path),
    metavar="[PLAN.toml]",
    is_eager=True,
    callback=plan_files.apply,
    help="A file that --save-plan wrote, or one like it.",
)
@click.option(
    "--data",
    multiple=True,
    metavar="NAME|PATH",
    help="A dataset, file or folder; repeatable. Column choice: 'PATH?tags=3&features=2'.",
)
@options.train
@options.data_dir
@options.task
@click.option(
    "--models", multiple=True, metavar="SPEC,...", help="Models to compare: NAME, NAME(field=value), LABEL=NAME(...)."
)
@click.option(
    "--seeds",
    type=options.Seeds(),
    default=1,
    show_default=True,
    metavar="N|A-B|A,B,...",
    help="Run seeds 0 to N-1, or those that are named: 3-5, 0,2,7.",
)
@click.option(
    "--until", metavar="decided|WIDTH",
    help="Add seeds until all pairs are told apart as learners, or their intervals are so many points wide.",
)  # fmt: skip
@click.option(
    "--max-seeds", metavar="N", type=int, help=f"The most seeds of each model with --until; {MOST_SEEDS} if left out."
)
@options.folds
@options.resplits
@options.group
@options.train_sizes
@options.device
@options.jobs
@options.executor
@options.gpus
@options.isolate
@options.timeout
@options.memory
@options.threads
@options.epochs
@click.option("--set", "settings", multiple=True, metavar="LABEL.FIELD=VALUE", help="Set a hyperparameter; repeatable.")
@options.plugin
@options.without
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The run's folder; what is finished there is kept."
)
@click.option(
    "--add", type=click.Path(path_type=Path), metavar="RUN",
    help="Add the models to a run that is there: on its data, with its seeds and conditions.",
)  # fmt: skip
@options.form
@options.confusion
@options.per_tag
@options.scheme
@options.policy
@options.without_type
@options.rows
@options.against
@options.beside
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")
@options.budget
@options.select
@options.reporter
@click.option("--fresh", is_flag=True, help="Run all trials, as if none were finished.")
@click.option("--keep", type=click.Choice(["best", "all"]), help="Keep models: the best seed on dev of each, or all.")
@click.option("--cold-start", is_flag=True, help="Also time a new process that loads each kept model and tags a word.")
@click.option("--live", is_flag=True, help="Serve the page of the results on this machine while trials run.")
@click.option("--dry-run", is_flag=True, help="Print the trials, what is there already and the time left; run nothing.")
@click.option(
    "--save-plan", type=click.Path(path_type=Path), metavar="FILE.toml", help="Write these options as a plan, too."
)
@click.pass_context
def command(context: click.Context, /, **arguments: Any) -> int:
    """Train and compare models on the same data, under the same conditions.

    Without --models the default models run, without --data the built-in dataset. Results go to standard output and
    into a folder (--out, else runs/<date>-<id>); the same command with the same --out continues where it ended.
    A plan holds options by their names (models = ["a", "b"]); what stands on the command line wins over it.
    """
    planned = plan_files.settings(context)
    request, printed = _request(arguments, planned), Wanted.of(arguments, compared=True)
    registry, note = options.registry_of((), request.without), options.noting(quiet=arguments["quiet"])
    if arguments["add"]:
        return _add(context, request, printed, registry)
    plan = plan_of(request, registry, note)
    check_labels(printed.confusion, [model.label for model in plan.models])
    if arguments["save_plan"]:
        plan_files.write(arguments["save_plan"], planned)
        note(f"plan: {arguments['save_plan']}")
    folder = arguments["out"] or new_folder()
    if arguments["dry_run"]:
        return print_forecast(plan, Store(folder), arguments["jobs"], printed.form)
    note(f"run folder: {(store := Store.create(folder)).folder}")
    for text in arguments["reporters"]:
        attach(registry, text)
    with live_page_of(store, registry, arguments):
        own = carry_out(plan, request.ways, registry, store, quiet=arguments["quiet"])
    return _report(own, arguments, printed, registry)


def _add(context: click.Context, request: RunRequest, printed: Wanted, registry: Registry) -> int:
    """Add the models to a run, and print the results of all of it."""
    arguments, note = context.params, options.noting(quiet=context.params["quiet"])
    stated = {name for name in arguments if context.get_parameter_source(name) != ParameterSource.DEFAULT}
    for name in stated & {"out", "save_plan"}:
        raise UsageError(f"--add names the run that gets the models; leave --{name.replace('_', '-')} out")
    spans = {"spans"} if stated & {"scheme", "policy", "without_types"} else set()
    store = Store.open(arguments["add"])
    plans = Addition(request=request, store=store, stated=stated | spans).plans(registry, note)
    if arguments["dry_run"]:
        return max(print_forecast(plan, store, arguments["jobs"], printed.form) for plan in plans)
    for text in arguments["reporters"]:
        attach(registry, text)
    with live_page_of(store, registry, arguments):
        for plan in plans:
            carry_out(plan, request.ways, registry, store, quiet=arguments["quiet"])
    return _report(store, arguments, printed, registry)


def _report(store: Store, arguments: Mapping[str, Any], printed: Wanted, registry: Registry) -> int:
    """Print the results, and what to do next; the exit code."""
    note, beside = options.noting(quiet=arguments["quiet"]), arguments["beside"]
    code = print_results(with_published([store], beside, lambda: registry, note), printed, lambda: registry)
    for line in kept_models(store) if arguments["keep"] else ():
        note(line)
    note_next_steps(store, printed, note)
    return code


def _request(arguments: Mapping[str, Any], planned: Mapping[str, Any]) -> RunRequest:
    ways = (arguments[name] for name in ("jobs", "isolate", "timeout", "memory", "executor", "gpus_per_trial"))
    same = ("data", "models", "folds", "resplits", "group", "train_sizes", "device", "threads", "epochs", "settings")
    further = ("train", "task", "budget", "select", "plugins", "without", "against", "fresh")
    return RunRequest(
        **{name: arguments[name] for name in (*same, *further)},
        seeds=seeds_of(str(arguments["seeds"])),
        ways=Ways(*ways),
        spans=options.spans_of(arguments["scheme"], arguments["policy"], arguments["without_types"]),
        keep=Keep.of(arguments["keep"], trial_intervals, cold_start=arguments["cold_start"]),
        until=Enough.of(arguments["until"], arguments["max_seeds"], arguments["against"]),
        command=sys.argv[1:],
        planned=planned,
    )
