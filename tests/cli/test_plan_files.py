"""A plan says in a file what the command line says; what is there already is found, forecast, or run afresh."""

import json
import tomllib

import click
import pytest

from seqbench.cli.commands.run import command
from seqbench.cli.plan_files import keys_of, written
from seqbench.errors import UsageError

PLAN = 'data = "tutorial"\nmodels = ["baseline", "p=perceptron(epochs=2)"]\nseeds = 2\ndevice = "cpu"\nquiet = true\n'


def call(*arguments):
    return command.main(list(map(str, arguments)), standalone_mode=False)


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text(PLAN)
    return file


def test_every_option_of_run_has_its_key():
    keys = keys_of(command)
    assert {"data", "models", "seeds", "set", "per-tag", "budget", "plugin", "out", "format"} <= set(keys)
    options = {p.name for p in command.params if isinstance(p, click.Option)}
    unplanned = options - {option.name for option in keys.values()}
    assert unplanned == {"add", "beside", "save_plan", "wide", "legend", "rows"}


def test_a_plan_may_ask_for_a_dry_run_or_a_fresh_one_and_no_saved_one_does(tmp_path, capsys):
    asking, saved = tmp_path / "asking.toml", tmp_path / "saved.toml"
    asking.write_text(f"{PLAN}fresh = true\ndry-run = true\n")
    call(asking, "--out", tmp_path / "run", "--save-plan", saved)
    assert not (tmp_path / "run").exists()
    assert tomllib.loads(saved.read_text()).keys().isdisjoint({"fresh", "dry-run"})


def test_a_plan_runs_what_it_says_and_the_command_line_wins(plan, tmp_path, capsys):
    assert call(plan, "--out", tmp_path / "run", "--seeds", "1") == 0
    manifest = json.loads((tmp_path / "run/run.json").read_text())
    assert [(t["label"], t["seed"]) for t in manifest["trials"]] == [("baseline", 0), ("p", 0)]
    assert "seeds" not in manifest["plan"]  # 1 is what it is when nobody says anything
    assert manifest["plan"]["models"] == ["baseline", "p=perceptron(epochs=2)"]


def test_a_saved_plan_asks_for_the_same_trials(plan, tmp_path, capsys):
    saved = tmp_path / "saved.toml"
    call(plan, "--budget", "1h", "--set", "p.cost=0.5", "--dry-run", "--save-plan", saved)
    assert tomllib.loads(saved.read_text()) == {
        "data": ["tutorial"],
        "models": ["baseline", "p=perceptron(epochs=2)"],
        "seeds": 2,
        "device": "cpu",
        "set": ["p.cost=0.5"],
        "quiet": True,
        "budget": 3600.0,
    }


def test_a_plan_that_cannot_be_written_is_said(plan, tmp_path):
    with pytest.raises(UsageError, match="cannot write the plan .*nowhere"):
        call(plan, "--save-plan", tmp_path / "nowhere/plan.toml", "--dry-run")


def test_any_text_survives_in_a_plan():
    odd = {"data": ['a"b', "c\\d", "e\nf\x7f", "ü😀"], "quiet": True, "seeds": 3, "timeout": 2.5}
    assert tomllib.loads(written(odd)) == odd


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("sets = 3", "no option of a plan is named 'sets'. Did you mean 'set'?"),
        ("seeds = [1, 2]", "seeds must be one value, was: [1, 2]"),
        ("seeds = true", "seeds must be text or a number, was: True"),
        ('quiet = "yes"', "quiet must be true or false, was: 'yes'"),
        ("models = [[1]]", "models must be text or a number or a list of them, was: [1]"),
        ("seeds = ", "is no TOML file"),
        ("save-plan = 3", "no option of a plan is named 'save-plan'"),
    ],
)
def test_what_a_plan_may_not_say_is_named(tmp_path, content, why):
    file = tmp_path / "plan.toml"
    file.write_text(content)
    with pytest.raises(UsageError, match="plan.toml") as refused:
        call(file)
    assert why in str(refused.value)


@pytest.mark.parametrize("content", ["seeds = 2.5", 'seeds = "three"', "seeds = 0"])
def test_a_plan_s_values_are_checked_like_those_of_the_command_line(tmp_path, content):
    file = tmp_path / "plan.toml"
    file.write_text(content)
    with pytest.raises(UsageError, match=r"plan\.toml: seeds: .*must be a number \(3\), a range"):
        call(file)
