"""Features as a table: the columns of train, sparse or dense, whole or in blocks."""

import numpy as np
import pytest
from sklearn.feature_extraction import DictVectorizer

from seqbench import SeqbenchError
from seqbench.adapters import feature_table
from seqbench.adapters.feature_table import FeatureTable

TOKENS = [{"word": "a", "long": False}, {"word": "b", "long": True}, {"word": "a", "long": True}]
OTHER = [{"word": "c", "length": 3}, {"word": "b", "long": True}]


@pytest.mark.parametrize("dense", [False, True])
def test_the_columns_are_those_of_train(dense):
    table = FeatureTable.learn(TOKENS, dense=dense)
    expected = DictVectorizer(sparse=False).fit(TOKENS)
    whole, blocks = table.whole(TOKENS, "it"), np.concatenate([np.asarray(_dense(b)) for b in table.blocks(OTHER)])
    assert np.array_equal(_dense(whole), expected.transform(TOKENS))
    assert np.array_equal(blocks, expected.transform(OTHER))
    assert table.columns == 3


def _dense(table):
    return table if isinstance(table, np.ndarray) else table.toarray()


def test_numbers_and_indices_have_32_bits():
    table = FeatureTable.learn(TOKENS, dense=False).whole(TOKENS, "it")
    assert (table.dtype, table.indices.dtype, table.indptr.dtype) == (np.float32, np.int32, np.int32)


def test_what_is_dense_is_tagged_in_blocks(monkeypatch):
    monkeypatch.setattr(feature_table, "_BLOCK_BYTES", 30)
    table = FeatureTable.learn(TOKENS, dense=True)
    assert [len(block) for block in table.blocks(TOKENS)] == [2, 1]
    assert list(table.blocks([])) == []


def test_a_large_dense_table_is_refused_and_a_sparse_one_is_not(monkeypatch):
    monkeypatch.setattr(feature_table, "DENSE_BYTES", 35)
    with pytest.raises(SeqbenchError, match="It takes dense features only, and 3 tokens with 3 columns would take 0.0"):
        FeatureTable.learn(TOKENS, dense=True).whole(TOKENS, "It")
    FeatureTable.learn(TOKENS, dense=False).whole(TOKENS, "It")
