"""Times and sizes as users write them."""

import pytest

from seqbench.contracts.quantities import bytes_of, seconds_of, seeds_of
from seqbench.errors import UsageError


@pytest.mark.parametrize(
    ("text", "expected"),
    [("90", 90.0), ("60s", 60.0), ("0.5s", 0.5), ("5m", 300.0), ("5 min", 300.0), ("1.5h", 5400.0), (" 2h ", 7200.0)],
)
def test_a_time_is_a_number_of_seconds(text, expected):
    assert seconds_of(text, "--budget") == expected


@pytest.mark.parametrize("text", ["", "0", "0s", "-5m", "5d", "m", "1e3", "five"])
def test_what_is_no_time_is_refused_with_the_option(text):
    with pytest.raises(UsageError, match=rf"^--budget must be a time such as 60s, 5m or 1h, was: '{text}'$"):
        seconds_of(text, "--budget")


def test_a_number_of_trials_is_answered_with_the_command_that_takes_one():
    with pytest.raises(UsageError, match="a number of trials is for 'seqbench tune'"):
        seconds_of("20trials", "--budget")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1000", 1000),
        ("1K", 1024),
        ("500M", 500 * 1024**2),
        ("2G", 2 * 1024**3),
        ("1.5gib", 3 * 1024**3 // 2),
        ("1 TB", 1024**4),
    ],
)
def test_a_size_is_a_number_of_bytes(text, expected):
    assert bytes_of(text, "--memory") == expected


@pytest.mark.parametrize("text", ["", "0", "0G", "-1G", "2X", "G", "two"])
def test_what_is_no_size_is_refused_with_the_option(text):
    with pytest.raises(UsageError, match=rf"^--memory must be a size such as 2G or 500M, was: '{text}'$"):
        bytes_of(text, "--memory")


@pytest.mark.parametrize(
    ("text", "seeds"), [("3", 3), ("3-5", (3, 4, 5)), ("0,2,7", (0, 2, 7)), ("1-2,9", (1, 2, 9)), ("3,", (3,))]
)
def test_seeds_are_a_number_a_range_or_a_list(text, seeds):
    assert seeds_of(text) == seeds


@pytest.mark.parametrize("text", ["0", "", "x", "5-3", "1,1", "-1", "1-999999999", "1.5"])
def test_other_seeds_are_refused(text):
    with pytest.raises(UsageError, match="--seeds"):
        seeds_of(text)


@pytest.mark.parametrize("text", ["100001", "999999999", "0-99999,100000-199999", ",".join(map(str, range(100_001)))])
def test_more_seeds_than_any_run_has_are_refused_before_they_are_listed(text):
    with pytest.raises(UsageError, match=r"^--seeds may be at most 100,000 seeds, was: .{,110}$"):
        seeds_of(text)
