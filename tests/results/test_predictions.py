"""Predictions read back from disk: one value for each dataset, whatever runs they are of."""

import numpy as np
import pytest
from model_predictions import KEY, one_sentence
from prediction_files import GOLD, file, scored
from runs import registry_of, run_of
from samples import TEST_TAGS, Constant, Seeded, dataset

from seqbench import Corpus, Dataset
from seqbench.errors import StoreError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.results.listing import list_runs
from seqbench.results.predictions import TagSpace, read_all_predictions, read_predictions
from seqbench.results.rows import read
from seqbench.results.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    registry = registry_of(constant=Constant, seeded=Seeded)
    return run_of(tmp_path_factory.mktemp("run"), registry, "constant", "seeded", seeds=3)


def test_predictions_are_the_tags_that_each_seed_gave(store):
    (predictions,) = read_all_predictions(list_runs([store]))
    constant, seeded = predictions.models
    assert [predictions.tags[tag] for tag in constant.ids[0]] == ["NN"] * 6
    assert (constant.seeds, seeded.seeds, seeded.ids.shape) == ([0], [0, 1, 2], (3, 6))
    assert (constant.deterministic, seeded.deterministic) == (True, False)
    assert [predictions.tags[tag] for tag in predictions.reference.gold] == [tag for tags in TEST_TAGS for tag in tags]


def test_outcomes_read_from_disk_are_those_that_were_scored(store):
    (predictions,) = read_all_predictions(list_runs([store]))
    for row in read([store]).rows:
        outcomes = predictions.outcomes(predictions.of(row.key))
        for trial, outcome in zip(row.trials, outcomes, strict=True):
            assert np.mean(outcome.gold == outcome.predicted) == pytest.approx(trial.score("accuracy"))


def test_tags_that_only_predictions_have_keep_their_names_across_runs(tmp_path):
    registry = Registry.discover(points=())
    gold = file(tmp_path, "gold.tsv", GOLD)
    for name, tag in {"one": "X", "two": "Y"}.items():
        wrong = file(tmp_path, f"{name}.tsv", GOLD.replace("dog\tN", f"dog\t{tag}"))
        scored(Store.create(tmp_path / name), gold, [wrong], registry)
    stores = [Store.open(tmp_path / name) for name in ("two", "one")]
    (predictions,) = read_all_predictions(list_runs(stores))
    assert predictions.tags == ("D", "N", "V", "Y", "X")
    tags = {model.key.label: predictions.tags[model.ids[0][1]] for model in predictions.models}
    assert tags == {"two": "Y", "one": "X"}


@pytest.fixture
def partly(tmp_path):
    """A run of which one seed of one model is not finished."""
    store = run_of(tmp_path, registry_of(constant=Constant, seeded=Seeded), "constant", "seeded", seeds=2)
    next(store.folder.glob("trials/seeded-s0-*.json")).unlink()
    return list_runs([store])


def test_a_model_that_is_not_complete_has_its_finished_seeds_or_is_left_out(partly):
    (dataset,) = partly.datasets
    constant, seeded = read_predictions(partly, dataset).models
    assert (constant.complete, seeded.complete, seeded.seeds) == (True, False, [1])
    assert [model.key for model in read_predictions(partly, dataset, complete=True).models] == [constant.key]
    assert read_predictions(partly, dataset).complete().keys == [constant.key]


def test_where_nothing_is_finished_there_is_nothing_to_look_at(tmp_path):
    listing = list_runs([run_of(tmp_path, registry_of(bad="no_such_package:Tagger"), "bad")])
    assert read_predictions(listing, listing.datasets[0]) is None
    with pytest.raises(UsageError, match="no trial of these runs is finished; there is nothing to look at"):
        read_all_predictions(listing)


def test_a_run_without_its_dataset_is_refused(store):
    with pytest.raises(StoreError, match=r"data/0000\.json is in none of these runs"):
        TagSpace.of([store], "0000")


def test_documents_and_the_flags_of_words_come_back(tmp_path):
    sentences, tags = [["a"], ["b", "b"], ["a", "c"]], [["X"], ["Y", "X"], ["X", "X"]]
    corpus = Corpus.encode(sentences, tags)
    marked = Corpus(corpus.sentences, corpus.tags, np.array([0, 2]))
    data = Dataset.of("d", train=Corpus.encode(sentences[:2], tags[:2]), test=marked)
    (predictions,) = read_all_predictions(
        list_runs([run_of(tmp_path, registry_of(constant=Constant), "constant(tag='X')", data=data)])
    )
    assert predictions.documents.tolist() == [0, 2]
    assert predictions.reference.known.tolist() == [True, True, True, True, False]
    assert predictions.reference.ambiguous.tolist() == [False, True, True, False, False]
    assert predictions.reference.repeated.tolist() == [True, True, False]


def test_a_model_without_predictions_is_a_key_error():
    with pytest.raises(KeyError):
        one_sentence([0, 1], m=[[0, 1]]).of(KEY["good"])


def test_the_reference_read_back_is_that_of_the_dataset(store):
    space = TagSpace.of([store], dataset().fingerprint)
    assert (space.tags, space.record.learned_tags) == (("DET", "NN", "V"), 3)
    assert space.reference().offsets.tolist() == [0, 4, 6]
