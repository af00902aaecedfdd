"""Promises of readers: tagged sentences from a file, the same each time, and one plain error for what is no such file.

A reader is tried on a short text in each of the usual formats. One that reads another format has such a text as its
attribute `example`, text or bytes: `read.example = "the:DET dog:NOUN"`.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from seqbench.data.corpus import Corpus
from seqbench.errors import SeqbenchError
from seqbench.testing.promise import BrokenPromiseError, Make, Promise, require

_PAIRS = [[("the", "DET"), ("dog", "NOUN"), ("sleeps", "VERB")], [("a", "DET"), ("cat", "NOUN")]]
_NO_COLUMN = "no such column"


@dataclass(frozen=True)
class FileReader:
    """A reader's function, with an ending of the files that it reads."""

    read: Callable[..., Corpus]
    suffix: str = ".txt"

    def of(self, path: Path, tags: str | None = None) -> Corpus:
        """The corpus of a file."""
        return self.read(path, tags=tags, features=())


def _usual() -> Iterator[bytes]:
    """Two sentences, in each of the usual formats."""
    row = "{number}\t{word}\t_\t{tag}\t_\t_\t_\t_\t_\t_\n"
    for token in (row, "{word}\t{tag}\n", "{word} {tag}\n", "{word},{tag}\n"):
        lines = [[token.format(number=n, word=w, tag=t) for n, (w, t) in enumerate(s, 1)] for s in _PAIRS]
        yield "".join(f"{''.join(sentence)}\n" for sentence in lines).encode()
    for joint in "/_|":
        yield "".join(" ".join(f"{word}{joint}{tag}" for word, tag in s) + "\n" for s in _PAIRS).encode()
    objects = [{"tokens": [word for word, _ in s], "tags": [tag for _, tag in s]} for s in _PAIRS]
    yield "".join(f"{json.dumps(item)}\n" for item in objects).encode()
    yield json.dumps(objects).encode()


@contextmanager
def _file(reader: FileReader, content: bytes) -> Iterator[Path]:
    """A file with this content, alone in its folder until the block ends."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / f"example{reader.suffix}"
        path.write_bytes(content)
        yield path


def _reader(make: Make) -> FileReader:
    made = make()
    return made if isinstance(made, FileReader) else FileReader(made)


def _read(reader: FileReader, content: bytes) -> Corpus | None:
    """The corpus of this content, None where the reader raises."""
    with _file(reader, content) as path, suppress(Exception):
        return reader.of(path)
    return None


def _example(reader: FileReader) -> bytes:
    """A text that a reader can read. Raises `BrokenPromiseError` if there is none."""
    own = getattr(reader.read, "example", None)
    texts = _usual() if own is None else [own.encode() if isinstance(own, str) else own]
    for content in texts:
        corpus = _read(reader, content)
        if isinstance(corpus, Corpus) and corpus.tokens:
            return content
    what = "of the usual formats" if own is None else f"of its own example {own!r}"
    raise BrokenPromiseError(f"it read none {what}; give the function an attribute `example`, the text of a small file")


def _reads(make: Make) -> None:
    _example(_reader(make))


def _readable(make: Make) -> tuple[FileReader, bytes] | None:
    """The reader with a text that it can read; None if there is none, which is another promise."""
    reader = _reader(make)
    with suppress(BrokenPromiseError):
        return reader, _example(reader)
    return None


def _aligned(make: Make) -> None:
    if (readable := _readable(make)) is None or (corpus := _read(*readable)) is None:
        return
    for name, parallel in {"tags": corpus.tags, **corpus.sentences.layers}.items():
        equal = np.array_equal(parallel.lengths, corpus.sentences.lengths)
        lengths = f"{corpus.sentences.lengths[:5].tolist()} words and {parallel.lengths[:5].tolist()} {name}"
        require(equal, f"the first sentences of its example have {lengths}")


def _same_again(make: Make) -> None:
    if (readable := _readable(make)) is None:
        return
    first, second = _read(*readable), _read(*readable)
    equal = first is not None and second is not None and first.digest() == second.digest()
    require(equal, "its example, read twice, is not the same corpus")


def _stays(make: Make) -> None:
    if (readable := _readable(make)) is None:
        return
    reader, content = readable
    with _file(reader, content) as path:
        with suppress(Exception):
            reader.of(path)
        others = sorted(other.name for other in path.parent.iterdir() if other != path)
        require(not others, f"beside the file that it read now lie {others!r}")
        require(path.is_file() and path.read_bytes() == content, "the file that it read is no longer what it was")


def _unknown_column(make: Make) -> None:
    if (readable := _readable(make)) is None:
        return
    reader, content = readable
    with _file(reader, content) as path, suppress(SeqbenchError):
        corpus = reader.of(path, tags=_NO_COLUMN)
        require(kept=False, broken=f"asked for the tags of {_NO_COLUMN!r}, it gave {corpus.tokens} tokens and no error")


def _damage(make: Make) -> None:
    reader = _reader(make)
    readable = _readable(make)
    text = readable[1] if readable else b"the\tDET\n"
    damaged = {
        "an empty file": b"",
        "blank lines": b"\n\n \n",
        "bytes that are no text": bytes(range(256)) * 4,
        "an example cut off in the middle": text[: len(text) // 2],
        "an example with bytes that are no UTF-8": text[:5] + b"\xff\xfe" + text[5:],
        "an example with NUL": text.replace(b"d", b"\0"),
        "an example without its blanks": text.translate(None, b" \t"),
    }
    for what, content in damaged.items():
        _require_plain(reader, what, content)


def _require_plain(reader: FileReader, what: str, content: bytes) -> None:
    with _file(reader, content) as path:
        try:
            reader.of(path)
        except SeqbenchError:
            return
        except Exception as error:  # noqa: BLE001 -- a stranger's code may raise anything
            broken = (
                f"{what} raised {type(error).__name__}: {error}; it must raise seqbench.DataError with file and line"
            )
            require(kept=False, broken=broken)


def _compressed(make: Make) -> None:
    if (readable := _readable(make)) is None:
        return
    reader, content = readable
    plain = _read(reader, content)
    with (
        _file(FileReader(reader.read, f"{reader.suffix}.gz"), gzip.compress(content, mtime=0)) as path,
        suppress(SeqbenchError),
    ):
        corpus = reader.of(path)
        equal = plain is not None and corpus.digest() == plain.digest()
        require(
            equal, "its example, compressed by gzip, is another corpus; open it with gzip.open where it ends in .gz"
        )


READERS = (
    Promise("reads-an-example", "reads one of the usual formats, or its own example", _reads),
    Promise("one-tag-per-token", "gives every word one tag, and one value of each input layer", _aligned),
    Promise("same-again", "reads the same each time", _same_again),
    Promise("file-stays", "leaves the file and its folder as they were", _stays),
    Promise("unknown-column", "refuses a column that is not there", _unknown_column),
    Promise("refuses-damage", "says plainly what is no file of its format", _damage),
    Promise("compressed-alike", "reads a file that gzip has compressed, or refuses it", _compressed),
)
