"""Registered datasets are made with options of their types, and handed where files are."""

import pytest

from seqbench import Corpus, DataAccess, Splits
from seqbench.errors import DataError, UsageError
from seqbench.registry.data_argument import Source
from seqbench.registry.entries import Entry, Plugin
from seqbench.registry.registered_datasets import made, takes_access


def entry(make):
    return Entry("dataset", "d", make, "", Plugin("mine"))


def reading(access: DataAccess, /, *, size: int = 1):
    return Splits(name=str(access.local), test=Corpus.encode([["a"]] * size, [["X"]] * size))


def test_a_function_with_a_positional_only_parameter_is_handed_where_files_are(tmp_path):
    splits = made(Source("d", {"size": "3"}), entry(reading), DataAccess(local=tmp_path))
    assert (splits.name, len(splits.test)) == (str(tmp_path), 3)
    assert takes_access(reading)
    assert not takes_access(lambda *, size=1: size)


def test_what_is_no_option_or_no_dataset_is_refused():
    with pytest.raises(UsageError, match="no option of dataset d is named 'sise'. Did you mean 'size'"):
        made(Source("d", {"sise": "3"}), entry(reading), DataAccess())
    with pytest.raises(DataError, match=r"dataset 'd' of plugin 'mine' .* gave no seqbench.Dataset"):
        made(Source("d", {}), entry(lambda: 7), DataAccess())
