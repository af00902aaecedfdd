"""A new plugin's project is installed, run, checked and tested as it was written, without an edit."""

import json
import os
import subprocess
import sys

import pytest

from seqbench.registry.scaffold import KINDS
from seqbench.testing import DATASETS, FORMATS, METRICS, PROMISES, READERS, SECTIONS


def said(folder, *command, path=""):
    places = os.pathsep.join(filter(None, [str(path), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": places, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_new_plugins_of_all_kinds_work_without_an_edit(tmp_path):
    for kind in KINDS:
        said(tmp_path, "seqbench", "new-plugin", f"my-{kind}", "--kind", kind)
    site, projects = tmp_path / "site", [f"./my-{kind}" for kind in KINDS]
    offline = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet")
    said(tmp_path, "pip", "install", *offline, "--target", site, *projects)

    quick = "(epochs=1, min_steps=2)"
    models = f"baseline,my-plain,my-torch{quick},my-recurrent{quick},my-attention{quick},my-sklearn"
    ran = said(tmp_path, "seqbench", "run", "--models", models, "--data", "my-dataset", "--format", "json", path=site)
    rows = json.loads(ran)["rows"]
    assert [row["status"] for row in rows] == ["finished"] * 6
    assert all(0 <= row["metrics"]["my-metric"]["mean"] <= 1 for row in rows)

    short = [project for project in projects if not project.endswith(("torch", "recurrent"))]
    tested = said(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", *short, path=site)
    others = sum(map(len, (DATASETS, METRICS, READERS, FORMATS, SECTIONS)))
    assert f"{3 * len(PROMISES) + others} passed" in tested
    listed = said(tmp_path, "seqbench", "plugins", "--format", "csv", path=site).splitlines()
    assert {f"my-{kind},seqbench-my-{kind},0.1.0,{told.registers}: my-{kind}" for kind, told in KINDS.items()} <= {
        *listed
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Window", "must be lower-case words joined by '-'"),
        ("../up", "must be lower-case words joined by '-'"),
        ("baseline", "'baseline' is registered already, by plugin 'seqbench-plugins'"),
        ("here", "'here' is there already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(name, told, tmp_path):
    (tmp_path / "here").mkdir()
    command = [sys.executable, "-m", "seqbench", "new-plugin", name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["here"]
