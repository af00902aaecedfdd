"""A run repeated: the same requests once more, made where the run was made, in a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path

from seqbench.errors import UsageError
from seqbench.registry.data_argument import exists
from seqbench.registry.discovery import Registry
from seqbench.results.records import Json, Manifest
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways
from seqbench.running.plan import Plan
from seqbench.running.relocated_request import located, start_of, told_where, with_folder_of
from seqbench.running.repeated_request import planned_requests, repeated
from seqbench.running.request import RunRequest, plan_of
from seqbench.running.stopping_rule import StoppingRule

Asked = tuple[str, tuple[Path, ...], Sequence[str]]
"""The run as it was named, the plugin files to load, and where the data are now (nothing: where they were)."""


@dataclass(frozen=True, eq=False)
class Repetition:
    """The run `before` repeated in `folder`, with registries from `registry_of`, its plans run by `carry_out`."""

    before: Store
    folder: Path
    registry_of: Callable[[Sequence[str]], Registry]
    carry_out: Callable[[Plan, Ways, Registry, Store], object]

    def of(
        self, manifest: Manifest, overrides: Asked, rule_of: Callable[[Mapping[str, Json]], StoppingRule | None]
    ) -> Store:
        """The new run, with all that was ever asked of the old one; `rule_of` a plan says how many seeds are enough.

        Raises `UsageError` if the run has no finished trial, or if the data are others in number than those of the run.
        """
        run, plugins, data = overrides
        if not self.before.keys():
            raise UsageError(f"{run} has no finished trial, so that a repeated one has nothing to be compared with")
        records = planned_requests(manifest)
        requests = [
            _moved(replace(repeated(record, run, plugins), until=rule_of(record.plan or {})), data)
            for record in records
        ]
        for request, record in zip(requests, records, strict=True):
            store = self._repeat(request, record)
        return store

    def _repeat(self, request: RunRequest, manifest: Manifest) -> Store:
        start = start_of(manifest, self.before.folder)
        folders = [start, self.before.folder, Path.cwd()]
        request = located(request, folders)
        with chdir(start), told_where(start, manifest):
            registry = self.registry_of(request.without)
            registry.access = with_folder_of(registry.access, manifest, folders)
            plan = plan_of(request, registry, lambda _note: None)
            store = Store.create(self.folder)
            self.carry_out(plan, request.ways, registry, store)
        return store


def repeated_folder(run: Path, out: Path | None) -> Path:
    """The folder of a repeated run, RUN-again unless it is named. Raises `UsageError` if it is the run's own."""
    folder = (out or run.with_name(f"{run.resolve().name}-again")).absolute()
    if folder.resolve() == run.resolve():
        raise UsageError("--out must be another folder than the run's own; what lies there would be taken as done")
    return folder


def _moved(request: RunRequest, data: Sequence[str]) -> RunRequest:
    """The request with its data where they are now, if that is told. Raises `UsageError` if the number differs."""
    if not data:
        return request
    if len(data) != len(request.data):
        raise UsageError(f"this run has {len(request.data)} --data, so rerun takes as many, was: {len(data)}")
    located_now = [str(Path(text).absolute()) if exists(Path(text.partition("?")[0])) else text for text in data]
    return replace(request, data=located_now)
