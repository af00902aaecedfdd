"""The corpus of a run read once more: the same one, or a message that says what has become of it."""

import pytest
from msgspec.structs import replace
from program import called

from seqbench import DataAccess, hookimpl
from seqbench.errors import DataError
from seqbench.registry.discovery import Registry
from seqbench.results.source_corpus import reread
from seqbench.results.store import Store

TEXT = "".join(f"the\tDET\ndog{number}\tNN\nran\tV\n\n" for number in range(40))


@pytest.fixture(scope="module")
def registry():
    return Registry.discover(points=())


@pytest.fixture
def place(tmp_path):
    (tmp_path / "small.tsv").write_text(TEXT)
    return tmp_path


def record_of(place, *command):
    """The record of the dataset of a run that a command makes."""
    done = called(*command, "--models", "baseline", "--device", "cpu", "--out", place / "run", "-q", cwd=place)
    assert done.returncode == 0, done.stderr
    store = Store.open(place / "run")
    return store.dataset(store.manifest().datasets[0].fingerprint)


def test_the_words_of_a_run_are_read_again_from_its_corpus(place, registry):
    record = record_of(place, "run", "--data", place / "small.tsv")
    again = reread(record, registry)
    assert again.fingerprint == record.fingerprint
    assert again.test.sentences[0] == ["the", "dog36", "ran"]


def test_one_of_several_splits_is_the_same_one(place, registry):
    record = record_of(place, "run", "--data", f"{place / 'small.tsv'}?tags=2", "--folds", "2")
    assert reread(record, registry).fingerprint == record.fingerprint


def test_a_search_that_was_scored_on_dev_is_read_with_dev_as_test(place, registry):
    record = record_of(place, "tune", "--data", place / "small.tsv", "--trials", "1")
    assert record.scored_split == "dev"
    assert reread(record, registry).fingerprint == record.fingerprint


def test_gold_without_a_training_set_is_read_alone(place, registry):
    done = called("score", place / "small.tsv", f"a={place / 'small.tsv'}", "--out", place / "run")
    assert done.returncode == 0, done.stderr
    store = Store.open(place / "run")
    record = store.dataset(store.manifest().datasets[0].fingerprint)
    assert "train" not in record.splits
    again = reread(record, registry)
    assert (again.fingerprint, again.train.tokens, again.test.tokens) == (record.fingerprint, 0, 120)


def test_a_corpus_that_has_changed_is_refused_with_both_fingerprints(place, registry):
    record = record_of(place, "run", "--data", place / "small.tsv")
    (place / "small.tsv").write_text(TEXT.replace("ran", "sat"))
    message = rf"those of 'small' are gone: .* has changed: its fingerprint is \w{{32}}, was {record.fingerprint}"
    with pytest.raises(DataError, match=message):
        reread(record, registry)


def test_a_corpus_that_is_gone_is_refused_with_the_reason(place, registry):
    record = record_of(place, "run", "--data", place / "small.tsv")
    (place / "small.tsv").unlink()
    with pytest.raises(DataError, match="a run keeps no words, and those of 'small' are gone: its corpus cannot be"):
        reread(record, registry)


class Far:
    """A dataset by name that is not on this machine."""

    @hookimpl
    def register_datasets(self, register):
        def make(access: DataAccess, /):
            assert access.offline
            raise DataError("offline nothing is fetched")

        register("far", make, "would be fetched")


def test_a_corpus_by_name_is_not_fetched_for_a_run_that_is_opened(place):
    registry = Registry.discover(points=())
    registry.add(Far(), "far")
    record = replace(record_of(place, "run", "--data", place / "small.tsv"), source="far?fold=1/2")
    with pytest.raises(DataError, match="nothing is fetched; 'seqbench datasets far' fetches it, and --data-dir"):
        reread(record, registry)
    assert not registry.access.offline
