"""Tail of the randomisation test for sums: p values too small to be counted in random draws (Robinson 1982)."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from seqbench.scoring.sentence_counts import Floats, Integers

_STEPS = 60  # of Newton's method; eight are usual
_CLOSE = 1e-9
_NUMBERS_AT_ONCE = 1 << 21
COUNTED = 13
"""Of so many units all signs are counted: fewer than are drawn of more."""
_SAMPLES, _HALVINGS, _FARTHEST = 400, 12, 16.0
_NEAR = 1e-4  # of sums in short floats


def tail(differences: Integers) -> Floats:
    """Two-sided p that whole numbers (pairs, units) with random signs add up to as much as they do: (pairs,).

    A saddlepoint approximation for lattice sums (Lugannani and Rice 1980; Daniels 1987, second continuity correction),
    in the tail within a few percent of counting all signs. Meant for small p only: where a sum is zero p is 1.
    """
    rows = max(1, _NUMBERS_AT_ONCE // max(1, differences.shape[1]))
    blocks = [_tail_of(np.abs(part), np.abs(part.sum(1))) for part in _parts(differences, rows)]
    return np.concatenate(blocks) if blocks else np.zeros(0)


def _parts(differences: Integers, rows: int) -> list[Integers]:
    return [differences[start : start + rows] for start in range(0, len(differences), rows)]


def _tail_of(sizes: Integers, totals: Integers) -> Floats:
    """P that sizes (pairs, units) with random signs add up to `totals` (pairs,) or more, doubled."""
    from scipy.special import ndtr

    p = np.ones(len(sizes))
    all_one_way = (totals > 0) & (totals == sizes.sum(1))
    p[all_one_way] = 2.0 ** (1 - np.count_nonzero(sizes[all_one_way], axis=1))
    step = 2 * np.gcd.reduce(sizes, axis=1)  # sums differ by twice the common divisor
    between = np.flatnonzero((totals > step / 2) & ~all_one_way)
    if not len(between):
        return p
    unit = sizes[between] / step[between, None]
    target = totals[between] / step[between] - 0.5
    saddle, curved = _saddle(unit, target)
    w = np.sqrt(2 * np.maximum(saddle * target - _log_cosh(saddle[:, None] * unit).sum(1), _CLOSE))
    u = 2 * np.sinh(saddle / 2) * np.sqrt(curved)
    point = np.exp(-(w**2) / 2) / np.sqrt(2 * np.pi)
    p[between] = np.clip(2 * (ndtr(-w) + point * (1 / u - 1 / w)), np.finfo(float).tiny, 1)
    return p


def _log_cosh(values: Floats) -> Floats:
    result: Floats = np.abs(values) + np.log1p(np.exp(-2 * np.abs(values))) - np.log(2)
    return result


def _saddle(unit: Floats, target: Floats) -> tuple[Floats, Floats]:
    """Tilt (pairs,) under which the expected sum of a row is `wanted`, and the variance of the sum under that tilt.

    Newton's method from a tilt that is too small: the expected sum is concave, so that no step goes too far.
    """
    saddle = target / np.square(unit).sum(1)
    curved = np.empty_like(saddle)
    left, squares = np.arange(len(unit)), np.square(unit)
    for _ in range(_STEPS):
        expected = np.tanh(saddle[left, None] * unit)
        missing = target[left] - (unit * expected).sum(1)
        curved[left] = (squares * (1 - np.square(expected))).sum(1)
        far = missing > _CLOSE * target[left]
        left, missing, unit, squares = left[far], missing[far], unit[far], squares[far]
        if not len(left):
            break
        saddle[left] += missing / curved[left]
    return saddle, curved


@lru_cache(maxsize=4)
def all_signs(units: int) -> Floats:
    """All ways to sign so many units: (2 ** units, units), none turned first; the second half turns the last one."""
    turned = np.arange(2**units)[:, None] >> np.arange(units) & 1
    signs: Floats = (1 - 2 * turned).astype(np.float64)
    signs.flags.writeable = False
    return signs


def found_by_exchanges(units: int, level: float, power: float = 0.8) -> float:
    """Real mean of normal differences, in standard errors, that counting all signs finds in a share of cases.

    By simulation, alike in each call. Infinite where so few units give no p that is small enough.
    """
    allowed = math.floor(level * 2 ** (units - 1) + _CLOSE)
    return _found_by_exchanges(units, allowed, power) if allowed else math.inf


@lru_cache(maxsize=256)
def _found_by_exchanges(units: int, allowed: int, power: float) -> float:
    """Such a mean where at most so many ways to exchange may be as far, one way and its opposite counted once."""
    drawn = np.random.default_rng([units, 7]).standard_normal((_SAMPLES, units), np.float32)
    signs = all_signs(units)[: 2 ** (units - 1)].astype(np.float32)
    sums, shift = drawn @ signs.T, signs.sum(1) / np.float32(math.sqrt(units))
    low, high = 0.0, _FARTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        moved = np.abs(sums + np.float32(middle) * shift)
        few = (moved >= moved[:, :1] * np.float32(1 - _NEAR)).sum(1) <= allowed
        low, high = (low, middle) if few.mean() >= power else (middle, high)
    return high
