"""Entries that plugins register, imported only when they are used, and the plugins that they come from."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from seqbench.contracts.datasets import About
from seqbench.contracts.plain_text import plain_text
from seqbench.errors import PluginError, SeqbenchError
from seqbench.registry.source_modules import exists
from seqbench.registry.standard_output import spared

_NOTHING: Mapping[str, str] = MappingProxyType({})
_FORBIDDEN = frozenset("=(),? \t\n")


@dataclass(frozen=True)
class Plugin:
    """Origin of entries: an installed distribution, a single file, or an object handed over in Python.

    `once` tells the objects of one call from those of any other, so that no trial of theirs counts as finished before.
    """

    name: str
    distribution: str | None = None
    version: str | None = None
    file: Path | None = None
    module: str | None = None
    once: str = ""

    @property
    def from_outside(self) -> bool:
        """Whether the code is a stranger's, not part of seqbench's own distribution."""
        return self.distribution != "seqbench"

    @property
    def of_this_process(self) -> bool:
        """Whether the plugin was handed over in Python, so that no other process can load it."""
        return self.distribution is None and self.file is None

    def __str__(self) -> str:
        source = self.file or (f"{self.distribution} {self.version}" if self.distribution else "this process")
        return f"{self.name!r} ({source})"


@dataclass(frozen=True)
class Loss:
    """Plugin that was lost, and the reason; with `entry`, a single entry of a plugin whose other entries stay."""

    plugin: Plugin
    reason: str
    error: BaseException | None = None
    entry: Entry | None = None

    @property
    def tagger(self) -> str | None:
        """Name of the tagger that the loss stands for: of its entry, or of a plugin that was lost as a whole."""
        if self.entry is None:
            return self.plugin.name
        return self.entry.name if self.entry.kind == "tagger" else None

    @property
    def subject(self) -> str:
        """Name of the loss, as a message begins with it."""
        of = f"{self.entry.kind} {self.entry.name!r} of " if self.entry else ""
        return f"{of}plugin {self.plugin}"

    def __str__(self) -> str:
        return f"{self.subject} is left out: {self.reason}"


@dataclass(frozen=True)
class Entry:
    """Registered thing; `suffixes` are those of a reader, `about` are facts about a dataset.

    `needs` are packages by the module that each brings. `together` marks a section about all datasets.
    """

    kind: str
    name: str
    thing: Any
    summary: str
    plugin: Plugin
    default: bool = False
    suffixes: tuple[str, ...] = ()
    about: About = field(default_factory=About)
    needs: Mapping[str, str] = field(default_factory=dict)
    together: bool = False

    @property
    def missing(self) -> list[str]:
        """The packages to install before it can be used: of its needs, those whose module is not there."""
        return list(dict.fromkeys(package for module, package in self.needs.items() if not exists(module)))

    @property
    def summary_with_needs(self) -> str:
        """Summary, with the packages that have to be installed first."""
        missing = " ".join(f"'{package}'" for package in self.missing)
        return self.summary + (f" (MISSING: pip install {missing})" if missing else "")

    @property
    def module(self) -> str | None:
        """Module that the import path names; None for an object."""
        return self.thing.partition(":")[0] if isinstance(self.thing, str) else None

    def load(self) -> Callable[..., Any]:
        """Thing itself. Raises `PluginError` if its import path leads to none, or its plugin was lost."""
        if isinstance(self.thing, Loss):
            raise PluginError(f"{self.thing.subject} cannot be loaded: {self.thing.reason}") from self.thing.error
        if not isinstance(self.thing, str):
            return self.thing  # type: ignore[no-any-return]
        module, _, name = self.thing.partition(":")
        try:
            with spared():
                return getattr(importlib.import_module(module), name)  # type: ignore[no-any-return]
        except Exception as error:
            message = f"{self.kind} {self.name!r} of plugin {self.plugin} cannot be imported: {reason(error)}"
            raise PluginError(message) from error


@dataclass(frozen=True)
class Intake:
    """Collects the entries of one kind that one plugin registers, and refuses names that are taken."""

    kind: str
    plugin: Plugin
    taken: Mapping[str, Entry]
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def function(self) -> Callable[..., None]:
        """The function that a hook of this kind is handed."""
        special: dict[str, Callable[..., None]] = {
            "reader": self.register_reader,
            "writer": self.register_reader,
            "dataset": self.register_dataset,
            "section": self.register_section,
        }
        return special.get(self.kind, self.register)

    def register(
        self, name: str, thing: object, summary: str, *, default: bool = False, needs: Mapping[str, str] = _NOTHING
    ) -> None:
        """See `seqbench.contracts.hooks.Register`."""
        self._take(Entry(self.kind, name, thing, summary, self.plugin, default=default, needs=dict(needs)))

    def register_dataset(
        self, name: str, thing: object, summary: str, *, default: bool = False, about: About | None = None
    ) -> None:
        """See `seqbench.contracts.hooks.RegisterDataset`."""
        if about is not None and not isinstance(about, About):
            raise PluginError(f"about of dataset {name!r} must be a seqbench.About, was: {about!r}")
        self._take(Entry(self.kind, name, thing, summary, self.plugin, default=default, about=about or About()))

    def register_reader(self, name: str, thing: object, suffixes: Sequence[str], summary: str = "") -> None:
        """See `seqbench.contracts.hooks.RegisterReader`."""
        self._take(Entry(self.kind, name, thing, summary, self.plugin, suffixes=tuple(suffixes)))

    def register_section(self, name: str, thing: object, summary: str, *, together: bool = False) -> None:
        """See `seqbench.contracts.hooks.RegisterSection`."""
        self._take(Entry(self.kind, name, thing, summary, self.plugin, together=together))

    def _take(self, entry: Entry) -> None:
        if not entry.name or _FORBIDDEN & set(entry.name):
            raise PluginError(f"{entry.name!r} cannot be a name: it must be text without blanks and without = ( ) , ?")
        if isinstance(entry.thing, str) and not all(entry.thing.partition(":")):
            raise PluginError(f"{entry.thing!r} is no import path; write 'package.module:Name'")
        if other := self.entries.get(entry.name) or self.taken.get(entry.name):
            raise PluginError(
                f"{entry.kind} {entry.name!r} is registered already, by {other.plugin}; rename one of them"
            )
        self.entries[entry.name] = entry


def reason(error: BaseException) -> str:
    """Type and first line of an error, with file and line; of a foreseen error its message alone.

    A first line that ends with a colon says little: the one below it is said as well.
    """
    if isinstance(error, SeqbenchError):
        return plain_text(error)
    frames = traceback.extract_tb(error.__traceback__)
    line = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    said = "".join(traceback.format_exception_only(error)).splitlines()
    first = next((i for i, text in enumerate(said) if text and not text.startswith(" ")), 0)  # of no code as written
    text, below = [*said, type(error).__name__][first].rstrip(), " ".join(said[first + 1 : first + 2]).strip()
    return plain_text((f"{text} {below}" if text.endswith(":") and below else text) + line)
