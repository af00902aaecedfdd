"""Files of datasets by name, and the reader of each."""

import pytest

from seqbench.errors import DataError
from seqbench.registry.data_argument import Source
from seqbench.registry.dataset_files import name_of, splits_of
from seqbench.registry.discovery import Registry


@pytest.mark.parametrize(("name", "dataset"), [("news.tsv", "news"), ("news.tsv.gz", "news"), ("a.b.conllu", "a.b")])
def test_a_file_gives_its_name_without_suffix(tmp_path, name, dataset):
    assert name_of(tmp_path / name) == dataset


def test_a_folder_of_test_files_has_test_where_that_is_needed(tmp_path):
    (tmp_path / "test.tsv").write_text("a\tX\n")
    registry = Registry.discover()
    assert list(splits_of(tmp_path, Source(str(tmp_path), {}), registry, "test").existing()) == ["test"]
    with pytest.raises(DataError, match="has no train file"):
        splits_of(tmp_path, Source(str(tmp_path), {}), registry, "train")
