"""The explorer's data: what is packed can be read back."""

import base64

import numpy as np
import pytest
from reported import LABELS, TAGS, WORDS, reports_of

from seqbench.reporting import safe_text
from seqbench.reporting.page.packed import Packed, explorer, usual


def unpacked(packed):
    return np.frombuffer(base64.b64decode(packed["base64"]), f"<u{packed['bits'] // 8}")


@pytest.mark.parametrize(("most", "bits"), [(0, 8), (255, 8), (256, 16), (65535, 16), (65536, 32)])
def test_numbers_take_the_smallest_type_that_holds_them(most, bits):
    packed = vars(Packed.of(np.array([0, most])))
    assert packed["bits"] == bits
    assert unpacked(packed).tolist() == [0, most]


def test_words_tags_and_predictions_are_read_back(report):
    data = explorer(report)
    words = [data["forms"][number] for number in unpacked(data["words"])]
    assert words == [safe_text.line(word) for words in WORDS for word in words]
    assert data["tags"] == list(TAGS)
    assert unpacked(data["gold"]).tolist() == report.predictions.reference.gold.tolist()
    assert [model["name"] for model in data["models"]] == list(LABELS)
    first = report.predictions.of(report.rows[0].key).ids
    assert unpacked(data["models"][0]["given"]).tolist() == usual(first, len(TAGS)).tolist()
    right = (first == report.predictions.reference.gold).sum(0)
    assert unpacked(data["models"][0]["right"]).tolist() == right.tolist()


def test_without_words_there_are_no_forms(run):
    (report,) = reports_of(run, words=False)
    data = explorer(report)
    assert data["forms"] == []
    assert unpacked(data["words"]).size == 0


def test_the_usual_tag_is_that_of_most_seeds_and_of_equally_many_the_first():
    assert usual(np.array([[0, 1, 2], [0, 2, 1], [1, 2, 0]]), 3).tolist() == [0, 2, 0]
    assert usual(np.array([[2, 1]]), 3).tolist() == [2, 1]
