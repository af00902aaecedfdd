"""New text over train's vocabulary: its words first, unknown ones behind them."""

import pytest

from seqbench import Corpus, DataError, Sequences, Vocabularies, strings
from seqbench.serving.encoding import Encoder

TRAIN = Corpus.encode([["a", "b"], ["c"]], [["X", "Y"], ["X"]])


def test_sentences_are_encoded_as_in_a_run():
    sentences = [["c", "new", "a"], [], ["newer", "new"]]
    expected = Sequences.encode(sentences).extend(TRAIN.sentences)
    got = Encoder(Vocabularies.of(TRAIN)).encode(sentences)
    assert got.ids.tolist() == expected.ids.tolist()
    assert got.offsets.tolist() == expected.offsets.tolist()
    assert got.vocabulary.tolist() == expected.vocabulary.tolist()


def test_layers_go_along_and_missing_ones_are_refused():
    layered = Vocabularies(words=strings(["a"]), tags=strings(["X"]), layers={"pos": strings(["N"])})
    encoded = Encoder(layered).encode([["a"]], {"pos": [["V"]], "other": [["?"]]})
    assert list(encoded.layers) == ["pos"]
    assert encoded.layers["pos"].ids.tolist() == [1]
    with pytest.raises(DataError, match="the text lacks the column 'pos', which the model reads"):
        Encoder(layered).encode([["a"]])


@pytest.mark.parametrize(
    "sentences", ["The dog", ["The dog"], [["a", 3]], [["a"], [3]], [["a", ["b"]]], [["b"], "ab"], [["a"], 3]]
)
def test_text_that_is_not_cut_into_words_is_refused(sentences):
    with pytest.raises(DataError, match="must be"):
        Encoder(Vocabularies.of(TRAIN)).encode(sentences)
