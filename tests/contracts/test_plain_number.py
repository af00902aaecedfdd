"""Numbers that plugins give, as Python's own."""

from fractions import Fraction

import numpy as np
import pytest

from seqbench.contracts.plain_number import plain_number


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, 3), (0.5, 0.5), (np.int64(3), 3), (np.float32(0.5), 0.5), (True, 1), (Fraction(1, 2), 0.5)],
)
def test_a_number_becomes_int_or_float(value, expected):
    number = plain_number(value)
    assert number == expected
    assert type(number) is type(expected)


@pytest.mark.parametrize("value", [None, "3", 10**400, float("nan"), float("inf"), 1j, [3], np.array([1.0, 2.0])])
def test_what_is_no_finite_number_is_none(value):
    assert plain_number(value) is None


def test_a_whole_number_that_json_cannot_hold_becomes_a_float():
    assert type(plain_number(2**63)) is float
    assert type(plain_number(2**63 - 1)) is int
