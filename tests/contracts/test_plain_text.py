"""Texts of plugins: what UTF-8 cannot write becomes its escape, all other text stays."""

import pytest

from seqbench.contracts.plain_text import plain_text


@pytest.mark.parametrize("text", ["", "tag", "模型", "a\nb", "\U0001f600"])
def test_text_that_can_be_written_stays(text):
    assert plain_text(text) == text


def test_half_of_a_surrogate_pair_becomes_its_escape():
    assert plain_text("a\udc80b\ud800") == r"a\udc80b\ud800"


def test_any_value_becomes_text():
    assert plain_text(ValueError("x\udcff")) == r"x\udcff"
