"""Scores of a search: on what chooses, on what was held out, by the metric that was asked for."""

import numpy as np
import pytest
from runs import registry_of

from seqbench import Corpus, DataError, Dataset
from seqbench.contracts.trial import Selection
from seqbench.data.cross_validation import dev_name, held_out_of, on_dev
from seqbench.running.tuning_scores import TuningScores

WORDS = [[f"w{number}", "x"] for number in range(20)]
TAGS = [["A", "B"] if number % 2 else ["B", "A"] for number in range(20)]
CORPUS = Corpus.encode(WORDS, TAGS)
WHOLE = Dataset.of("d", train=CORPUS, dev=CORPUS, test=CORPUS)


def test_sentences_that_are_held_out_choose_nothing_and_are_scored_apart():
    data = on_dev(WHOLE, 0.25)
    assert (len(data.dev), len(data.test)) == (15, 20)
    scores = TuningScores(data, Selection("accuracy"), registry_of())
    predicted = data.test.tags.ids.copy()
    predicted[:2] = 1 - predicted[:2]
    assert scores.choosing(predicted) == pytest.approx(28 / 30)
    assert scores.held_out(predicted) == 1
    predicted[-10:] = 1 - predicted[-10:]
    assert scores.choosing(predicted) == pytest.approx(28 / 30)
    assert scores.held_out(predicted) == 0
    assert [sentence in list(data.dev.sentences) for sentence in data.test.sentences] == [True] * 15 + [False] * 5


def test_without_a_share_all_of_dev_chooses():
    scores = TuningScores(on_dev(WHOLE), Selection("sentence_accuracy"), registry_of())
    predicted = WHOLE.dev.tags.ids.copy()
    predicted[0] = 1 - predicted[0]
    assert scores.choosing(predicted) == pytest.approx(19 / 20)
    assert scores.held_out(predicted) is None
    counts, metric = scores.counts([predicted, WHOLE.dev.tags.ids])
    assert metric.score(counts.sum(1).astype(float)).tolist() == pytest.approx([19 / 20, 1])


def test_a_metric_without_counts_has_no_corrected_figure():
    registry = registry_of(metrics={"plain": lambda outcome: float(np.mean(outcome.predicted == outcome.gold))})
    scores = TuningScores(on_dev(WHOLE), Selection("plain"), registry)
    assert scores.choosing(WHOLE.dev.tags.ids) == 1
    assert scores.counts([WHOLE.dev.tags.ids]) is None


def test_too_little_dev_cannot_be_parted():
    one = Dataset.of("one", train=WHOLE.train, dev=WHOLE.train.part(0, 1), test=WHOLE.test)
    with pytest.raises(DataError, match="dev of 'one' has too few different sentences"):
        on_dev(one, 0.5)


@pytest.mark.parametrize("share", [None, 0.5, 0.05, 1e-05])
def test_the_name_of_a_split_tells_what_was_held_out(share):
    assert held_out_of(dev_name(share)) == share
