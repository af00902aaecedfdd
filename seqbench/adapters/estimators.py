"""Estimators: copied, given the seed and threads of a run, asked which inputs they read."""

from __future__ import annotations

import copy
from typing import Any

from seqbench.contracts.tagger import Conditions


def unfitted(estimator: Any) -> Any:
    """A copy with the same hyperparameters; of an object that scikit-learn cannot clone, a deep copy."""
    if not hasattr(estimator, "get_params"):
        return copy.deepcopy(estimator)
    from sklearn.base import clone

    return clone(estimator)


def under_conditions(estimator: Any, conditions: Conditions) -> Any:
    """The estimator with the seed and threads of a run, also in its parts, wherever none are set."""
    fields = estimator.get_params() if hasattr(estimator, "get_params") else {}
    wanted = {"random_state": conditions.seed}
    if conditions.threads > 1:  # without, an estimator has one
        wanted["n_jobs"] = conditions.threads
    chosen = {name: wanted[last] for name in fields if (last := name.rpartition("__")[2]) in wanted}
    if unset := {name: value for name, value in chosen.items() if fields[name] is None}:
        estimator.set_params(**unset)
    return estimator


def split_vectorizer(estimator: Any) -> tuple[Any, Any]:
    """The `DictVectorizer` that a pipeline begins with, and what follows it; None and the estimator for any other."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.pipeline import Pipeline

    if not isinstance(estimator, Pipeline) or not isinstance(estimator.steps[0][1], DictVectorizer):
        return None, estimator
    (_, vectorizer), *steps = estimator.steps
    return vectorizer, (steps[0][1] if len(steps) == 1 else Pipeline(steps))


def reads_features(estimator: Any) -> bool:
    """Whether an estimator takes features by name, since it begins with vectorizers of its own."""
    from sklearn.feature_extraction import DictVectorizer, FeatureHasher
    from sklearn.pipeline import FeatureUnion, Pipeline

    if isinstance(estimator, Pipeline):
        return reads_features(estimator.steps[0][1])
    if isinstance(estimator, FeatureUnion):
        return all(reads_features(part) for _, part in estimator.transformer_list)
    inner = getattr(estimator, "estimator", None)  # of a search over hyperparameters, for instance
    return isinstance(estimator, DictVectorizer | FeatureHasher) or (inner is not None and reads_features(inner))


def takes_sparse_tables(estimator: Any) -> bool:
    """Whether an estimator takes sparse tables, as its own tags say; without tags, it is taken to."""
    from sklearn.utils import get_tags

    try:
        return bool(get_tags(estimator).input_tags.sparse)
    except (AttributeError, TypeError):
        return True
