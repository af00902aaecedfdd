"""Estimators: copied, seeded in all their parts, asked what they read."""

import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import BaggingClassifier, RandomForestClassifier
from sklearn.feature_extraction import DictVectorizer, FeatureHasher
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import FeatureUnion, make_pipeline

from seqbench import Conditions
from seqbench.adapters.estimator_protocols import reads_features, takes_sparse_tables, under_conditions, unfitted


class Foreign:
    """An estimator that knows nothing of scikit-learn."""

    def __init__(self):
        self.seen = []


def test_parts_of_an_estimator_get_the_seed_and_threads_of_the_run_too():
    pipeline = make_pipeline(DictVectorizer(), BaggingClassifier(RandomForestClassifier(random_state=7)))
    fields = under_conditions(pipeline, Conditions(seed=3, threads=2)).get_params()
    assert fields["baggingclassifier__random_state"] == 3
    assert fields["baggingclassifier__estimator__random_state"] == 7
    assert fields["baggingclassifier__n_jobs"] == fields["baggingclassifier__estimator__n_jobs"] == 2


def test_with_one_thread_nothing_is_said_of_jobs():
    assert under_conditions(RandomForestClassifier(), Conditions(seed=3)).n_jobs is None


def test_an_estimator_of_another_kind_stays_as_it_is():
    estimator = Foreign()
    assert under_conditions(estimator, Conditions(seed=3)) is estimator
    copied = unfitted(estimator)
    copied.seen.append(1)
    assert estimator.seen == []
    assert takes_sparse_tables(estimator)


def test_a_copy_is_not_fitted():
    forest = RandomForestClassifier(3).fit([[0], [1]], [0, 1])
    assert not hasattr(unfitted(forest), "estimators_")
    assert unfitted(forest).n_estimators == 3


@pytest.mark.parametrize(
    ("estimator", "reads"),
    [
        (make_pipeline(DictVectorizer(), LogisticRegression()), True),
        (make_pipeline(FeatureHasher(), LogisticRegression()), True),
        (make_pipeline(make_pipeline(DictVectorizer()), LogisticRegression()), True),
        (CalibratedClassifierCV(make_pipeline(DictVectorizer(), LogisticRegression())), True),
        (make_pipeline(FeatureUnion([("a", DictVectorizer()), ("b", "passthrough")]), LogisticRegression()), False),
        (make_pipeline("passthrough", LogisticRegression()), False),
        (LogisticRegression(), False),
        (CalibratedClassifierCV(), False),
    ],
)
def test_whether_an_estimator_reads_features_is_told_by_what_it_begins_with(estimator, reads):
    assert reads_features(estimator) is reads


def test_whether_an_estimator_takes_sparse_tables_is_told_by_its_tags():
    assert takes_sparse_tables(LogisticRegression())
    assert not takes_sparse_tables(GaussianNB())
    assert not takes_sparse_tables(BaggingClassifier(GaussianNB()))
