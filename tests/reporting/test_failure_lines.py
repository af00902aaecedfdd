"""What is not finished, in lines: a failure is no trial that waits."""

from dataclasses import replace

from result_rows import row_of, summary_of

from seqbench.reporting.failure_lines import failure_lines
from seqbench.results.rows import TrialFailure

WAITING = TrialFailure(1, "not run yet; the same command with the same --out runs it")


def lines(*failures):
    return list(failure_lines(row_of("m", [None] * 3, summary_of("d"), failures=failures), "m"))


def test_a_failure_has_the_end_of_its_traceback_and_its_file():
    told = lines(TrialFailure(0, "plugin p: no luck", ["  at last"], "f"))
    assert told == ["failed: m, seed 0: plugin p: no luck", "  |   at last", "  all of it: f"]


def test_a_foreseen_error_is_one_sentence_and_its_file():
    end = ['  File "a.py", line 3, in read', "seqbench.errors.DataError: x.vec:3: 2 numbers after the word, expected 3"]
    told = lines(TrialFailure(0, "plugin p: x.vec:3: 2 numbers after the word, expected 3", end, "f"))
    assert told == ["failed: m, seed 0: plugin p: x.vec:3: 2 numbers after the word, expected 3", "  all of it: f"]


def test_what_was_not_run_yet_is_not_said_to_have_failed():
    assert lines(WAITING, replace(WAITING, seed=2)) == [f"not finished: m, seeds 1, 2: {WAITING.error}"]
    assert lines(replace(WAITING, error=f"one: {WAITING.error}"))[0].startswith("not finished: m, seed 1: one: ")
