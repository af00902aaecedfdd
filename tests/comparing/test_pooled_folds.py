"""Folds as one test set: every token once, whatever the order of tags and seeds in each fold."""

from dataclasses import replace

import numpy as np
from folded import FOLDS
from model_predictions import KEY, one_sentence

from seqbench.comparing.pooled_folds import pooled_predictions, read_all_pooled, scored_sets
from seqbench.results.listing import list_runs
from seqbench.results.predictions import read_all_predictions
from seqbench.results.records import DatasetSummary

WHOLE = DatasetSummary(name="d, 2 folds", fingerprint="a+b")


def fold(tags, gold, seeds=(0, 1), learned=3, **predicted):
    predictions = one_sentence(gold, **predicted)
    models = [replace(model, seeds=seeds) for model in predictions.models]
    return replace(predictions, models=models, reference=replace(predictions.reference, tags=tags, learned=learned))


def tags_of(predictions, ids):
    return [predictions.tags[tag] for tag in ids]


def test_folds_are_joined_tag_by_tag_and_seed_by_seed():
    first = fold(("A", "B", "C"), [0, 1], good=[[0, 1], [2, 2]])
    second = fold(("B", "A", "X"), [0, 2], seeds=(1, 0), learned=2, good=[[0, 1], [1, 1]])
    both = pooled_predictions(WHOLE, [first, second])
    assert both.tags == ("A", "B", "C", "X")
    assert both.reference.learned == 3
    assert tags_of(both, both.reference.gold) == ["A", "B", "B", "X"]
    model = both.of(KEY["good"])
    assert list(model.seeds) == [0, 1]
    assert [tags_of(both, ids) for ids in model.ids] == [["A", "B", "A", "A"], ["C", "C", "B", "A"]]
    assert both.reference.offsets.tolist() == [0, 2, 4]


def test_models_that_did_not_finish_on_every_fold_are_left_out_by_name():
    first = fold(("A", "B", "C"), [0], seeds=(0,), good=[[0]], bad=[[1]])
    both = pooled_predictions(WHOLE, [first, fold(("A", "B", "C"), [0], seeds=(0,), good=[[0]])])
    assert (both.keys, both.left_out) == ([KEY["good"]], [KEY["bad"]])
    assert [part.keys for part in both.parts] == [[KEY["good"]]] * 2
    assert pooled_predictions(WHOLE, [first, fold(("A", "B", "C"), [0], seeds=(1,), good=[[0]])]) is None


def test_documents_and_repeats_count_through_all_folds():
    first, second = (fold(("A", "B", "C"), [0, 1], seeds=(0,), good=[[0, 1]]) for _ in range(2))
    second = replace(second, reference=replace(second.reference, repeated=np.array([True])))
    marked = [replace(part, documents=np.array([0])) for part in (first, second)]
    assert pooled_predictions(WHOLE, marked).documents.tolist() == [0, 1]
    assert pooled_predictions(WHOLE, [first, marked[1]]).documents.tolist() == []
    assert pooled_predictions(WHOLE, marked).reference.repeated.tolist() == [False, True]


def test_a_run_over_folds_predicts_every_sentence_once(folds):
    listing = list_runs([folds])
    (whole,) = read_all_pooled(listing)
    parts = read_all_predictions(listing)
    assert whole.dataset.name == f"corpus, {FOLDS} folds"
    assert len(whole.reference.gold) == sum(len(part.reference.gold) for part in parts)
    ((dataset, datasets),) = scored_sets(listing.datasets).values()
    assert (dataset, len(datasets)) == (whole.dataset, FOLDS)
