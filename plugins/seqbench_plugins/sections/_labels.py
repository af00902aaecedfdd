"""Names beside points: above or below each, where they hit no other name and no point, else none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from seqbench.sections import Record

ASIDE, LONGEST = 8, 110  # pixels from a point to its name, and those of the longest name
OFFSETS = (-9, 12)
"""Pixels from a point to the middle of its name, above and below."""
_WIDTH, _HEIGHT = 340, 280  # pixels of the plot where it is narrow, without its margins
_LETTER, _HALF, _POINT = 6.2, 6, 6  # pixels of a letter's width, of half a line, of half a point


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point with its name: a cost, which has a logarithmic axis, and a score with its limits."""

    name: str
    value: float
    score: float
    low: float
    high: float

    @classmethod
    def of(cls, record: Record, value: float) -> Point:
        """The point of a model's record, which has its name and score, at such a cost."""
        score, low, high = (float(record[part] or 0.0) for part in ("score", "low", "high"))
        return cls(name=str(record["model"]), value=value, score=score, low=low, high=high)

    def beats(self, other: Point) -> bool:
        """Whether this one costs no more and scores no less, and is not the same in both."""
        here, beside = (self.value, self.score), (other.value, other.score)
        return here != beside and self.value <= other.value and self.score >= other.score


@dataclass(frozen=True)
class _Box:
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        beside = self.left >= other.right or other.left >= self.right
        return not (beside or self.top >= other.bottom or other.top >= self.bottom)


def offsets(points: Sequence[Point], named: Sequence[bool]) -> list[int | None]:
    """Where the name of each point stands, one of `OFFSETS`; None for those without a name, or without room for it."""
    spots = list(_spots(points))
    used = [_Box(x - _POINT, x + _POINT, y - _POINT, y + _POINT) for x, y in spots]
    chosen: list[int | None] = []
    for (x, y), point, has_name in zip(spots, points, named, strict=True):
        right = x + ASIDE + min(LONGEST, _LETTER * len(point.name))
        boxes = {offset: _Box(x + ASIDE, right, y + offset - _HALF, y + offset + _HALF) for offset in OFFSETS}
        free = [offset for offset, box in boxes.items() if has_name and not any(box.meets(o) for o in used)]
        chosen.append(free[0] if free else None)
        used += [boxes[offset] for offset in free[:1]]
    return chosen


def _spots(points: Sequence[Point]) -> Iterator[tuple[float, float]]:
    """Pixels from the left and from the top of the plot."""
    values = [log(point.value) for point in points]
    low, high = min(point.low for point in points), max(point.high for point in points)
    wide, tall = max(values) - min(values) or 1.0, high - low or 1.0
    for value, point in zip(values, points, strict=True):
        yield _WIDTH * (value - min(values)) / wide, _HEIGHT * (high - point.score) / tall
