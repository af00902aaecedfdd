"""Learns what plugins from outside register, and what their specs mean, without running their code in this process.

Each plugin is loaded by a worker process of its own, which tells what it found. One that ends that process, hangs in
it or changes it while it is imported or built costs its own trials and nothing else. A plugin file that does more than
register taggers (readers, metrics, events...) is then loaded here as well, since that is where these are used.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from typing import Any, Self

import msgspec

from seqbench.contracts.hyperparameters import Range
from seqbench.errors import PluginError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.models import Model, resolve, unresolved
from seqbench.registry.specs import Spec, parse, written
from seqbench.results.records import Json
from seqbench.running.executors.descendants import ended_with_an_error
from seqbench.running.executors.local_processes import needed_by, strangers
from seqbench.running.executors.messages import FORGED, Message
from seqbench.running.executors.worker_process import WorkerProcess

_PATIENCE = 120.0  # seconds that a plugin may take to be imported
_GRACE = 2.0  # seconds that a process has to end by itself

_Needed = tuple[tuple[str, ...], tuple[str, ...]]


class _Description(msgspec.Struct, frozen=True):
    """Description of a model by a worker; see `plugin_description.model`."""

    spec: str
    deterministic: bool
    files: dict[str, str]
    uses_device: bool
    ranges: dict[str, dict[str, Json]]
    parts: tuple[_Description, ...]
    sight: tuple[int | None, int | None]


@dataclass
class ImportCheck:
    """Worker processes that look at plugins, one for each set of plugins that a spec needs; leaving ends them."""

    registry: Registry
    timeout: float | None = None
    _workers: dict[_Needed, WorkerProcess] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers.values():
            worker.kill()
            worker.close()

    def add_files(self, files: Sequence[Path]) -> None:
        """Take plugin files into the registry; `UsageError` where there is none."""
        for file in files:
            if not file.is_file():
                raise UsageError(f"there is no plugin file {str(file)!r}")
        paths = [file.resolve() for file in files]
        for path in paths:
            self._worker(_alone(path))  # all start at once
        for path in paths:
            self._add(path)

    def _add(self, path: Path) -> None:
        plugin = self.registry.plugin_of(path)
        try:
            description = self._ask(_alone(path), {"do": "look", "file": str(path), "without": self.registry.without})
        except PluginError as error:
            self.registry.lose(plugin, error)
            return
        if description.get("more"):
            self.registry.add_file(path)
        else:
            self.registry.add_absent(plugin, description.get("taggers", ()))

    def resolve(self, spec: Spec, extra: Mapping[str, Any] | None = None) -> Model:
        """See `seqbench.registry.models.resolve`."""
        plugins = strangers(written(spec.name, spec.fields), self.registry)
        if not plugins or any(plugin.of_this_process for plugin in plugins):
            return resolve(self.registry, spec, extra)
        needed = needed_by(plugins, self.registry)
        fields = {**(extra or {}), **spec.fields}
        message = {"do": "resolve", **needed, "spec": written(spec.name, fields)}
        try:
            answer = self._ask((tuple(needed["points"]), tuple(needed["files"])), message)
            model = self._model(msgspec.convert(answer, _Description))
            if model.entry.name != spec.name:
                return unresolved(self.registry, spec, fields)
        except (PluginError, *FORGED):  # its trials will end in the same way, and say so
            return unresolved(self.registry, spec, fields)
        return replace(model, label=spec.label)

    def _model(self, described: _Description) -> Model:
        """The model that a worker described."""
        spec = parse(described.spec)
        model = Model(spec.label, described.spec, self.registry.tagger(spec.name), spec.fields, described.deterministic)
        files = {name: Path(file) for name, file in described.files.items()}
        ranges = {
            name: Range(**{**searched, "choices": tuple(searched["choices"])})
            for name, searched in described.ranges.items()
        }
        parts = tuple(self._model(part) for part in described.parts)
        model = replace(model, parts=parts, files=files, ranges=ranges, sight=described.sight)
        return replace(model, uses_device=described.uses_device)

    def _worker(self, needed: _Needed) -> WorkerProcess:
        if needed not in self._workers:
            with ended_with_an_error():
                self._workers[needed] = WorkerProcess.start(threads=1)
        return self._workers[needed]

    def _ask(self, needed: _Needed, message: Message) -> Message:
        """The answer of the worker for these plugins; `PluginError` where there is none."""
        worker = self._worker(needed)
        try:
            answer = _answer(worker, message, time.monotonic() + (self.timeout or _PATIENCE))
        except PluginError:
            self._workers.pop(needed).kill()
            worker.close()
            raise
        if "refused" in answer:
            raise UsageError(str(answer["refused"]))
        if "lost" in answer:
            raise PluginError(str(answer["lost"]))
        return answer


def _alone(file: Path) -> _Needed:
    """Message for a worker that looks at one plugin file."""
    return (), (str(file),)


def _answer(worker: WorkerProcess, message: Message, until: float) -> Message:
    """Answer of a worker, while the output of its plugins is read; `PluginError` where its process ends or hangs."""
    try:
        worker.say(message)
        with DefaultSelector() as selector:
            selector.register(worker.channel, EVENT_READ)
            selector.register(worker.output, EVENT_READ)
            while (left := until - time.monotonic()) > 0:
                for key, _ in selector.select(left):
                    if key.fd == worker.output:
                        if not worker.read():
                            selector.unregister(worker.output)
                    elif (said := worker.hear()) is None:
                        raise PluginError(f"{worker.ending(_GRACE)} while it was loaded")
                    else:
                        for answer in said:
                            if answer.get("say") == "found":
                                return answer
    except (OSError, *FORGED) as error:
        raise PluginError(f"{worker.ending(_GRACE)} while it was loaded") from error
    raise PluginError("it takes too long to load")
