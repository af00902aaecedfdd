"""Sources written as texts, and other sources for train and dev."""

import pytest

from seqbench.errors import UsageError
from seqbench.registry.data_argument import Source
from seqbench.registry.dataset_sources import dataset_of, own_splits, written
from seqbench.registry.discovery import Registry


def test_a_source_is_written_as_it_is_typed():
    assert written(Source("a.tsv", {})) == "a.tsv"
    assert written(Source("a.tsv", {"tags": "2", "dev": "b c"})) == "a.tsv?tags=2&dev=b+c"


def test_a_dev_file_goes_with_a_train_file(tmp_path):
    (tmp_path / "a.tsv").write_text("a\tX\n\n" * 30)
    source = Source(str(tmp_path / "a.tsv"), {"dev": "b.tsv"})
    with pytest.raises(
        UsageError, match=r"a test file with a dev file needs a training file: '.*a.tsv\?train=FILE&dev=b.tsv'"
    ):
        dataset_of(source, Registry.discover())


def test_a_file_is_the_split_that_is_needed(tmp_path):
    (tmp_path / "a.tsv").write_text("a\tX\n\n")
    splits = own_splits(Source(str(tmp_path / "a.tsv"), {}), Registry.discover(), "test")
    assert list(splits.existing()) == ["test"]
