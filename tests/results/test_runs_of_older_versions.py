"""Run folders that older versions of seqbench wrote are still read; their files are fixtures and never change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from program import called

OLD = Path(__file__).resolve().parents[1] / "fixtures" / "runs-of-0.1.0"
RUNS = ["two-seeds", "scored"]


@pytest.fixture
def old(tmp_path):
    """A copy, so that no test writes into the fixture."""
    return Path(shutil.copytree(OLD, tmp_path / "old"))


@pytest.mark.parametrize("name", RUNS)
def test_show_prints_the_numbers_that_the_old_version_printed(old, name):
    shown = called("show", old / name, "--format", "json")
    assert shown.returncode == 0, shown.stderr
    before, now = json.loads((OLD / f"{name}.show.json").read_text()), json.loads(shown.stdout)
    for then, row in zip(before["rows"], now["rows"], strict=True):
        scores = {key: {k: v for k, v in value.items() if k != "ci95"} if isinstance(value, dict) else value
                  for key, value in then.items() if key != "metrics"}  # fmt: skip
        same = {key: {k: row[key][k] for k in value} if isinstance(value, dict) else row[key]
                for key, value in scores.items()}  # fmt: skip
        assert same == scores


@pytest.mark.parametrize("name", RUNS)
def test_compare_and_errors_read_them(old, name):
    compared = called("compare", old / name)
    assert compared.returncode == 0, compared.stderr
    assert "who is best?" in compared.stdout
    errors = called("errors", old / name)
    assert errors.returncode == 0, errors.stderr
    assert "accuracy in %, by kind of token" in errors.stdout


@pytest.mark.parametrize(("name", "trials"), [("two-seeds", 4), ("scored", 3)])
def test_verify_finds_the_run_of_an_older_version_right(old, name, trials):
    verified = called("verify", old / name)
    assert verified.returncode == 0, verified.stdout
    assert f"{trials} finished trials, no differences" in verified.stdout
