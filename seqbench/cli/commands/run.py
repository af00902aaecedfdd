"""`seqbench run`: train and compare models on the same data, under the same conditions."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from seqbench.cli import options, plan_files
from seqbench.cli.dry_run import print_forecast
from seqbench.cli.printing import Wanted, check_labels, print_results
from seqbench.cli.run_progress import watched
from seqbench.errors import UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.registry.models import Model
from seqbench.registry.reporters import attach
from seqbench.registry.specs import Spec, assignment, parse, split
from seqbench.results.store import Store
from seqbench.running.request import load_datasets, refuse_twice

if TYPE_CHECKING:
    from seqbench.running.executors.choose import Ways

_EXAMPLES = """
\b
Examples:
  seqbench run
  seqbench run --data path/to/treebank --seeds 3
  seqbench run --data 'corpus.tsv?tags=3&features=2' --models baseline
  seqbench run --models 'NAME,small=NAME(hidden_dim=32)' --out runs/sizes
  seqbench run --data path/to/treebank --folds 5
  seqbench run --data path/to/treebank --train-sizes 100,1000,all
  seqbench run plan.toml --dry-run
"""


Resolve = Callable[[Spec, Mapping[str, Any]], Model]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options of one call."""

    data: tuple[str, ...]
    models: tuple[str, ...]
    seeds: int
    device: str
    jobs: int
    isolate: bool
    timeout: float | None
    memory: int | None
    threads: int
    epochs: int | None
    settings: tuple[str, ...]
    plugins: tuple[Path, ...]
    out: Path | None
    form: str
    confusion: tuple[str, ...]
    per_tag: bool
    quiet: bool
    budget: float | None = None
    executor: str = "local"
    gpus: float | None = None
    plan: Path | None = None
    save_plan: Path | None = None
    dry_run: bool = False
    fresh: bool = False
    reporters: tuple[str, ...] = ()
    folds: int | None = None
    resplits: int | None = None
    train_sizes: tuple[str, ...] = ()
    against: str | None = None

    def note(self, message: str) -> None:
        """Say something on standard error, unless asked to be quiet."""
        if not self.quiet:
            click.echo(message, err=True)


@click.command("run", epilog=_EXAMPLES)
@click.argument(
    "plan",
    required=False,
    type=click.Path(path_type=Path),
    metavar="[PLAN.toml]",
    is_eager=True,
    callback=plan_files.apply,
)
@click.option(
    "--data",
    multiple=True,
    metavar="NAME|PATH",
    help="A dataset, file or folder; repeatable. Column choice: 'PATH?tags=3&features=2'.",
)
@click.option(
    "--models", multiple=True, metavar="SPEC,...", help="Models to compare: NAME, NAME(field=value), LABEL=NAME(...)."
)
@click.option("--seeds", type=click.IntRange(min=1), default=1, show_default=True, help="Run seeds 0 to N-1.")
@options.folds
@options.resplits
@options.train_sizes
@click.option(
    "--device", default="auto", show_default=True, metavar="auto|cpu|cuda|mps", help="Where all models compute."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Trials at once, in worker processes."
)
@options.executor
@options.gpus
@options.isolate
@options.timeout
@options.memory
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True, help="Threads of each trial.")
@click.option("--epochs", type=click.IntRange(min=1), help="Epochs of every model that has them.")
@click.option("--set", "settings", multiple=True, metavar="LABEL.FIELD=VALUE", help="Set a hyperparameter; repeatable.")
@options.plugin
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The run's folder; what is finished there is kept."
)
@options.form
@options.confusion
@options.per_tag
@options.against
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")
@options.budget
@options.reporter
@click.option("--fresh", is_flag=True, help="Run all trials, as if none were finished.")
@click.option("--dry-run", is_flag=True, help="Print the trials, what is there already and the time left; run nothing.")
@click.option(
    "--save-plan", type=click.Path(path_type=Path), metavar="FILE.toml", help="Write these options as a plan, too."
)
@click.pass_context
def command(context: click.Context, /, **given: Any) -> int:
    """Train and compare models on the same data, under the same conditions.

    Without --models the default models run, without --data the built-in dataset. Results go to standard output and
    into a folder (--out, else runs/<date>-<id>); the same command with the same --out continues where it ended.
    A plan holds options by their names (models = ["a", "b"]); what stands on the command line wins over it.
    """
    return _run(Asked(**given), plan_files.settings(context))


