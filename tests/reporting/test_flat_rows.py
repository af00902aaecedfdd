"""Flat rows: of models, of their seeds, and of what was reported while they learned."""

from msgspec.structs import replace as with_fields
from result_rows import results_of, row_of

from seqbench.reporting.flat_rows import flat, flat_rows
from seqbench.results.rows import TrialFailure


def results():
    return results_of(row_of("a", [0.5, None], failures=[TrialFailure(1, "out of luck")]), row_of("b", [0.25]))


def test_a_model_is_one_row_with_its_means():
    rows = flat_rows(results(), "models")
    assert [row["model"] for row in rows] == ["a", "b"]
    assert rows[1] == flat(results().rows[1], "b")
    assert (rows[1]["dataset"], rows[1]["seeds"]) == ("data", 1)


def test_every_seed_is_a_row_and_a_failed_one_says_why():
    rows = flat_rows(results(), "seeds")
    assert [(row["model"], row["seed"], row["status"], row["error"]) for row in rows] == [
        ("a", 0, "finished", ""),
        ("a", 1, "failed", "out of luck"),
        ("b", 0, "finished", ""),
    ]


def test_a_seed_that_was_not_run_yet_has_not_failed():
    row = row_of("a", [0.5, None], failures=[TrialFailure(1, "not run yet; the same command runs it")])
    assert [told["status"] for told in flat_rows(results_of(row), "seeds")] == ["finished", "not run"]


def test_every_report_of_a_trial_is_a_row_and_replaces_no_name():
    (row,) = results_of(row_of("b", [0.25])).rows
    curve = ({"epoch": 1, "loss": 0.5}, {"epoch": 2, "loss": 0.25, "model": 9})
    row.trials[0] = with_fields(row.trials[0], curve=curve)
    rows = flat_rows(results_of(row), "epochs")
    assert [(r["dataset"], r["model"], r["seed"], r["epoch"], r["loss"]) for r in rows] == [
        ("data", "b", 0, 1, 0.5),
        ("data", "b", 0, 2, 0.25),
    ]
