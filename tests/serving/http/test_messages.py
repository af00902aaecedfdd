"""Requests: read from JSON, and refused in a sentence where they are none."""

import json

import pytest

from seqbench.serving.http.limits import Limits
from seqbench.serving.http.messages import RequestError, TagRequest, read_request, sentences_of


def test_sentences_come_as_lists_or_as_text():
    assert sentences_of(read_request(b'{"sentences": [["The", "dog"], []]}'), Limits()) == [["The", "dog"], []]
    assert sentences_of(read_request(b'{"text": "The dog.\\n\\nIt ran"}'), Limits()) == [
        ["The", "dog", "."],
        ["It", "ran"],
    ]
    assert sentences_of(TagRequest(text="The dog.", tokenizer="blanks"), Limits()) == [["The", "dog."]]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"sentences": [[1]]}', b'{"text": 3}', b'{"text": "a", "zorp": 1}',
        b'{"text": "\xff"}',
        b'{"text": "a", "nbest": -1}', b'{"text": "a", "nbest": 1e99}', b'{"text": "a", "tokenizer": "x"}',
        b'{"text": "a", "text": "b"}', b'{"sentences": [["a"]], "sent\\u0065nces": [["b"]]}',
        b'{"sentences":' + b"[" * 100_000, b'{"text": "\\ud800"}', b'{"x":' * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused(body):
    with pytest.raises(RequestError) as refusal:
        sentences_of(read_request(body), Limits())
    assert refusal.value.status == 400


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"text": "a", "sentences": [["a"]]}, 400),
        ({"sentences": [["a", " "]]}, 400),
        ({"sentences": [[""]]}, 400),
        ({"sentences": [["a"] * 6]}, 413),
        ({"sentences": [["a"] * 4] * 3}, 413),
        ({"sentences": [[]] * 11}, 413),
        ({"sentences": [["a" * 9]]}, 413),
    ],
)
def test_what_is_too_much_or_nothing_is_refused(asked, status):
    with pytest.raises(RequestError) as refusal:
        sentences_of(read_request(json.dumps(asked).encode()), Limits(tokens=10, sentence=5, word=8))
    assert refusal.value.status == status
