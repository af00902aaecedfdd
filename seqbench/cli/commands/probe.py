"""`seqbench probe`: how far each model gets on probes that get harder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypedDict, Unpack

import click

from seqbench.cli import options
from seqbench.cli.help_pages import GroupedCommand
from seqbench.cli.run_progress import new_folder, watched
from seqbench.cli.terminal import echo_rendered
from seqbench.contracts.quantities import seeds_of
from seqbench.registry.probes import probes_of
from seqbench.reporting.layout import Form
from seqbench.reporting.profile_picture import write_picture
from seqbench.reporting.profile_tables import profile_table
from seqbench.reporting.table import json_text, rendered
from seqbench.results.capability_profile import CapabilityProfile
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways
from seqbench.running.probing import Limits, Probing, plan_without_data, training_out
from seqbench.running.request import RunRequest

_EXAMPLES = """
\b
Examples:
  seqbench probe --models NAME,OTHER
  seqbench probe --models NAME --probes 'PROBE?tokens=5000,OTHER' \\
      --up-to 16 --seeds 1
"""


class _Options(TypedDict):
    models: tuple[str, ...]
    probes: tuple[str, ...]
    seeds: str | int
    epochs: int
    patience: int
    up_to: float | None
    device: str
    jobs: int
    threads: int
    plugins: tuple[Path, ...]
    without: tuple[str, ...]
    out: Path | None
    picture: Path | None
    form: Form
    quiet: bool


@click.command("probe", cls=GroupedCommand, epilog=_EXAMPLES)
@click.option("--models", multiple=True, metavar="SPEC,...", help="Models, as for run; else the default ones.")
@click.option(
    "--probes", multiple=True, metavar="PROBE,...", help="Probes, perhaps with options: NAME?option=value; else five."
)
@click.option(
    "--seeds", type=options.Seeds(), default=3, show_default=True, metavar="N|A-B|A,B,...", help="Seeds, as for run."
)
@click.option(
    "--epochs", type=click.IntRange(1, 100_000), default=Limits.epochs, show_default=True, metavar="N",
    help="Most epochs of every trial; a trial ends when dev rises no more, or the ceiling is met.",
)  # fmt: skip
@click.option(
    "--patience", type=click.IntRange(1, 100_000), default=Limits.patience, show_default=True, metavar="N",
    help="Epochs in which dev does not rise after which a trial ends; some models learn late, and all at once.",
)  # fmt: skip
@click.option("--up-to", type=float, metavar="LEVEL", help="Leave out harder levels than this.")
@options.device
@options.jobs
@options.threads
@options.plugin
@options.without
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="The folder; what is finished is kept.")
@click.option("--picture", type=click.Path(path_type=Path), metavar="FILE.svg", help="Draw the profile, too.")
@options.form
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")
def command(**arguments: Unpack[_Options]) -> int:
    """Find how far each model gets: the longest distance, the most pairs, within one point of the ceiling.

    Each probe gets harder level by level; bisection finds the hardest level that a model masters, for each seed. The
    folder is a run's, which `seqbench show` prints; the same command with the same --out goes on where it ended.
    """
    registry, note = options.registry_of((), arguments["without"]), options.noting(quiet=arguments["quiet"])
    texts = [text for listed in arguments["probes"] for text in listed.split(",") if text]
    probes = probes_of(texts, registry)
    if (hardest := arguments["up_to"]) is not None:
        probes = [probe.up_to(hardest) for probe in probes]
    limits = Limits(epochs=arguments["epochs"], patience=arguments["patience"])
    request = training_out(_request(arguments), registry, limits)
    plan = plan_without_data(request, registry, note)
    store = Store.create(arguments["out"] or new_folder("probe-"))
    note(f"run folder: {store.folder}")
    probing = Probing(plan, probes, registry, store, request.ways, limits)
    with watched(registry, store, quiet=arguments["quiet"]) as tell:
        profile = probing.run(tell)
    _print(profile, arguments["form"])
    if arguments["picture"]:
        write_picture(arguments["picture"], profile)
    return int(any(cell.accuracy is None for cell in profile.cells))


def _request(arguments: _Options) -> RunRequest:
    return RunRequest(
        models=arguments["models"],
        seeds=seeds_of(str(arguments["seeds"])),
        device=arguments["device"],
        threads=arguments["threads"],
        plugins=arguments["plugins"],
        without=arguments["without"],
        ways=Ways(arguments["jobs"]),
        command=sys.argv[1:],
    )


def _print(profile: CapabilityProfile, form: Form) -> None:
    text = json_text(profile.as_json()) if form == "json" else rendered(profile_table(profile), form)
    echo_rendered(text)
