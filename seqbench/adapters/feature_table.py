"""Features as a table of numbers: one column for each feature of train, and for each of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np

from seqbench.adapters.token_features import Features
from seqbench.errors import SeqbenchError

DENSE_BYTES = 2 << 30
"""The largest dense table that is learned from: 2 GiB."""
_BLOCK_BYTES = 64 << 20
"""Of text to be tagged, so much of a dense table is made at once."""


Table: TypeAlias = Any
"""(tokens, columns), an array or a sparse matrix, for which scikit-learn has no types."""


class Vectorizer(Protocol):
    """A `DictVectorizer` of scikit-learn."""

    sparse: bool
    dtype: type[np.generic]
    feature_names_: list[str]

    def fit(self, tokens: Sequence[Features], /) -> Vectorizer:
        """Learn the columns."""
        ...

    def transform(self, tokens: Sequence[Features], /) -> Table:
        """The table of tokens."""
        ...


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """The columns of a `DictVectorizer`; `dense` tables are arrays, others sparse with 32-bit indices.

    scikit-learn's own are sparse with 64-bit ones, which some of its classifiers refuse.
    """

    vectorizer: Vectorizer
    dense: bool

    @classmethod
    def learn(cls, tokens: Sequence[Features], *, dense: bool, vectorizer: Vectorizer | None = None) -> FeatureTable:
        """The columns that these tokens need, by a vectorizer of one's own or the usual one, which is fitted."""
        from sklearn.feature_extraction import DictVectorizer

        chosen = DictVectorizer(dtype=np.float32) if vectorizer is None else vectorizer
        return cls(chosen.fit(tokens), dense or not chosen.sparse)

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.vectorizer.feature_names_)

    @property
    def _number_bytes(self) -> int:
        return int(np.dtype(self.vectorizer.dtype).itemsize)

    def whole(self, tokens: Sequence[Features], reader: str) -> Table:
        """(tokens, columns). Raises `SeqbenchError`, which names the reader, if a dense table is too large."""
        size = len(tokens) * self.columns * self._number_bytes
        if self.dense and size > DENSE_BYTES:
            raise SeqbenchError(
                f"{reader} takes dense features only, and {len(tokens):,} tokens with {self.columns:,} columns would "
                f"take {size / 2**30:.1f} GiB, more than {DENSE_BYTES / 2**30:g} GiB; choose a classifier that takes "
                "sparse features, or features with fewer values"
            )
        return self._table(tokens)

    def blocks(self, tokens: Sequence[Features]) -> Iterator[Table]:
        """The table of these tokens in parts (tokens, columns), which bounds the memory of dense ones."""
        step = max(1, _BLOCK_BYTES // (self._number_bytes * max(1, self.columns)) if self.dense else len(tokens))
        for start in range(0, len(tokens), step):
            yield self._table(tokens[start : start + step])

    def _table(self, tokens: Sequence[Features]) -> Table:
        table = self.vectorizer.transform(tokens)
        if self.dense:
            return table if isinstance(table, np.ndarray) else table.toarray()
        table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
        return table
