"""Discovery of plugins: each is asked what it registers, one at a time, and hears the events of a run.

Plugins come from installed packages (entry-point group `seqbench`), from single files and from Python. A plugin that
cannot be imported, misspells a hook, takes a taken name or raises costs one warning, and nothing else is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pluggy

from seqbench.contracts import hooks as hookspecs
from seqbench.contracts.datasets import DataAccess
from seqbench.errors import PluginError, UsageError, unknown
from seqbench.registry.entries import Entry, Intake, Loss, Plugin, reason
from seqbench.registry.hook_functions import hashable, refuse_silent
from seqbench.registry.plugin_files import import_file, name_of
from seqbench.registry.source_modules import existing
from seqbench.registry.standard_output import spared, spared_unless

KINDS = ("taggers", "datasets", "readers", "writers", "metrics", "reporters", "sections", "formats", "published")


def _nobody(_loss: Loss) -> None:
    """Ignore a loss; `Registry.losses` has it."""


@dataclass(eq=False)
class Registry:
    """Registered things by kind and name; `warn` hears losses, `without` are left out, `access` is for datasets."""

    warn: Callable[[Loss], None] = _nobody
    taggers: dict[str, Entry] = field(default_factory=dict)
    datasets: dict[str, Entry] = field(default_factory=dict)
    readers: dict[str, Entry] = field(default_factory=dict)
    writers: dict[str, Entry] = field(default_factory=dict)
    metrics: dict[str, Entry] = field(default_factory=dict)
    reporters: dict[str, Entry] = field(default_factory=dict)
    sections: dict[str, Entry] = field(default_factory=dict)
    formats: dict[str, Entry] = field(default_factory=dict)
    published: dict[str, Entry] = field(default_factory=dict)
    plugins: dict[str, Plugin] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    without: tuple[str, ...] = ()
    access: DataAccess = field(default_factory=DataAccess)

    def __post_init__(self) -> None:
        self._manager = pluggy.PluginManager("seqbench")
        self._manager.add_hookspecs(hookspecs)

    @classmethod
    def discover(
        cls,
        files: Sequence[Path] = (),
        warn: Callable[[Loss], None] = _nobody,
        points: Collection[str] | None = None,
        without: Sequence[str] = (),
    ) -> Registry:
        """Registry of these files and of installed plugins: seqbench's own, and others whose names are in `points`.

        Plugins in `without` are left out. Raises `UsageError` if a file is not there, or what to leave out is not.
        """
        from importlib.metadata import entry_points

        registry = cls(warn, without=tuple(without))
        installed = entry_points(group="seqbench")
        absent = sorted({*without} - installed.names)
        if absent and points is None:  # another machine may have fewer
            raise unknown("installed plugin", absent[0], installed.names)
        for point in sorted(installed, key=lambda p: p.name):
            about = point.dist.metadata if point.dist else None  # parsed anew at each access
            name, version = (about["Name"], about["Version"]) if about is not None else (None, None)
            plugin = Plugin(point.name, name, version, module=point.module)
            chosen = points is None or not plugin.from_outside or plugin.name in points
            if chosen and plugin.name not in without:
                registry._load(plugin, point.load)
        for file in files:
            registry.add_file(file)
        return registry

    def add_file(self, file: Path) -> None:
        """Load a plugin that is one Python file. Raises `UsageError` if there is no file."""
        path = Path(file).resolve()
        if not path.is_file():
            message = f"there is no plugin file {str(file)!r}"
            raise UsageError(message)
        self._load(self.plugin_of(path), lambda: import_file(path))

    def plugin_of(self, file: Path) -> Plugin:
        """The plugin that a file is: known by as much of its path as no other plugin is known by."""
        others = [*self.plugins.values(), *(loss.plugin for loss in self.losses)]
        return Plugin(name_of(file, {plugin.name for plugin in others if plugin.file != file}), file=file)

    def plugin_from(self, file: Path) -> Plugin | None:
        """The plugin that was loaded from a file, if there is one."""
        return next((plugin for plugin in self.plugins.values() if plugin.file == file), None)

    def add_absent(self, plugin: Plugin, taggers: Iterable[tuple[str, str, bool]]) -> None:
        """Add a plugin that is not loaded in this process, by name, summary and default mark of its taggers."""

        class Absent:
            @hookspecs.hookimpl
            def register_taggers(self, register: hookspecs.Register) -> None:
                for name, summary, default in taggers:
                    register(name, Loss(plugin, "only worker processes load it"), summary, default=default)

        self._load(plugin, Absent)

    def add(self, thing: object, name: str, once: str = "") -> None:
        """Add a module or object with hooks as a plugin of this process; `once` as in `Plugin`."""
        self._load(Plugin(name, once=once), lambda: thing)

    def tagger(self, name: str) -> Entry:
        """Tagger of this name. Raises `UsageError`, with the nearest name, if there is none.

        Where a whole plugin was lost, which may have had the tagger, the loss stands for it: its trials will say so.
        """
        entry = self.find(name)
        if entry is None:
            error = unknown("tagger", name, self.taggers, here=Path(f"{name}.py"))
            lost = next((loss for loss in self.losses if loss.entry is None), None)
            if lost is None:
                raise error
            entry = Entry("tagger", name, replace(lost, reason=f"{lost.reason}; {error}"), "", lost.plugin)
        return entry

    def find(self, name: str) -> Entry | None:
        """Tagger of this name, None if there is none; a loss stands for the tagger of its name."""
        losses = (loss for loss in self.losses if loss.tagger == name)
        lost = next((Entry("tagger", name, loss, "", loss.plugin) for loss in losses), None)
        return self.taggers.get(name, lost)

    def hooks_of(self, name: str) -> set[str]:
        """Names of the hooks that a plugin implements."""
        return {caller.name for caller in self._manager.get_hookcallers(self._manager.get_plugin(name)) or ()}

    def emit(self, event: str, **arguments: Any) -> None:
        """Tell every plugin of an event of a run; a plugin that raises hears no further event."""
        for plugin in list(self.plugins.values()):
            if self._manager.has_plugin(plugin.name):
                try:
                    with spared_unless(handed_over=not (plugin.file or plugin.module)):
                        self._call(plugin, event, **arguments)
                except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's code may raise anything
                    self.lose(plugin, error)

    def _load(self, plugin: Plugin, get: Callable[[], object]) -> None:
        if other := self.plugins.get(plugin.name):
            self.lose(plugin, PluginError(f"its name is taken by {other}; rename one of them"))
            return
        try:
            with spared():
                thing = hashable(get())
                self._manager.register(thing, plugin.name)
                self._manager.check_pending()
                refuse_silent(thing, self.hooks_of(plugin.name))
                registered = {kind: self._registered(kind, plugin) for kind in KINDS}
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's code may raise anything
            self.lose(plugin, error)
            return
        self.plugins[plugin.name] = plugin
        modules = {entry.module for entries in registered.values() for entry in entries.values()}
        known = existing(module for module in modules if module)
        for kind, entries in registered.items():
            getattr(self, kind).update(
                (name, entry) for name, entry in entries.items() if self._has_module(entry, known)
            )

    def _has_module(self, entry: Entry, known: Collection[str]) -> bool:
        """Whether the module of an import path is known; a missing one costs its own entry, and a warning."""
        if entry.module is None or entry.module in known:
            return True
        self._record(Loss(entry.plugin, f"No module named {entry.module!r}", entry=entry))
        return False

    def _registered(self, kind: str, plugin: Plugin) -> dict[str, Entry]:
        """Entries of one kind that a plugin registers."""
        intake = Intake(kind.removesuffix("s"), plugin, getattr(self, kind))
        self._call(plugin, f"register_{kind}", register=intake.function)
        return intake.entries

    def _call(self, plugin: Plugin, hook: str, **arguments: Any) -> None:
        others = [p for name, p in self._manager.list_name_plugin() if name != plugin.name and p is not None]
        self._manager.subset_hook_caller(hook, others)(**arguments)

    def lose(self, plugin: Plugin, error: BaseException) -> None:
        """Remove a plugin that failed, and warn."""
        same_name_stays = plugin.name in self.plugins and self.plugins[plugin.name] is not plugin
        if self._manager.has_plugin(plugin.name) and not same_name_stays:
            self._manager.unregister(name=plugin.name)
        self._record(Loss(plugin, reason(error), error))

    def _record(self, loss: Loss) -> None:
        self.losses.append(loss)
        self.warn(loss)
