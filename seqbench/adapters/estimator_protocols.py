"""Estimators: copied, given the seed and threads of a run, asked which inputs they read."""

from __future__ import annotations

import copy
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from seqbench.adapters.feature_table import Vectorizer
from seqbench.contracts.tagger import Conditions


class Estimator(Protocol):
    """An object with `fit(X, y)` and `predict(X)` as scikit-learn's have them; perhaps with `predict_proba(X)`."""

    def fit(self, inputs: object, answers: object, /) -> object:
        """Learn, one answer for each input."""
        ...

    def predict(self, inputs: object, /) -> Any:
        """One answer for each input."""
        ...


class ProbabilisticEstimator(Estimator, Protocol):
    """A classifier that has probabilities."""

    def predict_proba(self, inputs: object, /) -> NDArray[np.float64]:
        """(inputs, classes)."""
        ...


def unfitted(estimator: Estimator) -> Estimator:
    """A copy with the same hyperparameters; of an object that scikit-learn cannot clone, a deep copy."""
    if not hasattr(estimator, "get_params"):
        return copy.deepcopy(estimator)
    from sklearn.base import clone

    copied: Estimator = clone(estimator)
    return copied


def under_conditions(estimator: Estimator, conditions: Conditions) -> Estimator:
    """The estimator with the seed and threads of a run, also in its parts, wherever none are set."""
    if not hasattr(estimator, "get_params"):
        return estimator
    fields = estimator.get_params()
    parameters = {"random_state": conditions.seed}
    if conditions.threads > 1:  # without, an estimator has one
        parameters["n_jobs"] = conditions.threads
    chosen = {name: parameters[last] for name in fields if (last := name.rpartition("__")[2]) in parameters}
    unset = {name: value for name, value in chosen.items() if fields[name] is None}
    if unset and hasattr(estimator, "set_params"):
        estimator.set_params(**unset)
    return estimator


def split_vectorizer(estimator: Estimator) -> tuple[Vectorizer | None, Estimator]:
    """The `DictVectorizer` that a pipeline begins with, and what follows it; None and the estimator for any other."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.pipeline import Pipeline

    if not isinstance(estimator, Pipeline) or not isinstance(estimator.steps[0][1], DictVectorizer):
        return None, estimator
    (_, vectorizer), *steps = estimator.steps
    return vectorizer, (steps[0][1] if len(steps) == 1 else Pipeline(steps))


def reads_features(estimator: object) -> bool:
    """Whether an estimator takes features by name, since it begins with vectorizers of its own."""
    from sklearn.feature_extraction import DictVectorizer, FeatureHasher
    from sklearn.pipeline import FeatureUnion, Pipeline

    if isinstance(estimator, Pipeline):
        return reads_features(estimator.steps[0][1])
    if isinstance(estimator, FeatureUnion):
        return all(reads_features(part) for _, part in estimator.transformer_list)
    inner = getattr(estimator, "estimator", None)  # of a search over hyperparameters, for instance
    return isinstance(estimator, DictVectorizer | FeatureHasher) or (inner is not None and reads_features(inner))


def takes_sparse_tables(estimator: Estimator) -> bool:
    """Whether an estimator takes sparse tables, as its own tags say; without tags, it is taken to."""
    from sklearn.utils import get_tags

    try:
        return bool(get_tags(estimator).input_tags.sparse)
    except (AttributeError, TypeError):
        return True
