"""Results read back from runs: scores over seeds, costs, failures with their reason, and the JSON of all of it."""

import json
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_rows import COST_NAMES, SCORES, results_of, row_of
from runs import registry_of, run_of
from samples import Constant, Seeded

from seqbench.reporting.table import json_text
from seqbench.results.rows import Score, TrialFailure, read
from seqbench.version import __version__


class Faulty(Constant):
    def fit(self, train, conditions):
        raise RuntimeError("out of luck")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    registry = registry_of(constant=Constant, seeded=Seeded, faulty=Faulty, metrics={"half": lambda outcome: 0.5})
    return read([run_of(tmp_path_factory.mktemp("run"), registry, "constant", "seeded", "faulty", seeds=3)])


@given(st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_a_score_has_the_mean_and_the_sample_standard_deviation_of_its_seeds(values):
    score = Score.of(values)
    assert score.mean == pytest.approx(statistics.fmean(values))
    assert score.std == pytest.approx(statistics.stdev(values), abs=1e-9)
    assert score.per_seed == values


def test_a_single_seed_has_no_spread_and_a_missing_one_leaves_the_mean_open():
    assert (Score.of([0.5]).mean, Score.of([0.5]).std) == (0.5, None)
    assert Score.of([0.5, None]) == Score([0.5, None])
    assert Score.of([]) == Score([])


def test_each_model_has_a_row_with_the_scores_of_its_trials(results):
    constant, seeded, _ = results.rows
    assert (constant.seeds, constant.deterministic, seeded.seeds) == ([0], True, [0, 1, 2])
    assert constant.scores["accuracy"].mean == pytest.approx(3 / 6)
    assert seeded.scores["accuracy"].per_seed == [trial.score("accuracy") for trial in seeded.trials]
    assert seeded.score("half").mean == 0.5
    assert seeded.score("gone") is None


def test_costs_of_several_seeds_are_pooled_and_unknown_where_no_trial_tells(results):
    _, seeded, faulty = results.rows
    seconds = [trial.timings["fit_wall_seconds"] for trial in seeded.trials]
    assert seeded.costs["fit_wall_seconds"] == pytest.approx(statistics.fmean(seconds))
    assert seeded.costs["parameters"] is None
    assert set(faulty.costs.values()) == {None}


def test_a_failure_has_its_plugin_reason_last_lines_and_file(results):
    faulty = results.rows[2]
    assert (faulty.status, faulty.finished_trials) == ("failed", [])
    failure = faulty.failures[0]
    assert failure.error.startswith("plugin samples: RuntimeError: out of luck")
    assert failure.last_lines[-1] == "RuntimeError: out of luck"
    assert len(failure.last_lines) == 4
    with open(failure.file, encoding="utf-8") as file:  # noqa: PTH123 -- a path as text
        assert json.load(file)["failure"]["error"].startswith("RuntimeError")


def test_the_reason_of_a_failure_is_cut_whoever_wrote_it(tmp_path):
    store = run_of(tmp_path, registry_of(faulty=Faulty), "faulty")
    (path,) = store.folder.glob("trials/*.failed.json")
    record = json.loads(path.read_text())
    record["failure"] |= {"plugin": "p" * 10**5, "error": "e" * 10**6}
    path.write_text(json.dumps(record))
    assert len(read([store]).rows[0].failures[0].error) <= 1200


def test_a_trial_that_has_not_run_says_what_runs_it(tmp_path):
    store = run_of(tmp_path, registry_of(seeded=Seeded), "seeded", seeds=2)
    next(store.folder.glob("trials/seeded-s1-*.json")).unlink()
    (row,) = read([store]).rows
    assert row.failures == [TrialFailure(1, "not run yet; the same command with the same --out runs it")]
    assert row.status == "partly_failed"
    assert row.scores["accuracy"].mean is None


def test_rows_of_a_dataset_are_found_by_its_fingerprint(results):
    (dataset,) = results.datasets
    assert results.rows_of(dataset.fingerprint) == list(results.rows)
    assert results.rows_of("other") == []


def test_json_holds_the_contract_with_every_key_and_null_for_the_unknown():
    failure = TrialFailure(0, "plugin p: no luck", ["  at last"], "f")
    results = results_of(row_of("plain", [0.5]), row_of("broken", [None], failures=[failure]))
    content = json.loads(json_text(results.as_json([{"a": "plain"}])))
    assert content["seqbench"] == __version__
    assert content["datasets"] == [{"name": "data", "fingerprint": "data", "ceiling": None, "ceilings": None}]
    assert content["comparisons"] == [{"a": "plain"}]
    plain, broken = content["rows"]
    keys = {
        "dataset",
        "model",
        "spec",
        "seeds",
        "status",
        "failures",
        "metrics",
        "notes",
        "trained_on",
        *SCORES,
        *COST_NAMES,
    }
    assert set(plain) == set(broken) == keys
    assert plain["accuracy"] == {"per_seed": [0.5], "mean": 0.5, "std": None, "ci95": None}
    assert (broken["status"], broken["accuracy"]["mean"]) == ("failed", None)
    assert broken["failures"] == [{"seed": 0, "error": "plugin p: no luck", "last_lines": ["  at last"], "file": "f"}]


class Informed(Constant):
    """Says what it learned from beside train."""

    trained_on = ("wikipedia", "news")


def test_texts_that_a_model_learned_from_beside_train_are_part_of_its_row(tmp_path):
    store = run_of(tmp_path / "run", registry_of(informed=Informed, constant=Constant), "informed", "constant")
    rows = read([store]).as_json()["rows"]
    assert [row["trained_on"] for row in rows] == [["wikipedia", "news"], []]
    assert rows[0]["notes"][0] == "pretrained on wikipedia, news"
