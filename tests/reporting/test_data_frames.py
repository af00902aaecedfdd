"""Rows as data frames, and what is said where the library is missing."""

import sys

import pytest

from seqbench.errors import UsageError
from seqbench.reporting.data_frames import pandas_frame, polars_frame

ROWS = [{"model": "a", "accuracy": 0.5}, {"model": "b", "accuracy": None}]


@pytest.mark.parametrize("frame_of", [pandas_frame, polars_frame])
def test_rows_become_columns(frame_of):
    frame = frame_of(ROWS)
    assert list(frame.columns) == ["model", "accuracy"]
    assert list(frame["model"]) == ["a", "b"]


@pytest.mark.parametrize(("frame_of", "library"), [(pandas_frame, "pandas"), (polars_frame, "polars")])
def test_a_library_that_is_missing_is_named(frame_of, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=f"pip install {library}"):
        frame_of(ROWS)
