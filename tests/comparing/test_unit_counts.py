"""The counts of all models by one metric, in the units that are resampled."""

import numpy as np
import pytest
from compared_runs import CORPUS, UNITS, WORDS, examined, store_of
from model_predictions import one_sentence
from samples import ShareOfFirst

from seqbench import Corpus, Dataset
from seqbench.comparing.unit_counts import Units, measure
from seqbench.errors import SeqbenchError
from seqbench.scoring.metrics_from_counts import TagF1, TokenAccuracy


class Broken(ShareOfFirst):
    def counts(self, outcome):
        raise ZeroDivisionError("broken on purpose")


class Silent(ShareOfFirst):
    """Does not apply where all tags are the same."""

    def counts(self, outcome):
        return None if len(set(outcome.predicted.tolist())) == 1 else super().counts(outcome)


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    store = store_of(tmp_path_factory.mktemp("run"), "wrong", "constant(tag='A')", seeds=2)
    return examined([store])[1][0]


def test_sentences_are_the_units_where_no_document_is_marked(measured):
    assert str(measured.units) == f"{UNITS} sentences"
    assert measured.counts.models[0][0, :, 1].tolist() == [len(sentence) for sentence in WORDS]


def test_documents_are_resampled_where_they_are_marked(tmp_path):
    marked = Corpus(CORPUS.sentences, CORPUS.tags, np.arange(0, UNITS, 5))
    data = Dataset.of("data", train=CORPUS, test=marked)
    _, (measured,) = examined([store_of(tmp_path / "r", "wrong", data=data)])
    assert (measured.units.kind, measured.counts.units) == ("documents", UNITS / 5)
    assert measured.counts.models[0][..., 1].sum() == CORPUS.tokens


FEW = [(0, "sentences", True), (1, "sentences", True), (5, "documents", False), (6, "documents", True)]


@pytest.mark.parametrize(("documents", "kind", "decide"), FEW)
def test_documents_are_the_units_where_several_are_marked_and_few_decide_nothing(tmp_path, documents, kind, decide):
    starts = np.arange(0, UNITS, UNITS // max(1, documents))[:documents]
    data = Dataset.of("data", train=CORPUS, test=Corpus(CORPUS.sentences, CORPUS.tags, starts))
    _, (measured,) = examined([store_of(tmp_path / "r", "wrong", data=data)])
    assert measured.units.kind == kind
    assert (measured.units.undecided is None) == decide
    assert Units.of(measured.predictions, sentences=True).kind == "sentences"


def test_counts_of_sentences_are_summed_by_unit():
    counts = np.arange(12).reshape(1, 6, 2)
    assert Units(np.array([0, 2, 3, 6]), "documents").summed(counts).tolist() == [[[2, 4], [4, 5], [24, 27]]]


def test_scores_and_right_tokens_are_those_of_each_seed(measured):
    gold, (wrong, constant) = measured.predictions.reference.gold, measured.models
    assert [len(scores) for scores in measured.scores] == [2, 1]  # a seed changes nothing in the second
    assert measured.scores[0].tolist() == [np.mean(ids == gold) for ids in wrong.ids]
    assert measured.means == [pytest.approx(measured.scores[0].mean()), np.mean(constant.ids[0] == gold)]
    assert measured.right(0).tolist() == (wrong.ids[0] == gold).tolist()


def test_learners_have_the_scores_of_their_seeds_and_what_resampling_says(measured):
    for number, learner in enumerate(measured.learners):
        assert learner.scores.tolist() == measured.scores[number].tolist()
        assert learner.on_resampled.tolist() == measured.resampled.models[:, number].tolist()
    assert measured.learners[1].by_text == 0


def test_a_metric_that_counts_all_seeds_at_once_counts_as_one_that_does_not(measured):
    class Slowly:
        score, counts = staticmethod(TokenAccuracy.score), TokenAccuracy().counts

        def __call__(self, outcome):
            raise NotImplementedError

    slow = measure(measured.predictions, "accuracy", Slowly())
    for fast, one_by_one in zip(measured.counts.models, slow.counts.models, strict=True):
        assert fast.tolist() == one_by_one.tolist()


def test_a_metric_that_does_not_apply_to_one_model_measures_none(measured):
    assert measure(measured.predictions, "silent", Silent()) is None


def test_a_metric_that_fails_is_named(measured):
    with pytest.raises(SeqbenchError, match="metric 'broken' cannot count data: ZeroDivisionError: broken on purpose"):
        measure(measured.predictions, "broken", Broken())


def test_answers_that_one_model_alone_has_right_are_counted_for_accuracies_only():
    predictions = one_sentence([0, 1, 2, 0], first=[[0, 1, 0, 0]], second=[[0, 2, 0, 1]])
    assert measure(predictions, "accuracy", TokenAccuracy()).unlike((0, 1)) == 0.5
    assert measure(predictions, "macro_f1", TagF1()).unlike((0, 1)) is None
