"""Options of running: sizes and times as texts."""

import sys

import pytest
from option_values import value_of

from seqbench.cli import options
from seqbench.errors import UsageError


@pytest.mark.skipif(sys.platform != "linux", reason="--memory needs Linux")
def test_a_size_is_a_number_of_bytes():
    assert value_of(options.memory, "--memory", "2G") == 2 * 2**30
    assert value_of(options.memory) is None
    with pytest.raises(UsageError, match="--memory must be a size such as 2G or 500M, was: 'some'"):
        value_of(options.memory, "--memory", "some")


def test_a_size_is_refused_where_a_process_cannot_be_held_to_it(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UsageError, match="--memory needs Linux; leave it out"):
        value_of(options.memory, "--memory", "2G")


def test_a_time_is_a_number_of_seconds():
    assert [value_of(options.budget, "--budget", text) for text in ("60s", "5m", "1h")] == [60.0, 300.0, 3600.0]
    assert value_of(options.budget) is None


@pytest.mark.parametrize("text", ["0s", "soon", "-3", "3 days", "20trials"])
def test_a_budget_that_is_no_time_is_refused(text):
    with pytest.raises(UsageError, match="--budget must be a time such as 60s"):
        value_of(options.budget, f"--budget={text}")