def _run(asked: Asked, planned: Mapping[str, Any]) -> int:
    from seqbench.data.cross_validation import sizes, variants
    from seqbench.running.executors.choose import Ways
    from seqbench.running.executors.plugin_import_check import Scout

    ways = Ways(asked.jobs, asked.isolate, asked.timeout, asked.memory, asked.executor, asked.gpus)
    registry = options.registry_of(())
    with Scout(registry, asked.timeout) as scout:
        scout.add_files(asked.plugins)
        models = models_of(asked, registry, scout.resolve)
    check_labels([*asked.confusion, *([asked.against] if asked.against else [])], [model.label for model in models])
    if asked.folds and asked.resplits:
        raise UsageError("--folds and --resplits are two ways to split the same data; choose one")
    splits = list(variants(asked.folds, asked.resplits, sizes(asked.train_sizes)))
    datasets = load_datasets(asked.data, registry, asked.note, splits)
    from seqbench.running import devices
    from seqbench.running.plan import Plan

    plan = Plan(
        datasets,
        models,
        asked.seeds,
        devices.resolve(asked.device),
        asked.threads,
        [p.resolve() for p in asked.plugins],
        sys.argv[1:],
        budget=asked.budget,
        planned=planned,
        fresh=asked.fresh,
    )
    if asked.save_plan:
        plan_files.write(asked.save_plan, planned)
        asked.note(f"plan: {asked.save_plan}")
    folder = asked.out or Path("runs") / f"{datetime.now().astimezone():%Y-%m-%d}-{secrets.token_hex(3)}"
    if asked.dry_run:
        return print_forecast(plan, Store(folder), asked.jobs, asked.form)
    store = Store.create(folder)
    asked.note(f"run folder: {store.folder}")
    _watched(asked, registry, store, plan, ways)
    return print_results(
        [store],
        Wanted(asked.form, asked.confusion, asked.per_tag, compared=True, against=asked.against),
        lambda: registry,
    )


def _watched(asked: Asked, registry: Registry, store: Store, plan: Any, ways: Ways) -> None:
    """Run, and let the user see it."""
    from seqbench.running import runner
    from seqbench.running.executors.choose import executor_for

    for text in asked.reporters:
        attach(registry, text)
    with watched(registry, store, quiet=asked.quiet):
        executor = executor_for(ways, registry, plan.datasets, [model.spec for model in plan.models])
        runner.run(plan, registry, store, asked.note, executor)


def models_of(asked: Asked, registry: Registry, resolve: Resolve) -> list[Model]:
    """The models asked for, else the default ones; hyperparameters: spec > --set > --epochs > default."""
    texts = [text for listed in asked.models for text in split(listed)]
    texts = texts or [entry.name for entry in registry.taggers.values() if entry.default]
    if not texts:
        message = "no model is registered as default; name one with --models"
        raise UsageError(message)
    specs = [parse(text) for text in texts]
    refuse_twice([spec.label for spec in specs])
    settings = _settings(asked.settings, [spec.label for spec in specs])
    models = [_model(resolve, spec, asked.epochs, settings.get(spec.label, {})) for spec in specs]
    without = [model.label for model in models if asked.epochs and "epochs" not in model.fields]
    if without:
        asked.note(f"note: --epochs does not apply to {', '.join(without)}")
    return models


def _settings(texts: Sequence[str], labels: Sequence[str]) -> dict[str, dict[str, Any]]:
    settings: dict[str, dict[str, Any]] = {}
    for text in texts:
        label, field, value = assignment(text)
        if label not in labels:
            raise unknown("model of this run", label, labels, listed="Labels")
        settings.setdefault(label, {})[field] = value
    return settings


def _model(resolve: Resolve, spec: Spec, epochs: int | None, settings: Mapping[str, Any]) -> Model:
    model = resolve(spec, settings)
    if epochs and "epochs" in model.fields and "epochs" not in {*spec.fields, *settings}:
        return resolve(spec, {**settings, "epochs": epochs})
    return model
