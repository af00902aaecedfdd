"""Modules are located as an import would, and never imported."""

import sys
import zipfile

import pytest
from distributions import write

from seqbench.registry.source_modules import SourceModule, existing, exists, find

FILES = {
    "located_package/__init__.py": "1 / 0",
    "located_package/module.py": "1 / 0",
    "located_package/plain/inner.py": "1 / 0",
    "located_spread/module.py": "1 / 0",
    "located_alone.py": "1 / 0",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    return write(tmp_path, FILES)


def found(name, beside=None):
    parent = None
    for part in name.split("."):
        parent = find(f"{parent.name}.{part}" if parent else part, parent, beside)
    return parent


@pytest.mark.parametrize(
    ("name", "path", "package"),
    [
        ("located_package", "located_package/__init__.py", "located_package"),
        ("located_package.module", "located_package/module.py", "located_package"),
        ("located_package.plain.inner", "located_package/plain/inner.py", "located_package.plain"),
        ("located_spread.module", "located_spread/module.py", "located_spread"),
        ("located_alone", "located_alone.py", ""),
    ],
)
def test_a_module_is_located_without_being_executed(folder, name, path, package):
    module = found(name)
    assert (module.path, module.package, module.content()) == (path, package, b"1 / 0")
    assert not any(loaded.startswith("located_") for loaded in sys.modules)


def test_a_folder_without_init_is_a_package_without_a_file(folder):
    for name in ("located_spread", "located_package.plain"):
        assert found(name).origin is None
        assert found(name).content() is None


@pytest.mark.parametrize("name", ["no_such_module", "json", "located_package.none"])
def test_what_is_not_there_or_is_pythons_own_is_none(folder, name):
    assert found(name) is None


def test_a_module_that_is_no_package_has_no_modules_inside(folder):
    assert found("located_alone.part") is None


def test_a_module_in_an_archive_has_its_own_bytes(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        for path, text in FILES.items():
            archive.writestr(path, text)
    monkeypatch.syspath_prepend(tmp_path / "packed.zip")
    module = found("located_package.module")
    assert (module.path, module.content()) == ("located_package/module.py", b"1 / 0")


def test_a_compiled_module_is_located_too():
    module = found("numpy._core._multiarray_umath")
    assert module.path.startswith("numpy/_core/_multiarray_umath.")
    assert module.content()[:4] in (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"MZ\x90\x00")


def test_what_lies_beside_a_plugin_file_comes_first(folder, tmp_path):
    beside = write(tmp_path / "plugins", {"located_alone.py": "beside"})
    assert found("located_alone", beside).content() == b"beside"
    assert found("located_package", beside).content() == b"1 / 0"


def test_a_file_that_is_gone_has_no_bytes(tmp_path):
    assert SourceModule("gone", tmp_path / "gone.py").content() is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("located_package.module", True),
        ("located_package.plain.inner", True),
        ("located_spread", True),
        ("located_package.none", False),
        ("located_none.module", False),
        ("os.path", True),
        ("sys", True),
        ("only_in_memory", True),
    ],
)
def test_whether_a_module_exists_is_told_without_importing_it(folder, name, expected, monkeypatch):
    monkeypatch.setitem(sys.modules, "only_in_memory", type(sys)("only_in_memory"))
    assert exists(name) is expected
    assert not any(loaded.startswith("located_") for loaded in sys.modules)


def test_several_modules_at_once_are_those_that_are_there_one_by_one(folder):
    names = [
        *(f"located_{end}" for end in ("package.module", "package.none", "package.plain.inner", "alone", "alone.x"))
    ]
    names += ["json", "no_such_module.part", "located_spread.module"]
    assert existing(names) == {name for name in names if exists(name)}
    assert existing(names) == {
        "located_package.module",
        "located_package.plain.inner",
        "located_alone",
        "json",
        "located_spread.module",
    }
