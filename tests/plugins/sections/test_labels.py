"""Names beside points: none hits another one, and none is lost where there is room."""

from itertools import combinations
from math import log

from seqbench_plugins.sections._labels import ASIDE, OFFSETS, Point, offsets


def point(name, value, score):
    return Point(name=name, value=value, score=score, low=score, high=score)


def test_points_far_apart_are_all_named_above():
    points = [point("a", 1, 0.9), point("b", 10, 0.95), point("c", 100, 0.99)]
    assert offsets(points, [True] * 3) == [OFFSETS[0]] * 3


def test_a_name_that_would_hit_a_point_stands_below_or_is_left_to_the_legend():
    points = [point("long-name", 1, 0.9), point("b", 1.2, 0.9), point("c", 100, 0.99), point("d", 100, 0.0)]
    first, *_ = offsets(points, [True] * 4)
    assert first in OFFSETS
    crowd = [point(f"model-{n}", 1 + n / 1000, 0.9 + n / 1000) for n in range(12)]
    chosen = offsets([*crowd, point("far", 1000, 0.1)], [True] * 13)
    assert None in chosen[:12]
    assert chosen[12] is not None


def test_only_those_of_the_front_are_named():
    assert offsets([point("a", 1, 0.9), point("b", 2, 0.8)], [True, False]) == [OFFSETS[0], None]


def test_no_two_names_meet():
    points = [point(f"model-{n}", 1 + n, 0.9 + (n % 3) / 100) for n in range(20)]
    width, height = 340, 280
    boxes = []
    for p, offset in zip(points, offsets(points, [True] * 20), strict=True):
        if offset is not None:
            x = width * log(p.value) / log(20)
            y = height * (0.92 - p.score) / 0.02 + offset
            boxes.append((x + ASIDE, x + ASIDE + 6.2 * len(p.name), y))
    assert len(boxes) > 2
    for (left, right, y), (other_left, other_right, other_y) in combinations(boxes, 2):
        assert right <= other_left or other_right <= left or abs(y - other_y) >= 12 - 1e-9
