"""Which files a module leads to: all that it imports of its owner's, and nothing else."""

import pytest
from distributions import write

from seqbench.registry.imported_files import ImportedFiles


@pytest.fixture
def reached(tmp_path, monkeypatch):
    """Gives the files inside a package that its module `tagger` leads to, and the modules that are missing."""
    monkeypatch.syspath_prepend(tmp_path)

    def reached(tagger, **files):
        files = {f"{name.replace('_of_', '/')}.py": text for name, text in files.items()}
        write(tmp_path / "reached_own", {"__init__.py": "", "tagger.py": tagger, **files})
        code = ImportedFiles(lambda module: module.name.partition(".")[0] == "reached_own")
        code.add_named("reached_own.tagger")
        others = {path.removeprefix("reached_own/").removesuffix(".py") for path in code.files}
        return others - {"__init__", "tagger"}, code.missing

    return reached


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from reached_own import a", {"a"}),
        ("import reached_own.a as b", {"a"}),
        ("from . import a, b", {"a", "b"}),
        ("from .a import Thing", {"a"}),
        ("def fit():\n    from .a import Thing", {"a"}),
        ("import importlib\nimportlib.import_module('.a', __package__)", {"a"}),
        ("from . import *", set()),
        ("import json, numpy, no_such_package", set()),
        ("from .... import a", set()),
        ("from .a import x\nx = (", set()),
        ("if TYPE_CHECKING:\n    from . import a", set()),
    ],
)
def test_only_what_is_imported_of_the_own_package_counts(reached, text, expected):
    assert reached(text, a="", b="", unrelated="") == (expected, set())


def test_imports_are_followed_through_other_files_and_in_circles(reached):
    assert reached("from . import a", a="from . import b", b="from . import a, tagger")[0] == {"a", "b"}


def test_packages_on_the_way_count_with_what_they_import(reached):
    files = {"part_of___init__": "from .. import a", "part_of_deep": "", "a": "", "b": ""}
    assert reached("from .part.deep import x", **files)[0] == {"a", "part/__init__", "part/deep"}


def test_a_folder_without_init_leads_to_its_modules(reached):
    assert reached("from .plain import a", plain_of_a="", plain_of_b="")[0] == {"plain/a"}


LAZY = """
if TYPE_CHECKING:
    from .a import A
    from .b import B
__all__ = ["A", "B", "c"]
def __getattr__(name): ...
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from .lazy import A", {"a"}),
        ("from .lazy import A as C, B", {"a", "b"}),
        ("from .lazy import *", {"a", "b", "c"}),
        ("from .lazy import other", set()),
        ("import reached_own.lazy", {"a", "b"}),
    ],
)
def test_a_name_that_a_package_loads_on_demand_leads_to_where_it_is(reached, text, expected):
    files, missing = reached(text, lazy_of___init__=LAZY, lazy_of_a="", lazy_of_b="", lazy_of_c="")
    assert (files, missing) == ({"lazy/__init__", *(f"lazy/{name}" for name in expected)}, set())


def test_a_name_that_leads_to_itself_ends(reached):
    circle = "if TYPE_CHECKING:\n    from reached_own.a import A\ndef __getattr__(n): ...\n"
    assert reached("from reached_own.a import A", a=circle) == ({"a"}, set())


def test_a_module_of_the_own_package_that_is_not_there_is_named(reached):
    text = "try:\n    import reached_own.fast\nexcept ImportError: ...\nfrom .none import x"
    assert reached(text) == (set(), {"reached_own.fast", "reached_own.none"})


def test_no_file_is_executed(reached):
    assert reached("from . import a\n1 / 0", a="raise SystemExit")[0] == {"a"}


def test_a_module_counts_whoever_owns_it_but_what_it_imports_only_of_the_owner(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    write(
        tmp_path, {"reached_other/__init__.py": "", "reached_other/a.py": "from . import b", "reached_other/b.py": ""}
    )
    code = ImportedFiles(lambda _: False)
    assert code.add_named("reached_other.a") == "reached_other/a.py"
    assert set(code.files) == {"reached_other/__init__.py", "reached_other/a.py"}
    assert code.add_named("reached_other.none") == ""
    assert code.missing == {"reached_other.none"}
