"""JSON in which a name that stands twice in one object is refused."""

import json

import pytest

from seqbench import StrictDecoder
from seqbench.data.strict_json import _object


class Counted(str):
    """A name that counts how often it is compared with another, or hashed."""

    __slots__ = ()
    looked_at = 0

    def __eq__(self, other):
        Counted.looked_at += 1
        return str.__eq__(self, other)

    def __hash__(self):
        Counted.looked_at += 1
        return str.__hash__(self)


@pytest.mark.parametrize("text", ['{"a": 1, "a": 1}', '[{"b": {"a": 1, "c": 2, "a": 3}}]'])
def test_a_name_that_stands_twice_in_one_object_is_refused(text):
    with pytest.raises(ValueError, match="the name 'a' stands twice in one object"):
        StrictDecoder().decode(text)


def test_the_time_to_refuse_grows_no_faster_than_the_object():
    with pytest.raises(ValueError, match="the name 'k0' stands twice"):
        _object([(Counted(f"k{number % 4_999}"), 0) for number in range(5_000)])
    assert Counted.looked_at <= 10 * 5_000


def test_a_long_name_is_shown_in_part():
    name = "n" * 100_000
    with pytest.raises(ValueError, match="stands twice") as refused:
        StrictDecoder().decode(f'{{"{name}": 1, "{name}": 2}}')
    assert len(str(refused.value)) < 200


def test_all_else_is_read_as_python_reads_it():
    text = '{"a": [1, 2.5, "é", null, true, {"a": {}}], "b": [{"a": 1}, {"a": 2}]}'
    assert StrictDecoder().decode(text) == json.loads(text)
