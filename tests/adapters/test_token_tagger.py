"""Classifiers of single tokens as taggers; the oracle is the same classifier driven by hand."""

from contextlib import suppress

import numpy as np
import pytest
from samples import TEST, TRAIN, TRAIN_TAGS, dataset
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_selection import SelectKBest, chi2
from sklearn.linear_model import LogisticRegression, Perceptron
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import RadiusNeighborsClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.semi_supervised import SelfTrainingClassifier
from sklearn.svm import SVC
from sklearn.utils import all_estimators

from seqbench import Conditions, Corpus, DataError, Probabilistic, SeqbenchError, Sequences, learned
from seqbench.adapters import PerToken, PerTokenProbabilities, describe, feature_table
from seqbench.testing import broken_promises


def fitted(tagger, **conditions):
    tagger.fit(dataset().train, Conditions(**conditions))
    return tagger


def tags_of(tagger, **conditions):
    return [tag for tags in fitted(tagger, **conditions).predict(dataset().test.sentences) for tag in tags]


def tokens_of(sentences):
    return [describe(words, i) for words in sentences for i in range(len(words))]


def by_hand(pipeline):
    """What a pipeline that reads features answers."""
    pipeline.fit(tokens_of(TRAIN), [tag for tags in TRAIN_TAGS for tag in tags])
    return pipeline.predict(tokens_of(TEST)).tolist()


def test_a_classifier_answers_as_by_hand():
    expected = by_hand(make_pipeline(DictVectorizer(), RandomForestClassifier(5, random_state=3)))
    assert tags_of(PerToken(RandomForestClassifier(5)), seed=3) == expected


REFUSED = {
    "RadiusNeighborsClassifier": "No neighbors found",
    "SelfTrainingClassifier": "must be an object implementing 'fit'",
    "QuadraticDiscriminantAnalysis": "covariance matrix of class 0 is not full rank",
}
"""Classifiers that refuse this corpus as they are, and part of the reason that scikit-learn gives."""


SECONDS = {"GradientBoostingClassifier", "HistGradientBoostingClassifier", "LogisticRegressionCV"}
"""Classifiers that take seconds for nine tokens."""


def without_arguments():
    for name, kind in all_estimators("classifier"):
        with suppress(TypeError):  # it is made of other classifiers
            yield name, kind()


def answers_or_says_why_not(name, classifier):
    try:
        answer = tags_of(PerToken(classifier))
    except ValueError as error:
        return name in REFUSED and REFUSED[name] in str(error)
    return name not in REFUSED and len(answer) == 6 and set(answer) <= {"DET", "NN", "V"}


@pytest.mark.filterwarnings("ignore")  # of what scikit-learn will take away; of convergence and small classes
@pytest.mark.parametrize("slow", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_every_classifier_of_scikit_learn_tags_or_says_why_not(slow):
    classifiers = dict(without_arguments())
    assert set(classifiers) > SECONDS
    names = [name for name in classifiers if (name in SECONDS) == slow]
    assert [name for name in names if not answers_or_says_why_not(name, classifiers[name])] == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "classifier",
    [
        RadiusNeighborsClassifier(outlier_label="most_frequent"),
        SelfTrainingClassifier(LogisticRegression()),
        QuadraticDiscriminantAnalysis(solver="eigen", shrinkage=0.5),
        GridSearchCV(GaussianNB(), {"var_smoothing": [1e-9, 1e-3]}, cv=2),
    ],
    ids=["radius", "self-training", "quadratic", "search"],
)
def test_classifiers_that_need_more_than_their_defaults_tag_once_they_have_it(classifier):
    assert len(tags_of(PerToken(classifier))) == 6


def test_a_classifier_that_wants_dense_features_answers_as_by_hand():
    table = DictVectorizer(sparse=False, dtype=np.float32)
    bayes = GaussianNB().fit(table.fit_transform(tokens_of(TRAIN)), [tag for tags in TRAIN_TAGS for tag in tags])
    assert tags_of(PerToken(GaussianNB())) == bayes.predict(table.transform(tokens_of(TEST))).tolist()


def test_a_dense_table_beyond_the_limit_is_refused_with_its_size(monkeypatch):
    monkeypatch.setattr(feature_table, "DENSE_BYTES", 1000)
    with pytest.raises(SeqbenchError, match=r"GaussianNB takes dense features only, and 12 tokens with \d+ columns"):
        fitted(PerToken(GaussianNB()))
    fitted(PerToken(LogisticRegression()))


