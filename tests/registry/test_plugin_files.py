"""Plugin files: named by as little of their path as tells them apart, imported as modules of their own."""

import sys
from pathlib import Path

import pytest

import seqbench
from seqbench import PluginError, UsageError
from seqbench.registry.plugin_files import files_of, import_file, name_of

FILE = Path("/home/me/mine/window.py")


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ((), "window"),
        (("other",), "window"),
        (("window",), "mine/window"),
        (("window", "mine/window"), "me/mine/window"),
        (("window", "mine/window", "me/mine/window"), "home/me/mine/window"),
    ],
)
def test_a_file_is_named_by_as_little_of_its_path_as_tells_it_apart(taken, name):
    assert name_of(FILE, taken) == name


def test_two_files_of_one_name_are_two_modules(tmp_path):
    modules = []
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        file = tmp_path / str(number) / "window.py"
        file.write_text(f"number = {number}")
        modules.append(import_file(file))
    assert [module.number for module in modules] == [1, 2]
    assert [sys.modules[module.__name__] for module in modules] == modules


def test_a_file_that_raises_leaves_no_module(tmp_path):
    file = tmp_path / "broken.py"
    file.write_text("1 / 0")
    before = set(sys.modules)
    with pytest.raises(ZeroDivisionError):
        import_file(file)
    assert set(sys.modules) == before


def test_what_is_no_python_file_is_refused(tmp_path):
    file = tmp_path / "plugin.txt"
    file.write_text("")
    with pytest.raises(PluginError, match="a plugin file must end in .py"):
        import_file(file)


def test_a_single_file_needs_no_list():
    assert files_of("a.py") == files_of(Path("a.py")) == files_of(["a.py"]) == [Path("a.py")]
    with pytest.raises(UsageError, match=r"'nowhere\.py'"):
        seqbench.load("x", plugins="nowhere.py")
