"""What an estimator is told of a token."""

from seqbench import Sequences
from seqbench.adapters import describe
from seqbench.adapters.token_features import described


def test_a_word_is_described_by_itself_and_its_neighbours():
    assert describe(["The", "e-mails"], 1) == {
        "word": "e-mails",
        "-3": "ils",
        "-2": "ls",
        "capital": False,
        "digit": False,
        "hyphen": True,
        "before": "the",
        "after": "<end>",
    }
    assert describe(["A1"], 0) | {"capital": True, "digit": True, "before": "<start>"} == describe(["A1"], 0)


def test_the_values_of_input_layers_are_added_to_each_token():
    words = Sequences.encode([["a", "b"], ["c"]])
    layered = Sequences(words.ids, words.offsets, words.vocabulary, {"pos": Sequences.encode([["X", "Y"], ["Z"]])})
    assert described(layered, lambda words, position: {"word": words[position]}) == [
        [{"word": "a", "layer pos": "X"}, {"word": "b", "layer pos": "Y"}],
        [{"word": "c", "layer pos": "Z"}],
    ]
