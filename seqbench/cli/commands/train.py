"""`seqbench train MODEL --data ... --out FOLDER`: one model, trained once and kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypedDict, Unpack

import click

from seqbench.cli import options
from seqbench.cli.run_progress import bars_of
from seqbench.cli.terminal import echo
from seqbench.comparing.trial_intervals import trial_intervals
from seqbench.errors import UsageError
from seqbench.results.model_record import ModelRecord
from seqbench.running.executors.choose import Ways
from seqbench.running.request import RunRequest, plan_of
from seqbench.running.training_one import refuse_other_files, train
from seqbench.scoring.core_scores import BY_NAME

_EXAMPLES = """
\b
Examples:
  seqbench train baseline --data tutorial --out models/first
  seqbench train 'NAME(hidden_dim=256)' --data path/to/treebank \\
      --seed 3 --out models/big
"""


class _Options(TypedDict):
    """Options of a call."""

    model: str
    data: str | None
    out: Path
    seed: int
    device: str
    threads: int
    epochs: int | None
    budget: float | None
    plugins: tuple[Path, ...]
    without: tuple[str, ...]
    quiet: bool


@click.command("train", epilog=_EXAMPLES)
@click.argument("model", metavar="MODEL")
@click.option("--data", metavar="NAME|PATH", help="A dataset, file or folder, as for `seqbench run`.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="The model's folder.")
@click.option("--seed", metavar="N", type=click.IntRange(0), default=0, show_default=True, help="Seed of the training.")
@options.device
@options.threads
@options.epochs
@options.budget
@options.words_dir
@options.plugin
@options.without
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")
def command(**arguments: Unpack[_Options]) -> None:
    """Train one model and keep it in a folder, which `seqbench tag`, `seqbench inspect` and `seqbench.load` read."""
    out, quiet = arguments["out"], arguments["quiet"]
    refuse_other_files(out)
    request = RunRequest(
        data=[arguments["data"]] if arguments["data"] else [],
        models=[arguments["model"]],
        seeds=(arguments["seed"],),
        device=arguments["device"],
        threads=arguments["threads"],
        epochs=arguments["epochs"],
        budget=arguments["budget"],
        plugins=list(arguments["plugins"]),
        without=arguments["without"],
        command=sys.argv[1:],
    )
    registry = options.registry_of((), arguments["without"])
    plan = plan_of(request, registry, options.noting(quiet=quiet))
    if len(plan.models) != 1 or len(plan.datasets) != 1:
        raise UsageError("train makes one model on one dataset; 'seqbench run --keep all' keeps many")
    with bars_of(registry, quiet=quiet, total=1):
        record = train(plan, registry, out, trial_intervals, Ways())
    echo(_said(record, out))


def _said(record: ModelRecord, out: Path) -> str:
    """Text on the scores that were reached, what the model notes of its training, and how to use it."""
    lines = [f"{record.label} on {record.trained_on.name}, seed {record.seed}"]
    for name, score in record.scores.items():
        if score.value is not None:
            limits = f"  ({100 * score.ci95[0]:.2f} to {100 * score.ci95[1]:.2f})" if score.ci95 else ""
            lines.append(f"{BY_NAME[name].title:>10}  {100 * score.value:6.2f}{limits}")
    lines += [f"note: {note}" for note in record.notes]
    return "\n".join([*lines, f"model: {out}", f"use it: echo 'some words' | seqbench tag {out}"])
