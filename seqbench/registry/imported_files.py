"""Files that modules lead to by their imports, as far as the files belong to one owner."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import resolve_name
from itertools import accumulate
from pathlib import Path

from seqbench.registry.import_statements import EVERYTHING, Import, Imports, imports_of
from seqbench.registry.source_modules import SourceModule, find


@dataclass
class ImportedFiles:
    """Files reached so far: their SHA-256 by path, and the names of modules that could not be read or found.

    `owned` tells whether a module's file counts; imports of a file that does not count are not followed. Modules in the
    folder `beside` a plugin file come first.
    """

    owned: Callable[[SourceModule], bool]
    beside: Path | None = None
    files: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    _modules: dict[str, SourceModule | None] = field(default_factory=dict)
    _owned: dict[str, bool] = field(default_factory=dict)
    _imports: dict[str, Imports] = field(default_factory=dict)
    _waiting: list[tuple[Import, str]] = field(default_factory=list)
    _seen: set[tuple[Import, str]] = field(default_factory=set)

    def add(self, module: SourceModule) -> str:
        """Path of a module's file, which is added whoever owns it, with all that it leads to."""
        self._take(module)
        self._follow()
        return module.path

    def add_named(self, name: str) -> str:
        """Path of the file of a module by its name, added like its packages' files; "" if there is none."""
        modules = [self._find(prefix) for prefix in _prefixes(name)]
        for module in modules:
            if module is not None:
                self._take(module)
        if modules[-1] is None:
            self.missing.add(name)
        self._follow()
        return modules[-1].path if modules[-1] else ""

    def _follow(self) -> None:
        while self._waiting:
            statement, package = self._waiting.pop()
            try:
                base = resolve_name(statement.module, package) if statement.module.startswith(".") else statement.module
            except ImportError:  # beyond the outermost package
                continue
            self._enter(base, stated=True)
            for name in self._names(statement, base):
                self._enter(f"{base}.{name}", stated=False)

    def _names(self, statement: Import, base: str) -> Iterable[str]:
        """Names that an import takes from its module; a module taken as a whole may load all that it is able to."""
        imports = self._imports.get(base, Imports())
        if not statement.names:
            return imports.lazy
        return {*imports.lazy, *imports.public} if EVERYTHING in statement.names else statement.names

    def _enter(self, name: str, *, stated: bool) -> None:
        """Take a module and the packages on the way to it; a name that is not `stated` as one may be anything else."""
        parent: SourceModule | None = None
        for prefix in _prefixes(name):
            module = self._find(prefix)
            if module is None:
                self._absent(prefix, parent, stated=stated)
                return
            if not self._counts(module):
                return
            self._take(module)
            parent = module

    def _counts(self, module: SourceModule) -> bool:
        """Whether a module's file counts; a folder without one may hold modules that do."""
        if module.name not in self._owned:
            self._owned[module.name] = module.origin is None or self.owned(module)
        return self._owned[module.name]

    def _absent(self, name: str, parent: SourceModule | None, *, stated: bool) -> None:
        """Follow a name without a module: one that its package loads on demand, or a module that is missing."""
        if parent is None:
            return
        lazy = self._imports.get(parent.name, Imports()).lazy.get(name.rpartition(".")[2])
        if lazy is not None:
            self._wait(lazy, parent.package)
        elif stated:
            self.missing.add(name)

    def _find(self, name: str) -> SourceModule | None:
        if name not in self._modules:
            outer = name.rpartition(".")[0]
            parent = self._find(outer) if outer else None
            self._modules[name] = None if outer and parent is None else find(name, parent, self.beside)
        return self._modules[name]

    def _take(self, module: SourceModule) -> None:
        if module.name in self._imports:
            return
        content = module.content()
        self._imports[module.name] = imports_of(content) if content and module.path.endswith(".py") else Imports()
        if content is not None:
            self.files[module.path] = hashlib.sha256(content).hexdigest()
        elif module.origin is not None:
            self.missing.add(module.name)
        for statement in self._imports[module.name].executed:
            self._wait(statement, module.package)

    def _wait(self, statement: Import, package: str) -> None:
        if (statement, package) not in self._seen:
            self._seen.add((statement, package))
            self._waiting.append((statement, package))


def _prefixes(name: str) -> Iterator[str]:
    """`a`, `a.b`, `a.b.c`."""
    return accumulate(name.split("."), "{}.{}".format)
