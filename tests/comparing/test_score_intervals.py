"""Intervals of single scores: text and seeds drawn anew."""

import numpy as np
from compared_runs import examined, store_of

from seqbench.comparing.score_intervals import intervals
from seqbench.comparing.statistics.t_test_over_seeds import score
from seqbench.comparing.unit_counts import measure
from seqbench.scoring.metrics_from_counts import TagF1


def test_every_score_that_can_be_recounted_has_an_interval_around_its_mean(tmp_path):
    results, _ = examined([store_of(tmp_path / "r", "wrong", "b=wrong(share=0.3)", seeds=2)], ["share-of-b"])
    for row in results.rows:
        for name in ("accuracy", "macro_f1", "sentence_accuracy", "share-of-b"):
            low, high = row.score(name).ci95
            assert low < row.score(name).mean < high
        assert row.metrics["plain"].ci95 is None


def test_the_interval_of_a_score_is_that_of_the_learner_with_text_and_seeds(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "wrong", "constant(tag='A')", seeds=3)])
    units = measured.counts.units
    assert intervals(measured) == [score(learner, units).share_interval(units) for learner in measured.learners]


def test_a_mean_over_tags_that_few_sentences_have_gets_no_interval_and_the_tags_are_named(tmp_path):
    _, (measured,) = examined([store_of(tmp_path / "r", "wrong")])
    ids = measured.models[0].ids.copy()
    predictions = measured.predictions
    assert measure(predictions, "macro_f1", TagF1()).unsteady is None
    gold = predictions.reference.gold
    gold_with_rare = np.where(np.arange(len(gold)) == 3, 2, gold).astype(gold.dtype)
    object.__setattr__(predictions.reference, "gold", gold_with_rare)
    object.__setattr__(predictions.reference, "tags", ("A", "B", "RARE"))
    rare = measure(predictions, "macro_f1", TagF1())
    assert "fewer than 10 of the resampled units (RARE)" in rare.unsteady
    assert intervals(rare) == [None]
    assert (ids == measured.models[0].ids).all()
