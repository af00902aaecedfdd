"""Reads Parquet and Arrow files as Hugging Face `datasets` writes them: a sentence a row, lists of words and tags.

Needs pyarrow. Nothing of such a file is executed: types that are not Arrow's own are read as what they are stored as.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

from seqbench import Corpus, DataError, UsageError
from seqbench_datasets.readers._lists_by_key import TAGS, WORDS, key_of, texts_of
from seqbench_datasets.readers._sentences import Sentences

if TYPE_CHECKING:
    import pyarrow as pa

    Batches = Callable[[Sequence[str]], Iterator[pa.RecordBatch]]

_ROWS_AT_ONCE = 1_000
_DOCUMENT = "document"
_TIMES, _ALWAYS = 200, 1 << 26
"""A file may hold so many times its bytes; so many bytes are always fine."""


def read(
    path: Path,
    *,
    tags: str | None = None,
    features: tuple[str, ...] = (),
    words: Annotated[str, "column of the words"] = "",
    names: Annotated[str, "names of tags that are numbers, by comma: O,B-PER,I-PER"] = "",
) -> Corpus:
    """The words of each row with the tags of the column asked for, else of `tags`, `ner_tags` or `labels`.

    Tags that are numbers get the names that the file itself has for them (`ClassLabel`), unless `names` says others.
    A row opens a document where its column `document` is true, if that has truth values.
    `DataError` names the file and the row.
    """
    sentences = Sentences(path)
    with _opened(path) as (schema, batches):
        known = dict.fromkeys(schema.names)
        words_key = key_of(str(path), known, words, WORDS, "words")
        tags_key = key_of(str(path), known, tags or "", TAGS, "tags")
        columns = [words_key, tags_key, *(key_of(str(path), known, name, (), "features") for name in features)]
        if doubled := next((name for name in columns if schema.names.count(name) > 1), None):
            raise DataError(f"{path}: has {schema.names.count(doubled)} columns {doubled!r}; give them different names")
        named = {name: _class_names(schema, name) for name in columns}
        opens = schema.names.count(_DOCUMENT) == 1 and str(schema.field(_DOCUMENT).type) == "bool"
        if names:
            named[tags_key] = names.split(",")
        rows = (
            row for batch in _bounded(path, batches([*columns, *([_DOCUMENT] * opens)])) for row in _rows(path, batch)
        )
        for number, row in enumerate(rows, start=1):
            texts = {name: texts_of(f"{path}:{number}", row, name, named[name]) for name in columns}
            if opens and row[_DOCUMENT]:
                sentences.documents.append(len(sentences.words))
            sentences.add(number, texts[words_key], texts[tags_key], {name: texts[name] for name in features})
    return sentences.corpus()


@contextmanager
def _opened(path: Path) -> Iterator[tuple[pa.Schema, Batches]]:
    """The schema of a file, and a function that yields its rows. Raises `DataError` where pyarrow finds a fault."""
    try:
        import pyarrow as pa
    except ImportError as error:
        way = "pip install 'seqbench[parquet]'"
        raise UsageError(f"{path}: Parquet and Arrow need pyarrow ({error}): {way}") from error
    try:
        with path.open("rb") as file:
            yield _parquet(path, file) if file.read(4) == b"PAR1" else _arrow(file)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as Parquet or Arrow: {str(error)[:300]}") from error
    except MemoryError as error:
        raise DataError(f"{path}: says that a part of it is larger than the memory of this machine") from error


def _parquet(path: Path, file: IO[bytes]) -> tuple[pa.Schema, Batches]:
    """The schema and the rows of a Parquet file."""
    from pyarrow import parquet

    table = parquet.ParquetFile(file, arrow_extensions_enabled=False)
    meta = table.metadata
    _check(path, sum(meta.row_group(number).total_byte_size for number in range(meta.num_row_groups)))
    return table.schema_arrow, lambda columns: table.iter_batches(_ROWS_AT_ONCE, columns=list(dict.fromkeys(columns)))


def _arrow(file: IO[bytes]) -> tuple[pa.Schema, Batches]:
    """The schema and the rows of Arrow's format of files or of streams."""
    import pyarrow as pa

    file.seek(0)
    is_file = file.read(6) == b"ARROW1"
    file.seek(0)
    if is_file:
        table = pa.ipc.open_file(file)
        numbers = range(table.num_record_batches)
        return table.schema, lambda columns: (_only(table.get_batch(number), columns) for number in numbers)
    stream = pa.ipc.open_stream(file)
    return stream.schema, lambda columns: (_only(batch, columns) for batch in stream)


def _only(batch: pa.RecordBatch, columns: Sequence[str]) -> pa.RecordBatch:
    return batch.select(list(dict.fromkeys(columns)))


def _bounded(path: Path, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches, as long as all of them together are not much larger than the file."""
    size = 0
    for batch in batches:
        batch.validate(full=True)  # before anything else: offsets that lead out of a buffer would crash this process
        size += batch.nbytes
        _check(path, size)
        yield batch


def _rows(path: Path, batch: pa.RecordBatch) -> list[dict[str, object]]:
    """Rows of a batch. Raises `DataError` for values that pyarrow cannot hand to Python, as intervals of months."""
    try:
        rows: list[dict[str, object]] = batch.to_pylist()
    except KeyError as error:
        raise DataError(f"{path}: holds values of a type that pyarrow cannot read (Arrow's type {error})") from error
    return rows


def _check(path: Path, size: int) -> None:
    """Raises `DataError` if a file unpacks to so many bytes that it would fill the memory."""
    if size > max(_ALWAYS, _TIMES * path.stat().st_size):
        raise DataError(f"{path}: unpacks to more than {_TIMES} times its size; unpack it yourself if it is right")


def _class_names(schema: pa.Schema, column: str) -> list[str]:
    """Names of the numbers of a column, as `datasets` keeps them beside the schema; none where it has none."""
    kept = (schema.metadata or {}).get(b"huggingface", b"{}")
    try:
        feature = json.loads(kept)["info"]["features"][column]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    while isinstance(feature, dict) and "feature" in feature:
        feature = feature["feature"]
    if isinstance(feature, list):
        feature = feature[0] if feature else None
    names = feature.get("names") if isinstance(feature, dict) else None
    return [str(name) for name in names] if isinstance(names, list) else []
