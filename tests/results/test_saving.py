"""What a run found becomes records and arrays in its folder."""

from dataclasses import replace

import numpy as np
import pytest
from runs import plan_of, registry_of
from samples import Constant, dataset

from seqbench import Corpus, Dataset
from seqbench.contracts.trial import Failure, TrialResult
from seqbench.results.records import Sizes
from seqbench.results.saving import save_dataset, save_trial
from seqbench.results.store import Store
from seqbench.running.plan import requests
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored

NOUNS = np.full(6, 1, np.int64)


@pytest.fixture
def store(tmp_path):
    return Store.create(tmp_path / "run")


@pytest.fixture(scope="module")
def request_of_a_trial():
    (request,) = requests(plan_of(registry_of(constant=Constant), "constant"))
    return request


def result_of(**further):
    result = TrialResult(predicted=NOUNS, timings={"fit_seconds": 1.5}, notes=("said",), **further)
    return scored(result, Reference.of(dataset()), registry_of())


def test_a_dataset_is_kept_as_what_scores_can_be_taken_from_again(store):
    data = dataset()
    save_dataset(store, data)
    record, reference = store.dataset(data.fingerprint), Reference.of(data)
    arrays = store.dataset_arrays(record)
    assert (record.name, record.tags, record.learned_tags) == ("sample", ("DET", "NN", "V"), 3)
    assert record.splits == {"train": Sizes(sentences=3, tokens=12), "test": Sizes(sentences=2, tokens=6)}
    for name, expected in (("gold", reference.gold), ("sentence_offsets", reference.offsets),
                           ("known", reference.known), ("ambiguous", reference.ambiguous)):  # fmt: skip
        assert arrays[name].tolist() == expected.tolist()


def test_no_word_of_a_corpus_is_kept(store):
    save_dataset(store, dataset())
    kept = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    assert all(word.encode() not in kept for word in ("Everybody", "apple", "book"))


def test_a_dataset_that_is_there_is_not_written_again(store):
    save_dataset(store, dataset())
    before = store.dataset_path(dataset().fingerprint).stat().st_mtime_ns
    save_dataset(store, dataset())
    assert store.dataset_path(dataset().fingerprint).stat().st_mtime_ns == before


def test_the_split_that_is_scored_is_named(store):
    save_dataset(store, dataset(), test="dev")
    assert store.dataset(dataset().fingerprint).scored_split == "dev"


def test_a_finished_trial_is_kept_with_its_scores_predictions_and_confusion(store, request_of_a_trial):
    save_trial(store, request_of_a_trial, result_of(), Reference.of(dataset()))
    record = store.required_trial(request_of_a_trial)
    assert record.score("accuracy") == pytest.approx(3 / 6)
    assert (record.timings, record.notes) == (
        {"fit_seconds": 1.5},
        ("said", "all test tokens get one tag, 'NN' (in one trial or more)"),
    )
    assert record.identity == request_of_a_trial.identity
    arrays = store.trial_arrays(record)
    assert set(arrays) == {"predicted", "confusion"}
    assert arrays["confusion"].tolist() == [[0, 1, 0], [0, 3, 0], [0, 2, 0]]


@pytest.mark.parametrize(("tags", "kind"), [(3, np.uint8), (256, np.uint8), (257, np.uint16)])
def test_ids_take_no_more_bytes_than_the_tags_need(store, request_of_a_trial, tags, kind):
    names = [[f"T{number}" for number in range(tags)]]
    corpus = Corpus.encode([[f"w{number}" for number in range(tags)]], names)
    data = Dataset.of("many", train=corpus, test=corpus)
    result = scored(TrialResult(predicted=np.arange(tags, dtype=np.int32)), Reference.of(data), registry_of())
    save_trial(store, request_of_a_trial, result, Reference.of(data))
    predicted = store.trial_arrays(store.required_trial(request_of_a_trial))["predicted"]
    assert (predicted.dtype, predicted.tolist()) == (kind, list(range(tags)))


def test_certainty_is_kept_where_there_is_one(store, request_of_a_trial):
    sure = np.full((3, 6), 0.25, np.float32)
    save_trial(store, request_of_a_trial, result_of(certainty=sure), Reference.of(dataset()))
    assert store.trial_arrays(store.required_trial(request_of_a_trial))["certainty"].tolist() == sure.tolist()


def test_a_failure_is_kept_with_the_lines_of_its_traceback(store, request_of_a_trial):
    failed = TrialResult(failure=Failure("p", "1.0", "out of luck", "Traceback\n  at last\n"))
    save_trial(store, request_of_a_trial, failed, Reference.of(dataset()))
    failure = store.failure(request_of_a_trial).failure
    assert (failure.plugin, failure.version, failure.error) == ("p", "1.0", "out of luck")
    assert failure.traceback == ("Traceback", "  at last")
    assert store.trial(request_of_a_trial) is None


def test_a_result_without_predictions_is_a_failure(store, request_of_a_trial):
    save_trial(store, request_of_a_trial, TrialResult(), Reference.of(dataset()))
    assert store.failure(request_of_a_trial).failure.error == "it gave no predictions"


def test_a_trial_that_finishes_takes_its_failure_away(store, request_of_a_trial):
    save_trial(store, request_of_a_trial, TrialResult(), Reference.of(dataset()))
    save_trial(store, request_of_a_trial, replace(result_of()), Reference.of(dataset()))
    assert store.failure(request_of_a_trial) is None
