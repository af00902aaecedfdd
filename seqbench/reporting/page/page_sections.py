"""Sections of the page, which plugins register: pictures and tables of one dataset, or of all datasets together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from seqbench.errors import PluginError
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry, reason
from seqbench.registry.standard_output import spared
from seqbench.reporting.comparison_findings import Findings
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.page.figure import Figure, unchecked
from seqbench.reporting.table import Table

Shown = Figure | Table


@dataclass(eq=False)
class PageSections:
    """The sections of a page; one that cannot be used costs one warning, and the page goes without it."""

    entries: Sequence[Entry]
    warn: Callable[[str], None]
    _lost: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, registry: Registry, warn: Callable[[str], None]) -> PageSections:
        """The registered sections: those of seqbench first, in the order of the plugins' calls."""
        return cls(sorted(registry.sections.values(), key=lambda entry: entry.plugin.from_outside), warn)

    def of_dataset(self, report: DatasetReport) -> list[Shown]:
        """Sections of one dataset."""
        return self._shown(report, together=False)

    def of_all(self, findings: Findings) -> list[Shown]:
        """Sections on all datasets together."""
        return self._shown(findings, together=True)

    def _shown(self, report: DatasetReport | Findings, *, together: bool) -> list[Shown]:
        shown: list[Shown] = []
        with unchecked():
            for entry in self.entries:
                if entry.together == together and entry.name not in self._lost:
                    shown += self._of(entry, report, {part.name for part in shown if isinstance(part, Figure)})
        return shown

    def _of(self, entry: Entry, report: DatasetReport | Findings, names: set[str]) -> list[Shown]:
        """Contents of one section; empty for one that fails."""
        try:
            with spared():
                parts = list(entry.load()(report))
            self._check(parts, names)
        except Exception as error:  # noqa: BLE001 -- a stranger's code may raise anything
            self._lost.add(entry.name)
            self.warn(f"section {entry.name!r} of plugin {entry.plugin} is left out of the page: {reason(error)}")
            return []
        return parts

    def _check(self, parts: Sequence[object], names: set[str]) -> None:
        """Raises `PluginError` for what is neither picture nor table, and for a name that another picture has."""
        for part in parts:
            if not isinstance(part, Figure | Table):
                raise PluginError(f"it gave {type(part).__name__}, no Figure and no Table of seqbench.sections")
            if isinstance(part, Figure) and part.name in names:
                raise PluginError(f"another section has a picture named {part.name!r}; name it otherwise")
            names |= {part.name} if isinstance(part, Figure) else set()
