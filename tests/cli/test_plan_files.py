"""A plan says in a file what the command line says; what is there already is found, forecast, or run afresh."""

import json
import tomllib

import click
import pytest

from seqbench.cli.commands.run import command
from seqbench.cli.plan_files import keys_of, written
from seqbench.errors import UsageError
from seqbench.results.store import Store
from seqbench.running.forecast import Past, runs_near

PLAN = 'data = "tutorial"\nmodels = ["baseline", "p=perceptron(epochs=2)"]\nseeds = 2\ndevice = "cpu"\nquiet = true\n'


def call(*arguments):
    return command.main(list(map(str, arguments)), standalone_mode=False)


@pytest.fixture
def plan(tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text(PLAN)
    return file


def trials(folder):
    return sorted(path.name for path in (folder / "trials").iterdir())


def test_every_option_of_run_has_its_key():
    keys = keys_of(command)
    assert {"data", "models", "seeds", "set", "per-tag", "budget", "plugin", "out", "format"} <= set(keys)
    options = {p.name for p in command.params if isinstance(p, click.Option)}
    assert options - {option.name for option in keys.values()} == {"save_plan"}


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
    with pytest.raises(UsageError, match=r"plan\.toml: seeds: .*(not a valid integer|not in the range)"):
        call(file)


def test_a_dry_run_in_json_has_numbers_and_nothing_else(plan, tmp_path, capsys):
    call(plan, "--out", tmp_path / "run", "--models", "baseline")
    capsys.readouterr()
    call(plan, "--out", tmp_path / "run", "--dry-run", "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert [(trial["model"], trial["seed"], trial["state"], trial["seconds"]) for trial in told] == [
        ("baseline", 0, "finished", None),
        ("p", 0, "to run", None),
        ("p", 1, "to run", None),
    ]


def test_a_dry_run_says_what_is_there_and_writes_nothing(plan, tmp_path, capsys):
    out = tmp_path / "run"
    call(plan, "--out", out, "--dry-run")
    assert not out.exists()
    assert "3 trials, 0 finished, 3 to run; time unknown for 3" in capsys.readouterr().out
    call(plan, "--out", out)
    before = trials(out)
    capsys.readouterr()
    call(plan, "--out", out, "--seeds", 4, "--dry-run", "--jobs", "2")
    told = capsys.readouterr().out
    assert "5 trials, 3 finished, 2 to run; about 0:00:00 with 2 at once" in told
    assert trials(out) == before


def test_the_forecast_is_the_mean_of_finished_trials_of_the_same_model(plan, tmp_path, capsys):
    from seqbench.contracts.trial import DatasetReference, TrialRequest

    call(plan, "--out", tmp_path / "run")
    found = [json.loads(path.read_text()) for path in (tmp_path / "run/trials").glob("p-*.json")]
    seconds = [t["timings"]["fit_wall_seconds"] + t["timings"]["predict_wall_seconds"] for t in found]
    past = Past.of(runs_near(tmp_path / "other"))
    alike = TrialRequest("k", {**found[0]["identity"], "seed": 9}, "p", "", 9, DatasetReference("", "", ""))
    assert past.expected(alike) == pytest.approx(sum(seconds) / 2)
    other = TrialRequest("k", {**found[0]["identity"], "spec": "?"}, "p", "", 9, DatasetReference("", "", ""))
    assert past.expected(other) is None


def test_fresh_runs_everything_again(plan, tmp_path, capsys):
    out = tmp_path / "run"
    call(plan, "--out", out)
    before = {path.name: path.stat().st_mtime_ns for path in (out / "trials").iterdir()}
    call(plan, "--out", out)
    assert {path.name: path.stat().st_mtime_ns for path in (out / "trials").iterdir()} == before
    call(plan, "--out", out, "--fresh")
    after = {path.name: path.stat().st_mtime_ns for path in (out / "trials").iterdir()}
    assert after.keys() == before.keys()
    assert all(after[name] > before[name] for name in before)


def test_a_budget_is_part_of_the_key_and_none_leaves_it_as_it_was(plan, tmp_path, capsys):
    call(plan, "--out", tmp_path / "run")
    call(plan, "--out", tmp_path / "run", "--budget", "60s")
    found = Store(tmp_path / "run")
    identities = [record.identity for record in found.finished_trials("baseline*")]
    assert sorted(identity.get("budget", 0) for identity in identities) == [0, 60.0]


@pytest.mark.parametrize("text", ["0s", "soon", "-3", "3 days", "20trials"])
def test_a_budget_that_is_no_time_is_refused(plan, text):
    with pytest.raises(UsageError, match="--budget must be a time such as 60s"):
        call(plan, f"--budget={text}")
