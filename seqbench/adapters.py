"""Estimators of scikit-learn's kind as taggers: those that take whole sentences, and classifiers of single tokens.

    seqbench.run(models={"crf": lambda: PerSentence(CRF(c1=0.1)), "tree": lambda: PerToken(DecisionTreeClassifier())})

Inherit from `SentenceTagger` or `TokenTagger` instead to give an estimator hyperparameters that a spec can set.
"""

from __future__ import annotations

import abc
import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.tagger import Conditions
from seqbench.data.corpus import Corpus, Sequences

Described = Mapping[str, str | float | bool]
Describe = Callable[[Sequence[str], int], Described]


def describe(words: Sequence[str], place: int) -> Described:
    """A word by itself and its neighbours: lower case, endings, what it is written with."""
    word = words[place]
    return {
        "word": word.lower(),
        "-3": word[-3:],
        "-2": word[-2:],
        "capital": word[:1].isupper(),
        "digit": any(letter.isdigit() for letter in word),
        "hyphen": "-" in word,
        "before": words[place - 1].lower() if place else "<start>",
        "after": words[place + 1].lower() if place + 1 < len(words) else "<end>",
    }


class _Adapter(abc.ABC):
    """What both kinds share: a new estimator for each fit, and features of tokens."""

    @abc.abstractmethod
    def build(self) -> Any:
        """A new estimator, not fitted."""

    def features(self, words: Sequence[str], place: int) -> Described:
        """What the estimator is told of the token at a place in its sentence; input layers are added to it."""
        return describe(words, place)

    def _made(self, conditions: Conditions) -> Any:
        """An estimator under these conditions, as far as it knows the words for them."""
        estimator = self.build()
        fields = estimator.get_params() if hasattr(estimator, "get_params") else {}
        several = {"n_jobs": conditions.threads} if conditions.threads > 1 else {}  # they start with one
        wanted = {"random_state": conditions.seed, **several}
        if chosen := {name: value for name, value in wanted.items() if fields.get(name, value) is None}:
            estimator.set_params(**chosen)
        return estimator

    def _described(self, sentences: Sequences) -> list[list[Described]]:
        found: list[list[Described]] = []
        for number, sentence in enumerate(sentences):
            words = list(sentence)
            layers = {name: layer[number] for name, layer in sentences.layers.items()}
            found.append([{**self.features(words, i), **_at(layers, i)} for i in range(len(words))])
        return found


class SentenceTagger(_Adapter):
    """A tagger around an estimator of sentences: `fit(X, y)` and `predict(X)`, X and y with one item a sentence.

    X has a list of feature mappings a sentence, y a list of tags. Sentences without a token are kept from it.
    """

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Fit a new estimator."""
        self._estimator = self._made(conditions)
        pairs = zip(self._inputs(train.sentences), train.tags, strict=True)
        inputs, tags = zip(*((x, list(tags)) for x, tags in pairs if len(tags)), strict=True)
        self._estimator.fit(list(inputs), list(tags))

    def predict(self, sentences: Sequences) -> list[list[str]]:
        """The estimator's tags."""
        inputs = self._inputs(sentences)
        asked = [x for x in inputs if len(x)]
        answers = iter(self._estimator.predict(asked) if asked else ())
        return [[str(tag) for tag in next(answers, ())] if len(x) else [] for x in inputs]

    def _inputs(self, sentences: Sequences) -> Sequence[Sequence[Any]]:
        return self._described(sentences)


class TokenTagger(_Adapter):
    """A tagger around a classifier of scikit-learn: each token is classified by itself, from its features."""

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        """Fit a new classifier, over one column for each feature and each of its words."""
        from sklearn.dummy import DummyClassifier
        from sklearn.feature_extraction import DictVectorizer

        self._tags = train.tags.vocabulary
        self._columns = DictVectorizer(dtype=np.float32)
        self._columns.fit(self._tokens(train.sentences))
        one = len(self._tags) == 1  # which most classifiers refuse
        self._classifier = DummyClassifier() if one else self._made(conditions)
        self._classifier.fit(self._table(train.sentences), train.tags.ids)

    def predict(self, sentences: Sequences) -> Sequences:
        """The classifier's tags, as ids."""
        found = np.zeros(len(sentences.ids), np.int32)
        if len(found):
            found = self._classifier.predict(self._table(sentences)).astype(np.int32)
        return Sequences(found, sentences.offsets, self._tags)

    def _table(self, sentences: Sequences) -> Any:
        """(tokens, columns), sparse, with the 32-bit numbers that most classifiers insist on."""
        table = self._columns.transform(self._tokens(sentences))
        table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
        return table

    def _tokens(self, sentences: Sequences) -> list[Described]:
        return [token for sentence in self._described(sentences) for token in sentence]


class ProbabilisticTokenTagger(TokenTagger):
    """The same around a classifier that has `predict_proba`."""

    def predict_proba(self, sentences: Sequences) -> NDArray[np.float32]:
        """See `seqbench.Probabilistic`."""
        if not len(sentences.ids):
            return np.zeros((0, len(self._tags)), np.float32)
        found: NDArray[np.float32] = self._classifier.predict_proba(self._table(sentences)).astype(np.float32)
        return found


class PerSentence(SentenceTagger):
    """An estimator of sentences, such as a CRF of sklearn-crfsuite; with `features=None` it gets the words alone."""

    def __init__(self, estimator: Any, features: Describe | None = describe) -> None:
        self._given, self._features = estimator, features

    def build(self) -> Any:
        """A copy of the given estimator, not fitted."""
        return _unfitted(self._given)

    def features(self, words: Sequence[str], place: int) -> Described:
        """Those that were asked for."""
        return (self._features or describe)(words, place)

    def _inputs(self, sentences: Sequences) -> Sequence[Sequence[Any]]:
        if self._features is None:
            return [list(sentence) for sentence in sentences]
        return self._described(sentences)


class PerToken(TokenTagger):
    """A classifier of scikit-learn; `PerTokenProbabilities` where it has `predict_proba` that is wanted."""

    def __init__(self, classifier: Any, features: Describe = describe) -> None:
        self._given, self._features = classifier, features

    def build(self) -> Any:
        """A copy of the given classifier, not fitted."""
        return _unfitted(self._given)

    def features(self, words: Sequence[str], place: int) -> Described:
        """Those that were asked for."""
        return self._features(words, place)


class PerTokenProbabilities(ProbabilisticTokenTagger, PerToken):
    """`PerToken` around a classifier that has `predict_proba`."""


def _at(layers: Mapping[str, Sequence[str]], place: int) -> dict[str, str]:
    return {f"layer {name}": layer[place] for name, layer in layers.items()}


def _unfitted(estimator: Any) -> Any:
    """A copy with the same hyperparameters; of what scikit-learn cannot clone, a copy of all it is."""
    if not hasattr(estimator, "get_params"):
        return copy.deepcopy(estimator)
    from sklearn.base import clone

    return clone(estimator)
