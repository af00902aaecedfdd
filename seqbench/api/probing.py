"""How far models get on probes that get harder, from Python: `seqbench.probe(["mine"], up_to=16)`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

from seqbench.api.arguments import refuse_unknown, specs_of, texts_of
from seqbench.api.option_values import checked, listed_seeds, refuse_count, refuse_no_number
from seqbench.api.session import Session, new_run_folder, open_session, progress_shown
from seqbench.registry.plugin_files import files_of
from seqbench.registry.probes import probes_of
from seqbench.reporting.profile_picture import write_picture
from seqbench.results.capability_profile import CapabilityProfile
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways
from seqbench.running.probing import Limits, Probing, plan_without_data, training_out
from seqbench.running.request import RunRequest

_SEEDS = 3


class ProbeOptions(TypedDict, total=False):
    """Options of `seqbench probe`, each at its default there if it is left out."""

    probes: Sequence[str]
    seeds: int | str | Sequence[int]
    epochs: int
    patience: int
    up_to: float | None
    device: str
    jobs: int
    threads: int
    plugins: Sequence[str | Path]
    without: Sequence[str]
    out: str | Path | None
    picture: str | Path | None
    quiet: bool


def probe(models: str | Iterable[str] | None = None, **options: Unpack[ProbeOptions]) -> CapabilityProfile:
    """The hardest level of each probe that models master, as `seqbench probe` finds it; `as_json()` has its numbers.

    `models` are specs, else the default ones; `probes` are names, perhaps with options. `picture` is a file to draw the
    profile in. `notes` of the profile are what the command line would have said. Raises `UsageError` for what does not
    fit together.
    """
    refuse_unknown("probe", options, ProbeOptions.__annotations__)
    session = open_session(options.get("without", ()), None, ())
    registry, limits = session.registry, _limits(options)
    probes = probes_of(list(options.get("probes", ())), registry)
    if (hardest := options.get("up_to")) is not None:
        refuse_no_number("up_to", hardest)
        probes = [probe.up_to(hardest) for probe in probes]
    request = training_out(checked(_request(models, session, options)), registry, limits)
    plan = plan_without_data(request, registry, session.notes.append)
    store = Store.create(Path(options.get("out") or new_run_folder()))
    with progress_shown(registry, quiet=options.get("quiet", False)):
        profile = Probing(plan, probes, registry, store, request.ways, limits).run(session.notes.append)
    if picture := options.get("picture"):
        write_picture(Path(picture), profile)
    return replace(profile, notes=tuple(session.notes))


def _limits(options: ProbeOptions) -> Limits:
    """Raises `UsageError` unless both are counts."""
    usual = Limits()
    limits = Limits(epochs=options.get("epochs", usual.epochs), patience=options.get("patience", usual.patience))
    refuse_count("epochs", limits.epochs)
    refuse_count("patience", limits.patience)
    return limits


def _request(models: str | Iterable[str] | None, session: Session, options: ProbeOptions) -> RunRequest:
    return RunRequest(
        models=specs_of(models, session.registry),
        seeds=listed_seeds(options.get("seeds", _SEEDS)),
        device=options.get("device", "auto"),
        threads=options.get("threads", 1),
        plugins=files_of(options.get("plugins", ())),
        without=texts_of(options.get("without", ())),
        ways=Ways(options.get("jobs", 1)),
        command=sys.argv,
    )
