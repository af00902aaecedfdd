"""Imports that a Python source states, read from its syntax tree: nothing is executed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

Statement: TypeAlias = ast.Import | ast.ImportFrom
EVERYTHING = "*"
_CALLS = ("import_module", "__import__")
_REMEMBERED = 1024  # sources whose imports one process keeps


@dataclass(frozen=True)
class Import:
    """A `module`, with leading dots where it is relative, and the `names` taken from it, none where all of it is."""

    module: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imports:
    """Imports of one source.

    `executed`: those that run, inside functions too. `lazy`: by name, what a module-level `__getattr__` may load when
    the name is asked for, as stated for type checkers. `public`: the names in `__all__`.
    """

    executed: tuple[Import, ...] = ()
    lazy: Mapping[str, Import] = field(default_factory=lambda: MappingProxyType({}))
    public: tuple[str, ...] = ()


@lru_cache(_REMEMBERED)
def imports_of(source: bytes) -> Imports:
    """Imports of a source; none if it is not Python."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return Imports()
    typed: list[Statement] = []
    executed = [part for statement in _imports(body, typed) for part in _parts(statement)]
    if any(call.encode() in source for call in _CALLS):
        executed += _called(body)
    loads_names = any(isinstance(node, ast.FunctionDef) and node.name == "__getattr__" for node in body)
    lazy = dict(pair for statement in typed for pair in _bound(statement)) if loads_names else {}
    return Imports(tuple(dict.fromkeys(executed)), MappingProxyType(lazy), tuple(_public(body)))


def _imports(body: Iterable[ast.stmt], typed: list[Statement]) -> Iterator[Statement]:
    """Import statements at any depth, but statements for type checkers only, which are appended to `typed`."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield statement
        elif isinstance(statement, ast.If) and _for_type_checkers(statement.test):
            typed.extend(_imports(statement.body, typed))
            yield from _imports(statement.orelse, typed)
        else:
            for block in _blocks(statement):
                yield from _imports(block, typed)


def _blocks(statement: ast.stmt | ast.excepthandler | ast.match_case) -> Iterator[list[ast.stmt]]:
    """Blocks of statements inside a statement. Expressions hold no imports, and are most of a tree."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(statement, name, None)
        if isinstance(block, list):
            yield block
    for name in ("handlers", "cases"):
        for part in getattr(statement, name, ()):
            yield part.body


def _for_type_checkers(test: ast.expr) -> bool:
    return getattr(test, "id", getattr(test, "attr", None)) == "TYPE_CHECKING"


def _parts(statement: Statement) -> list[Import]:
    if isinstance(statement, ast.Import):
        return [Import(alias.name) for alias in statement.names]
    return [Import(_module(statement), tuple(alias.name for alias in statement.names))]


def _module(statement: ast.ImportFrom) -> str:
    return "." * statement.level + (statement.module or "")


def _bound(statement: Statement) -> Iterator[tuple[str, Import]]:
    """Names that a statement binds, each with the import of it alone."""
    for alias in statement.names:
        if isinstance(statement, ast.Import):
            yield alias.asname or alias.name.partition(".")[0], Import(alias.name)
        else:
            yield alias.asname or alias.name, Import(_module(statement), (alias.name,))


def _called(body: Iterable[ast.stmt]) -> Iterator[Import]:
    """Imports by a call with a literal name: `import_module("package.module")`."""
    for node in (node for statement in body for node in ast.walk(statement)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", None)) in _CALLS:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                    yield Import(argument.value)


def _public(body: Iterable[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.Assign) and any(getattr(t, "id", None) == "__all__" for t in statement.targets):
            for item in getattr(statement.value, "elts", ()):
                if isinstance(item, ast.Constant) and isinstance(item.value, str):
                    yield item.value
