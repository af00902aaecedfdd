"""The code of a tagger: the files that decide, the same wherever they lie, and no other file."""

import json
import os
import subprocess
import sys
import sysconfig
from functools import partial
from pathlib import Path

import pytest
from distributions import install, install_editable, write
from samples import Constant

from seqbench.registry.entries import Entry, Loss, Plugin
from seqbench.registry.tagger_code import code_of

ROOT = Path(__file__).parents[2]
FILES = {
    "coded_window/__init__.py": "",
    "coded_window/tagger.py": "from coded_window import _words\nfrom coded_core import speed\nimport numpy",
    "coded_window/_words.py": "from seqbench import Corpus",
    "coded_window/other.py": "",
    "coded_core/__init__.py": "",
    "coded_core/speed.py": "",
}


def entry(thing="coded_window.tagger:Window"):
    return Entry("tagger", "window", thing, "", Plugin("window", "seqbench-window", "1.0", module="coded_window"))


def changed(before, after):
    return {name for name in before["sha256"] if before["sha256"][name] != after["sha256"][name]}


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    install(tmp_path, FILES)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("coded_window/tagger.py", {"module"}),
        ("coded_window/_words.py", {"imports"}),
        ("coded_window/__init__.py", {"imports"}),
        ("coded_core/speed.py", {"imports"}),
        ("coded_window/other.py", set()),
        ("coded_elsewhere.py", set()),
    ],
)
def test_an_edit_changes_the_code_only_where_the_tagger_imports_the_file(site, path, parts):
    before = code_of(entry())
    with (site / path).open("a") as file:
        file.write("\n# edited")
    assert changed(before, code_of(entry())) == parts


def test_an_installed_and_an_editable_distribution_have_one_code(tmp_path, monkeypatch):
    codes = []
    for number, editable in enumerate((False, True, False)):
        site = tmp_path / f"{number}" / "site-packages"
        with monkeypatch.context() as patched:
            patched.syspath_prepend(site)
            if editable:
                install_editable(site, tmp_path / "project", FILES)
                patched.syspath_prepend(tmp_path / "project")
            else:
                install(site, FILES)
            codes.append(code_of(entry()))
    assert codes[0] == codes[1] == codes[2]
    assert "missing" not in codes[0]


def test_two_files_of_one_name_in_two_packages_are_not_confused(tmp_path, monkeypatch):
    codes = []
    for number, texts in enumerate([("1", "2"), ("2", "1")]):
        site = tmp_path / str(number)
        with monkeypatch.context() as patched:
            patched.syspath_prepend(site)
            files = {f"coded_window/{part}/__init__.py": text for part, text in zip("ab", texts, strict=True)}
            install(site, {**FILES, **files, "coded_window/tagger.py": "from coded_window import a, b"})
            codes.append(code_of(entry()))
    assert changed(*codes) == {"imports"}


@pytest.mark.parametrize("thing", [Constant, partial(Constant, tag="NN"), partial(partial(Constant)), lambda: None])
def test_an_object_counts_by_the_module_that_defines_it_and_by_that_of_its_plugin(site, thing):
    code = code_of(entry(thing))
    assert code["module"].endswith(", coded_window")
    (site / "coded_window/__init__.py").write_text("# edited")
    assert changed(code, code_of(entry(thing))) == {"module"}


def test_a_module_that_is_not_there_is_named(site):
    assert code_of(entry("coded_window.gone:Window"))["missing"] == ["coded_window.gone"]


def test_a_plugin_file_counts_with_what_it_imports_from_beside_it_whatever_the_folder(tmp_path):
    def code(folder, beside="", other=""):
        text = "import words_beside, seqbench\nfrom parts_beside.deep import x"
        files = {"mine.py": text, "words_beside.py": beside, "parts_beside/deep.py": "", "other.py": other}
        plugin = Plugin("mine", file=write(tmp_path / folder, {**files, "seqbench/__init__.py": ""}) / "mine.py")
        loaded, absent = (Entry("tagger", "mine", thing, "", plugin) for thing in (Constant, Loss(plugin, "apart")))
        assert code_of(loaded) == code_of(absent)
        return code_of(loaded)

    assert code("here") == code("there") == code("here", other="# edited")
    assert changed(code("here"), code("there", beside="# edited")) == {"imports"}


def test_what_was_handed_over_in_python_is_told_by_its_call():
    assert code_of(Entry("tagger", "mine", Constant, "", Plugin("mine", once="abc"))) == {"once": "abc"}


TELL = """
import json, seqbench, seqbench_plugins
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.registry.tagger_code import code_of
from seqbench.running.plan import Plan, requests
registry = Registry.discover()
codes = {entry.name: code_of(entry) for entry in registry.taggers.values()}
models = [resolve(registry, parse(name)) for name in ("baseline", "hmm")]
keys = [trial.key for trial in requests(Plan([load("tutorial", registry)], models))]
print(json.dumps([[seqbench.__file__, seqbench_plugins.__file__], codes, keys]))
"""


def told_by(python):
    """Where a Python has seqbench, the code of every tagger there, and the keys of two trials."""
    environment = {**os.environ, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([python, "-P", "-c", TELL], capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The Python and packages of an environment that has a wheel of this project, and the libraries from here."""
    for name in ("hatchling", "pip"):
        pytest.importorskip(name)
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT], check=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    base = {"base": str(folder / "venv"), "platbase": str(folder / "venv")}
    site = Path(sysconfig.get_path("purelib", vars=base))
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", site, wheel], check=True)
    here = [path for path in sys.path if Path(path).name == "site-packages"]
    (site / "libraries.pth").write_text("\n".join(here))
    return Path(sysconfig.get_path("scripts", vars=base), "python"), site


def test_a_trial_of_a_built_in_tagger_has_one_key_from_this_installation_and_from_a_wheel(wheel):
    python, site = wheel
    places, codes, keys = told_by(python)
    assert all(Path(place).is_relative_to(site) for place in places)
    assert [codes, keys] == told_by(sys.executable)[1:]
    assert not any("missing" in code for code in codes.values())


@pytest.mark.parametrize(
    ("path", "touched", "untouched"),
    [
        pytest.param("seqbench_plugins/counting/hmm.py", {"hmm"}, {"baseline", "crf"}, marks=pytest.mark.slow),
        ("seqbench_plugins/_shared/unknown_words.py", {"hmm", "crf"}, {"baseline"}),
        pytest.param("seqbench/scoring/core_scores.py", set(), {"baseline", "hmm", "crf"}, marks=pytest.mark.slow),
        pytest.param("seqbench/data/corpus.py", {"baseline", "hmm", "crf"}, set(), marks=pytest.mark.slow),
        pytest.param("seqbench/contracts/hooks.py", {"baseline", "hmm", "crf"}, set(), marks=pytest.mark.slow),
    ],
)
def test_an_edit_of_this_project_touches_the_taggers_that_import_the_file(wheel, path, touched, untouched):
    python, site = wheel
    before, file = told_by(python)[1], site / path
    text = file.read_text()
    file.write_text(text + "\n# edited\n")
    try:
        after = told_by(python)[1]
    finally:
        file.write_text(text)
    assert {name for name in touched | untouched if before[name] != after[name]} == touched
