"""Any file of a built-in plugin can be deleted: one warning names what was lost, and all else works.

All files take a minute or two: `pytest -m slow`. Every thirtieth of them is deleted with the other tests.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"seqbench": ".", "seqbench_plugins": "plugins", "seqbench_datasets": "datasets"}
PROGRAM = """
import contextlib, functools, importlib.util, io, json, os, sys
from importlib import metadata
from seqbench.cli import main
from seqbench.registry.discovery import KINDS, Registry

EVERY = int(sys.argv[1])
metadata.entry_points = functools.cache(metadata.entry_points)  # those of 200 distributions, for each of many lists
CHECKED = ({"majority", "baseline"}, {"tutorial"}, {"span-f1", "accuracy-without-o"})  # one of each, for they are quick


def entries(registry):
    # writers and formats have the names of readers, and what is published are folders
    kinds = [kind for kind in KINDS if kind not in ("writers", "formats", "published")]
    return {entry.name: entry for kind in kinds for entry in getattr(registry, kind).values()}


def printed(*command):
    out, error = io.StringIO(), io.StringIO()
    sys.argv = ["seqbench", *command]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            main()
        except SystemExit as end:
            return [end.code, out.getvalue(), error.getvalue()]


def broken():
    modules = []
    for module, entry in {entry.module: entry for entry in entries(Registry.discover()).values()}.items():
        try:
            entry.load()
        except Exception:
            modules.append(module)
    return modules


def seen():
    for name in [name for name in sys.modules if name.startswith(("seqbench_plugins", "seqbench_datasets"))]:
        del sys.modules[name]
    importlib.invalidate_caches()
    left = entries(Registry.discover())
    checked = [min(names & set(left)) for names in CHECKED if names & set(left)]
    lists = {name: printed(name, "--format=csv") for name in ("models", "datasets")}
    said = {**lists, "check": printed("check", *checked)}
    return {"left": list(left), "broken": broken(), "said": said}


modules = {name: entry.module for name, entry in entries(Registry.discover()).items()}
files = {name: importlib.util.find_spec(module).origin for name, module in modules.items()}
answer = {"files": files, "modules": modules, "whole": seen(), "without": {}}
for file, name in list({file: name for name, file in files.items()}.items())[::EVERY]:  # several names may share a file
    os.rename(file, f"{file}.deleted")
    answer["without"][name] = seen()
    os.rename(f"{file}.deleted", file)
print(json.dumps(answer))
"""


@pytest.mark.parametrize("every", [30, pytest.param(1, marks=pytest.mark.slow)])
def test_each_file_can_be_deleted_and_costs_one_warning_and_its_own_plugin(tmp_path, every):
    for package, folder in PACKAGES.items():
        shutil.copytree(ROOT / folder / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-P", "-c", PROGRAM, str(every)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    files, whole = answer["files"], answer["whole"]
    assert len(files) >= 23
    assert all(Path(file).is_relative_to(tmp_path) for file in files.values())
    for name, without in answer["without"].items():
        gone = {other for other, file in files.items() if file == files[name]}
        assert set(without["left"]) == set(files) - gone
        assert set(without["broken"]) == set(whole["broken"]) - {answer["modules"][name]}
        warning = f"No module named '{'.'.join(Path(files[name]).relative_to(tmp_path).with_suffix('').parts)}'"
        for kind, (code, listed, told) in without["said"].items():
            assert code == 0, listed
            lines = told.splitlines()  # a reader and the writer of its name are two
            assert len(lines) == len(set(lines)) >= len(gone)
            assert all(warning in line and any(f"{lost!r} of plugin" in line for lost in gone) for line in lines)
            assert all(f"{lost!r} of plugin" in told for lost in gone)
            assert names_in(listed, kind) == names_in(whole["said"][kind][1], kind) - gone


def names_in(listed, kind):
    """The names in the first column of a list; what `check` says is held to its exit code."""
    return {line.partition(",")[0] for line in listed.splitlines()} if kind != "check" else set()
