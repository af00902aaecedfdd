"""Taggers that name the texts they learned from beside train."""

from samples import Constant

from seqbench import Pretrained


class Informed(Constant):
    trained_on = ("wikipedia",)


def test_a_tagger_that_names_texts_is_pretrained():
    assert isinstance(Informed(), Pretrained)
    assert not isinstance(Constant(), Pretrained)