PIPELINES = {
    "plain": lambda: make_pipeline(DictVectorizer(), LogisticRegression()),
    "dense": lambda: make_pipeline(DictVectorizer(sparse=False), GaussianNB()),
    "selected": lambda: make_pipeline(DictVectorizer(), SelectKBest(chi2, k=8), LogisticRegression()),
    "nested": lambda: make_pipeline(make_pipeline(DictVectorizer()), LogisticRegression()),
    "union": lambda: make_pipeline(
        FeatureUnion([("a", DictVectorizer()), ("b", DictVectorizer())]), LogisticRegression()
    ),
    "search": lambda: GridSearchCV(
        make_pipeline(DictVectorizer(), LogisticRegression()), {"logisticregression__C": [0.1, 1.0]}, cv=2
    ),
}


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_that_begins_with_its_own_vectorizer_answers_as_by_hand(name):
    assert tags_of(PerToken(PIPELINES[name]())) == by_hand(PIPELINES[name]())


@pytest.mark.parametrize("classifier", [GaussianNB(), Perceptron(random_state=0), SVC()])
def test_a_vectorizer_of_one_s_own_makes_tables_that_the_classifier_takes(classifier):
    """By hand, scikit-learn 1.9 refuses these: it wants dense tables, or sparse ones with 32-bit indices."""
    assert tags_of(PerToken(make_pipeline(DictVectorizer(), classifier))) == by_hand(
        make_pipeline(DictVectorizer(sparse=False), classifier)
    )


def test_the_fields_of_one_s_own_vectorizer_count():
    tagger = fitted(PerToken(make_pipeline(DictVectorizer(separator="~~"), LogisticRegression())))
    assert "word~~dog" in learned(tagger).table.vectorizer.feature_names_


def test_a_pipeline_without_a_vectorizer_gets_a_table():
    pipeline = make_pipeline(SelectKBest(chi2, k=8), LogisticRegression())
    assert learned(fitted(PerToken(pipeline))).table is not None


def test_input_layers_are_features():
    words = Sequences.encode([["a", "a"], ["a", "a"]])
    sentences = Sequences(words.ids, words.offsets, words.vocabulary, {"2": Sequences.encode([["x", "y"], ["y", "x"]])})
    train = Corpus(sentences, Sequences.encode([["X", "Y"], ["Y", "X"]]))
    tagger = PerToken(LogisticRegression(), features=lambda words, position: {})
    tagger.fit(train, Conditions())
    assert [list(tags) for tags in tagger.predict(sentences)] == [["X", "Y"], ["Y", "X"]]
    with pytest.raises(DataError, match="the sentences lack the input layer '2'"):
        tagger.predict([["a"]])


def test_seed_and_threads_come_from_the_run_unless_they_are_set():
    free, fixed = PerToken(RandomForestClassifier(2)), PerToken(RandomForestClassifier(2, random_state=5, n_jobs=1))
    chosen = [learned(fitted(tagger, seed=3, threads=2)).classifier for tagger in (free, fixed)]
    assert [(forest.random_state, forest.n_jobs) for forest in chosen] == [(3, 2), (5, 1)]


@pytest.mark.parametrize(
    "make",
    [
        lambda: PerToken(Perceptron()),
        lambda: PerToken(GaussianNB()),
        lambda: PerToken(make_pipeline(DictVectorizer(), Perceptron())),
        lambda: PerTokenProbabilities(LogisticRegression()),
    ],
    ids=["classifier", "dense", "pipeline", "probabilities"],
)
def test_adapters_keep_every_promise(make):
    assert [(promise.name, why) for promise, why in broken_promises(make)] == []


def test_only_what_has_probabilities_claims_them():
    assert not isinstance(PerToken(Perceptron()), Probabilistic)
    assert isinstance(PerTokenProbabilities(LogisticRegression()), Probabilistic)


def test_plain_lists_of_words_are_tagged_as_sequences_are():
    tagger, encoded = fitted(PerTokenProbabilities(LogisticRegression())), dataset().test.sentences
    assert tagger.predict(TEST) == [list(tags) for tags in tagger.predict(encoded)]
    assert np.array_equal(tagger.predict_proba(TEST), tagger.predict_proba(encoded))
