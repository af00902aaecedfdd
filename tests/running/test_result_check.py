"""What an executor hands back is checked part by part, and what may not be there is named."""

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from samples import dataset

from seqbench.contracts.trial import Failure, TrialResult
from seqbench.errors import PredictionError
from seqbench.running.result_check import MOST_TEXTS, bounded, checked_failure, checked_report, checked_result
from seqbench.scoring.reference import Reference

REFERENCE = Reference.of(dataset())
GOOD = TrialResult(
    timings={"fit_seconds": 0.5, "parameters": None},
    curve=({"epoch": 1, "loss": 0.5},),
    notes=("a note",),
    predicted=np.zeros(6, np.int32),
    certainty=np.full((3, 6), 0.5, np.float32),
)


def test_a_good_result_stays_as_it_is():
    checked = checked_result(GOOD, REFERENCE)
    assert (checked.timings, checked.curve, checked.notes) == (GOOD.timings, GOOD.curve, GOOD.notes)
    assert checked.predicted.tolist() == [0] * 6
    assert checked.certainty.tolist() == GOOD.certainty.tolist()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"timings": {"parameters": float("nan")}}, "parameters must be a number of at least 0 or None, was: nan"),
        ({"timings": {"parameters": "many"}}, "parameters must be a number of at least 0 or None, was: 'many'"),
        ({"timings": {"fit_seconds": -1}}, "fit_seconds must be a number of at least 0 or None, was: -1"),
        ({"timings": {"parameters": 10**400}}, "parameters must be a number"),
        ({"timings": [1]}, "timings must be values by name, was: list"),
        ({"curve": "abc"}, "curve must be a list, was: 'abc'"),
        ({"curve": (3,)}, "a report must be values by name, was: 3"),
        ({"curve": ({"loss": "low"},)}, "it reported 'loss' that is no finite number"),
        ({"notes": {"a": 1}}, "notes must be a list, was: dict"),
        ({"predicted": None}, "it gave no predictions"),
        ({"predicted": "NN"}, "its predictions must be 6 tag ids, was: 'NN'"),
        ({"predicted": np.zeros(5, np.int32)}, "must be 6 tag ids, was: an array of int32 with shape"),
        ({"predicted": np.zeros(6)}, "must be 6 tag ids, was: an array of float64"),
        ({"predicted": np.full(6, 9)}, "its predictions must be tag ids from 0 to 2"),
        ({"predicted": np.full(6, -1)}, "its predictions must be tag ids from 0 to 2"),
        ({"certainty": np.full((3, 6), np.nan)}, "its certainty must be numbers from 0 to 1"),
        ({"certainty": np.full((2, 6), 0.5)}, "its certainty must be 3 numbers for each of 6 tokens"),
    ],
)
def test_what_a_result_may_not_hold_is_named(wrong, message):
    with pytest.raises(PredictionError, match=message.replace("(", r"\(")):
        checked_result(replace(GOOD, **wrong), REFERENCE)


def test_of_many_and_long_notes_a_few_are_kept_and_that_is_said():
    notes = checked_result(replace(GOOD, notes=("x" * 10**6, *map(str, range(10**5)))), REFERENCE).notes
    assert len(notes) == MOST_TEXTS
    assert len(notes[0]) <= 1000
    assert notes[-1] == "more notes are left out: at most 100 are kept of a trial"
    assert bounded("notes", notes) == notes


def test_notes_without_an_end_are_not_waited_for():
    assert len(bounded("notes", count())) == MOST_TEXTS


def test_a_text_in_the_place_of_notes_is_one_note():
    assert bounded("notes", "seen before") == ("seen before",)


def test_the_text_of_a_failure_is_cut():
    failure = checked_failure(Failure("p", "1", "x" * 10**6, "y" * 10**6))
    assert len(failure.error) <= 1000
    assert len(failure.traceback) <= 100_000


def test_texts_that_cannot_be_written_are_escaped():
    odd = replace(GOOD, notes=("\udc80",), curve=({"l\ud800": 1},), timings={"\udcff": 1})
    checked = checked_result(odd, REFERENCE)
    assert (checked.notes, checked.curve, checked.timings) == ((r"\udc80",), ({r"l\ud800": 1},), {r"\udcff": 1})
    assert checked_failure(Failure("p", "1", "\udc80", "\udc81")) == Failure("p", "1", r"\udc80", r"\udc81")


def test_a_failure_without_a_text_is_refused():
    with pytest.raises(PredictionError, match="it failed, with a reason that is no text"):
        checked_failure(Failure("p", None, 3, ""))


def test_a_report_is_numbers_by_name():
    assert checked_report({"epoch": 1}) == {"epoch": 1}
    with pytest.raises(PredictionError):
        checked_report(None)
