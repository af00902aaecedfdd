"""The request that a run was made from, taken out of its run.json: only what decides results, and nothing that acts.

A run may come from a stranger. Of its plan no plugin is loaded, no file is written and nothing is told to others.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import replace as replace_fields

from seqbench.contracts.metric import SpanSettings
from seqbench.contracts.quantities import seeds_of
from seqbench.errors import StoreError, UsageError
from seqbench.registry.plugin_files import installed
from seqbench.registry.provenance import contents_of
from seqbench.results.records import Manifest
from seqbench.running.executors.choose import Ways
from seqbench.running.request import RunRequest

_Count = Annotated[int, Meta(ge=1, le=100_000)]
_Positive = Annotated[float, Meta(gt=0)]


class _Planned(Struct, kw_only=True, rename="kebab"):
    """The keys of a plan that are taken over."""

    data: tuple[str, ...] = ()
    train: str | None = None
    task: str | None = None
    models: tuple[str, ...] = ()
    seeds: _Count | Annotated[str, Meta(pattern="^[0-9, -]+$")] = 1
    folds: Annotated[int, Meta(ge=2, le=10_000)] | None = None
    resplits: Annotated[int, Meta(ge=2, le=10_000)] | None = None
    group: Literal["document"] | None = None
    train_sizes: tuple[str, ...] = ()
    threads: _Count = 1
    epochs: _Count | None = None
    settings: tuple[str, ...] = field(default=(), name="set")
    budget: _Positive | None = None
    select: str | None = None
    jobs: _Count = 1
    isolate: bool = False
    timeout: _Positive | None = None
    memory: Annotated[int, Meta(ge=1)] | None = None
    plugin: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    scheme: str | None = None
    policy: str = "conlleval"
    without_type: tuple[str, ...] = ()


def planned_requests(manifest: Manifest) -> list[Manifest]:
    """The manifest as each request left it that shared the folder, the last one last; equal ones once."""
    earlier = [
        replace_fields(manifest, plan=r.plan, device=r.device, folder=r.folder or manifest.folder)
        for r in manifest.earlier
        if r.plan is not None
    ]
    requests = {msgspec.json.encode((m.plan, m.device, m.folder)): m for m in [manifest, *reversed(earlier)]}
    return [*reversed(requests.values())]


def repeated(manifest: Manifest, run: str, plugins: tuple[Path, ...] | None = ()) -> RunRequest:
    """The request of a run; what was left to chance or to defaults is as it was then.

    `plugins` are the files that the user names, None where the run's own are not needed. Raises `UsageError` if the run
    does not say how to repeat it, or needs plugin files that were not named or are not the same as then.
    """
    if manifest.plan is None:
        raise UsageError(
            "this run does not say how to repeat it: it was made from Python with objects, by 'seqbench score', "
            "'merge', 'tune' or 'probe', or by an older seqbench"
        )
    try:
        planned = msgspec.convert(manifest.plan, _Planned)
    except msgspec.ValidationError as error:
        raise StoreError(f"the plan in run.json of {run!r} cannot be read: {error}") from error
    if plugins is not None:
        _check_plugins(manifest, planned, run, plugins)
    seeds = _seeds(planned, manifest, run)
    models = planned.models or tuple(model.label for model in manifest.models)
    request = RunRequest(data=planned.data, models=models, device=manifest.device or "auto", plugins=plugins or ())
    same = ("train", "task", "folds", "resplits", "group", "train_sizes")
    further = ("threads", "epochs", "settings", "budget", "select")
    here = installed()  # a plugin that is not there is left out anyway
    without = tuple(name for name in planned.without if name in here)
    ways = Ways(planned.jobs, planned.isolate, planned.timeout, planned.memory)
    spans = SpanSettings(scheme=planned.scheme, policy=planned.policy, without=planned.without_type)
    request = replace(request, seeds=seeds, ways=ways, spans=spans, without=without)
    return replace(request, **{name: getattr(planned, name) for name in (*same, *further)})


def _seeds(planned: _Planned, manifest: Manifest, run: str) -> int | tuple[int, ...]:
    """The seeds of a plan. Raises `StoreError` for more of them than run.json names trials."""
    try:
        seeds = seeds_of(str(planned.seeds))
    except UsageError as error:
        raise StoreError(f"the plan in run.json of {run!r} cannot be read: {error}") from error
    number = seeds if isinstance(seeds, int) else len(seeds)
    named = len(manifest.trials) + len(manifest.superseded or ())
    if number > max(1, named) and not all(model.deterministic for model in manifest.models):
        raise StoreError(
            f"the plan in run.json of {run!r} asks for {number:,} seeds, but run.json names only {named:,} trials; "
            "bring it back from a copy"
        )
    return seeds


def _check_plugins(manifest: Manifest, planned: _Planned, run: str, plugins: tuple[Path, ...]) -> None:
    """A plugin file runs with all that its user may do, so it is the user who names it, and it is the one of then."""
    if len(planned.plugin) > len(plugins):
        named = " ".join(f"--plugin {Path(file).name}" for file in planned.plugin)
        raise UsageError(
            f"this run was made with plugin files, whose code would be run: look at them, then "
            f"seqbench rerun {run} {named}"
        )
    kept = [(str(plugin.get("name")).rpartition("/")[2], plugin.get("file_sha256")) for plugin in manifest.plugins]
    contents = [content for _, content in kept if content]
    unknown = {Path(file).stem for file in planned.plugin} - {name for name, content in kept if content}  # older runs
    for file in plugins:
        if not file.is_file():
            raise UsageError(f"there is no plugin file {str(file)!r}")
        if contents_of(file) not in contents and file.stem not in unknown:
            raise UsageError(f"plugin file {str(file)!r} is not the one that this run was made with")
