"""What a tagger has learned is one value, and asking for it before `fit` says so."""

import pytest

from seqbench import Conditions, Corpus, NotFittedError, SeqbenchError, Sized, learned, make


class Usual:
    def fit(self, train, conditions):
        self._fitted = train.tags.vocabulary[0]

    @property
    def parameters(self):
        return len(learned(self))


def test_the_value_that_fit_has_set_is_given_back():
    tagger = Usual()
    tagger._fitted = "NN"
    assert learned(tagger) == "NN"


def test_before_fit_the_tagger_is_named_with_the_way_out():
    with pytest.raises(NotFittedError, match=r"^Usual is not fitted; call fit\(train, conditions\) first$") as raised:
        learned(Usual())
    assert isinstance(raised.value, SeqbenchError)


def test_what_only_fit_gives_is_not_there_before():
    """As an AttributeError it also answers hasattr, and with it whether a tagger counts its parameters."""
    tagger = Usual()
    assert not hasattr(tagger, "parameters")
    tagger._fitted = "NN"
    assert isinstance(tagger, Sized)


@pytest.mark.parametrize("spec", ["baseline", "hmm", "perceptron", "ensemble(members=['hmm'])"])
def test_a_tagger_is_printed_by_its_hyperparameters_alone(spec):
    tagger = make(spec)
    before = repr(tagger)
    tagger.fit(Corpus.encode([["a", "b"]], [["X", "Y"]]), Conditions())
    assert repr(tagger) == before
    assert "_fitted" not in before
