"""Imports read from a source that is never executed."""

import pytest

from seqbench.registry.import_statements import Import, Imports, imports_of

EVERYWHERE = b"""
import a.b as c, d
from e import f as g, h
from . import i
from ..j.k import l
try:
    import m
except ImportError:
    import n
else:
    import o
finally:
    import p
class C:
    import q
    def method(self):
        with x:
            for y in z:
                import r
        while x:
            import s
        match x:
            case 1:
                import t
async def later():
    if x: import u
    else: import v
w = 1; import x
"""


def test_imports_are_seen_wherever_they_stand():
    found = imports_of(EVERYWHERE).executed
    assert found[:6] == (
        Import("a.b"),
        Import("d"),
        Import("e", ("f", "h")),
        Import(".", ("i",)),
        Import("..j.k", ("l",)),
        Import("m"),
    )
    assert {one.module for one in found[5:]} == set("mnopqrstuvx")


def test_words_that_only_read_like_imports_are_none():
    assert imports_of(b'"""\nfrom a import b\n"""\n# import c\nx = "import d"\n') == Imports()


def test_what_is_for_type_checkers_only_is_not_executed():
    source = b"import typing\nif typing.TYPE_CHECKING:\n    from a import b\nelse:\n    import c\n"
    assert imports_of(source) == Imports((Import("typing"), Import("c")))


def test_a_module_that_loads_names_on_demand_says_for_type_checkers_where_they_are():
    source = (
        b"if TYPE_CHECKING:\n    from .a import B, C as D\n    import e.f\n    import g.h as i\n"
        b"__all__ = ['B', 'D']\ndef __getattr__(name): ...\n"
    )
    imports = imports_of(source)
    assert imports.executed == ()
    assert dict(imports.lazy) == {
        "B": Import(".a", ("B",)),
        "D": Import(".a", ("C",)),
        "e": Import("e.f"),
        "i": Import("g.h"),
    }
    assert imports.public == ("B", "D")


def test_a_call_with_a_literal_name_is_an_import():
    source = b"x = [importlib.import_module('a.b'), __import__('c'), import_module(name), import_module()]"
    assert imports_of(source).executed == (Import("a.b"), Import("c"))


@pytest.mark.parametrize("source", [b"x = (", b"\0", b"\xff\xfe", b"\x7fELF"])
def test_what_is_no_python_has_no_imports(source):
    assert imports_of(source) == Imports()
