"""Values as fields want them."""

from typing import Annotated, Any, Literal

import pytest

from seqbench.contracts.field_types import conform


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ([1, 2], tuple[int, ...], (1, 2)),
        ((1, "a"), tuple[int, str], (1, "a")),
        ((1, 2), list[float], [1.0, 2.0]),
        (None, int | None, None),
        (1, float | None, 1.0),
        (1, int | float, 1),
        (1.5, int | float, 1.5),
        (3, Annotated[float, "a rate"], 3.0),
        ("a", Literal["a", 1], "a"),
        ({"a": 1}, dict[str, int], {"a": 1}),
        (object, Any, object),
        (None, None, None),
    ],
)
def test_a_value_that_fits_is_converted_as_python_reads_it(value, kind, expected):
    converted = conform(value, kind)
    assert converted == expected
    assert type(converted) is type(expected)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("1", int | None),
        (True, int),
        (True, float),
        (1.5, int),
        (True, Literal[1]),
        ("b", Literal["a"]),
        ((1, 2), tuple[int, str]),
        ((1,), tuple[int, str]),
        ("ab", list[str]),
        (0, None),
        ([], dict[str, int]),
    ],
)
def test_a_value_that_does_not_fit_is_refused(value, kind):
    with pytest.raises(TypeError):
        conform(value, kind)
