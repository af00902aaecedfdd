"""Writes Parquet and Arrow as Hugging Face `datasets` reads them: a sentence a row. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from seqbench import Corpus, DataError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

_OWN = {"tokens", "tags", "document"}
_ROWS_AT_ONCE = 10_000


def write(path: Path, corpus: Corpus) -> list[str]:
    """Write lists `tokens`, `tags` and one for each layer, and whether a `document` opens, if any does; all is kept."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        way = "pip install 'seqbench[parquet]'"
        raise UsageError(f"{path}: Parquet and Arrow need pyarrow ({error}): {way}") from error
    if taken := sorted(_OWN & set(corpus.sentences.layers)):
        raise DataError(f"{path}: a layer cannot be called {taken[0]!r} in this format, as a column of its own is")
    schema = _schema(corpus)
    arrow = path.suffix == ".arrow"
    writer = pa.ipc.new_file(str(path), schema) if arrow else parquet.ParquetWriter(str(path), schema)
    with writer:
        for rows in _batches(corpus, schema):
            writer.write_batch(rows)
    return []


def _schema(corpus: Corpus) -> pa.Schema:
    import pyarrow as pa

    columns = [(name, pa.list_(pa.string())) for name in ("tokens", "tags", *corpus.sentences.layers)]
    return pa.schema([*columns, *([("document", pa.bool_())] if len(corpus.documents) else [])])


def _batches(corpus: Corpus, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    opens = np.isin(np.arange(len(corpus)), corpus.documents)
    columns = [corpus.sentences, corpus.tags, *corpus.sentences.layers.values()]
    for start in range(0, len(corpus), _ROWS_AT_ONCE):
        end = start + _ROWS_AT_ONCE
        lists = [list(column[start:end]) for column in columns]
        rows = [*lists, *([opens[start:end].tolist()] if len(corpus.documents) else [])]
        yield pa.record_batch([pa.array(row, field.type) for row, field in zip(rows, schema, strict=True)], schema)
