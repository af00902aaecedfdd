"""Names of a package that are loaded on first use: `__getattr__ = loading(__name__, homes)` in its `__init__`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


def loading(package: str, homes: Mapping[str, Collection[str]]) -> Callable[[str], object]:
    """`__getattr__` of a package: of each module below it, the names that it gives to the package."""

    def getattr_of_package(name: str) -> object:
        for home, names in homes.items():
            if name in names:
                return getattr(import_module(f"{package}.{home}"), name)
        message = f"module {package!r} has no attribute {name!r}"
        raise AttributeError(message)

    return getattr_of_package
