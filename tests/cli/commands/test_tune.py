"""`seqbench tune`: hyperparameters chosen on dev, and what to expect of more trials."""

import json

import pytest
from climber import climber_file
from program import called

from seqbench.comparing.statistics.expected_best import expected_best


def tune(*arguments):
    return called("tune", *arguments, "--device", "cpu", "-q")


def test_the_command_tells_the_best_and_what_to_expect(tmp_path):
    done = tune("--models", "perceptron(epochs=2),baseline", "--budget", "3trials", "--out", tmp_path / "t")
    assert done.returncode == 0, done.stderr
    assert "E[best of 3]" in done.stdout
    assert "tuned-perceptron=perceptron(epochs=2, cost=" in done.stdout
    assert "baseline: nothing to search" in done.stdout


def test_a_search_is_verified_against_the_dev_set_of_its_corpus(tmp_path):
    tune("--models", "baseline", "--trials", "1", "--out", tmp_path / "t")
    done = called("verify", tmp_path / "t")
    assert done.returncode == 0
    assert "1 finished trials, no difference" in done.stdout
    assert done.stderr == ""
    (about,) = (tmp_path / "t/data").glob("*.json")
    about.write_text(about.read_text().replace('"scored_split": "dev"', '"scored_split": "test"'))
    assert "has changed" in called("verify", tmp_path / "t").stderr


def test_the_ranges_of_a_stranger_are_known_without_loading_it_and_json_has_every_trial(tmp_path):
    plugin = climber_file(tmp_path)
    options = ["--plugin", plugin, "--trials", "2", "--format", "json", "--out", tmp_path / "t"]
    (model,) = json.loads(tune("--models", "climber(steps=50)", *options).stdout)["models"]
    assert [sorted(trial["fields"]) for trial in model["trials"]] == [["height", "kind"]] * 2
    scores = [trial["score"] for trial in model["trials"]]
    assert model["expected_best"] == pytest.approx([expected_best(scores, trials) for trials in (1, 2)])
    best = model["trials"][scores.index(max(scores))]["fields"]
    spec = f"tuned-climber=climber(steps=50, height={best['height']!r}, kind={best['kind']!r})"
    assert model["best"] == spec


@pytest.mark.parametrize("budgets", [["--budget", "3trials", "--trials", "2"], ["--budget", "1s", "--budget", "2s"]])
def test_effort_is_given_once(tmp_path, budgets):
    done = tune("--models", "baseline", *budgets, "--out", tmp_path / "t")
    assert done.returncode == 2
    assert "give trials once" in done.stderr


def test_a_sampler_that_learns_from_trials_has_no_expected_best_and_says_so(tmp_path):
    done = tune("--models", "perceptron(epochs=1)", "--trials", "2", "--sampler", "tpe", "--out", tmp_path / "t")
    assert "takes trials as independent draws, which those of this sampler are not" in done.stdout


def test_a_failed_trial_is_exit_code_1_and_counted(tmp_path):
    plugin = climber_file(tmp_path)
    plugin.write_text(plugin.read_text().replace("def fit(self, train, conditions):", "def fit(self, train, _):"))
    done = tune("--models", "climber", "--plugin", plugin, "--trials", "2", "--out", tmp_path / "t", "--format", "csv")
    assert done.returncode == 1
    assert "climber,2,0,2,-,-" in done.stdout


def test_tuning_takes_one_dataset_and_a_folder_of_its_own(tmp_path):
    data = [part for name in ("grammar", "tutorial") for part in ("--data", name)]
    done = tune("--models", "baseline", *data, "--out", tmp_path / "t")
    assert done.returncode == 2
    assert "one dataset at a time" in done.stderr
    models = ["--models", "baseline"]
    run = ("run", "--data", "tutorial", *models, "-q", "--device", "cpu", "--out")
    assert called(*run, tmp_path / "run").returncode == 0
    before = (tmp_path / "run/run.json").read_bytes()
    assert "run' holds another run; choose another --out" in tune(*models, "--out", tmp_path / "run").stderr
    assert (tmp_path / "run/run.json").read_bytes() == before
    assert tune(*models, "--trials", "1", "--out", tmp_path / "t").returncode == 0
    assert "t' holds a search of 'seqbench tune'; choose another --out" in called(*run, tmp_path / "t").stderr


def test_what_is_said_of_the_data_is_said_before_a_search_too(tmp_path):
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\n\n" * 12)
    done = called(
        "tune", "--models", "baseline", "--data", tmp_path / "small.tsv", "--trials", "1", "--out", tmp_path / "t"
    )
    assert "there is no dev file: the last 1 of 11 train sentences are dev" in done.stderr
    assert "dev is one sentence" in done.stderr
