"""JSON in which a name that stands twice in one object is refused."""

import json

import pytest

from seqbench import StrictDecoder


@pytest.mark.parametrize("text", ['{"a": 1, "a": 1}', '[{"b": {"a": 1, "c": 2, "a": 3}}]'])
def test_a_name_that_stands_twice_in_one_object_is_refused(text):
    with pytest.raises(ValueError, match="the name 'a' stands twice in one object"):
        StrictDecoder().decode(text)


def test_all_else_is_read_as_python_reads_it():
    text = '{"a": [1, 2.5, "é", null, true, {"a": {}}], "b": [{"a": 1}, {"a": 2}]}'
    assert StrictDecoder().decode(text) == json.loads(text)
