"""Which modules are a plugin's own."""

from pathlib import Path

import pytest
from distributions import install, install_editable, write

from seqbench.registry.code_owners import is_core, owned_by, project_of
from seqbench.registry.entries import Plugin
from seqbench.registry.source_modules import SourceModule

WINDOW = Plugin("window", "seqbench-window", "1.0", module="owned_window")
FILES = {"owned_window/__init__.py": "", "owned_core/__init__.py": ""}


def module(site, name):
    return SourceModule(name, Path(site, *name.split("."), "__init__.py"), ())


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path / "site-packages")
    return tmp_path / "site-packages"


def test_an_installed_distribution_owns_the_files_that_it_lists(site):
    install(site, FILES)
    owned = owned_by(WINDOW, "owned_window")
    assert owned(module(site, "owned_window"))
    assert owned(module(site, "owned_core"))
    assert not owned(module(site, "owned_other"))
    assert not owned(module(site, "owned_window.later"))


def test_an_editable_distribution_owns_what_lies_in_its_project_and_nothing_that_is_installed_there(site, tmp_path):
    install_editable(site, tmp_path / "project", {f"src/{path}": text for path, text in FILES.items()})
    owned = owned_by(WINDOW, "owned_window")
    assert owned(module(tmp_path / "project/src", "owned_window"))
    assert owned(module(tmp_path / "project/src", "owned_core"))
    assert not owned(module(tmp_path / "elsewhere", "owned_core"))
    assert not owned(module(tmp_path / "project/.venv/lib/site-packages", "numpy"))
    assert project_of("seqbench-window") == tmp_path / "project"


def test_a_distribution_that_lists_no_files_owns_the_package_of_its_entry_point(site):
    install(site, {})
    (site / "seqbench_window-1.0.dist-info/RECORD").unlink()
    owned = owned_by(WINDOW, "owned_window.tagger")
    assert owned(module(site, "owned_window.tagger"))
    assert not owned(module(site, "owned_core"))


def test_a_plugin_file_owns_what_lies_beside_it_but_not_seqbench_or_python(tmp_path):
    owned = owned_by(Plugin("mine", file=write(tmp_path, {"mine.py": ""}) / "mine.py"), "mine")
    assert owned(module(tmp_path, "window"))
    assert owned(module(tmp_path, "window.deep"))
    for name in ("seqbench", "seqbench.data", "json"):
        assert not owned(module(tmp_path, name))
    assert not owned(module(tmp_path.parent, "window"))


def test_of_what_is_no_distribution_the_outermost_package_is_its_own(tmp_path):
    owned = owned_by(Plugin("mine"), "owned_window.tagger")
    assert owned(module(tmp_path, "owned_window.deep"))
    assert not owned(module(tmp_path, "owned_core"))


def test_a_distribution_that_is_gone_has_no_project():
    assert project_of("seqbench-no-such-distribution") is None
    assert project_of(None) is None


def test_the_core_is_the_package_seqbench(tmp_path):
    assert is_core(module(tmp_path, "seqbench.data"))
    assert not is_core(module(tmp_path, "seqbench_other"))
