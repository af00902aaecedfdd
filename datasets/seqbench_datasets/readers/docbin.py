"""Reads `DocBin` files of spaCy (.spacy), without spaCy: MessagePack in zlib, of which nothing is executed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, DataError
from seqbench_datasets.readers._sentences import Sentences
from seqbench_datasets.readers._spacy_strings import strings_by_number

_ATTRIBUTES = {"word": 65, "lemma": 73, "pos": 74, "tag": 75, "dep": 76, "morph": 453}
_ENT_IOB, _ENT_TYPE, _HEAD, _SENT_START = 77, 78, 79, 80
_IOB = {1: "I-", 2: "O", 3: "B-"}
_TIMES, _ALWAYS = 200, 1 << 26
"""A file may unpack to so many times its bytes; so many bytes are always fine."""


class _Packed(msgspec.Struct):
    """Contents of a `DocBin`, as far as it is read: numbers (tokens, attributes) in a row, and tokens of each text."""

    attrs: list[int]
    tokens: bytes
    lengths: bytes
    strings: list[str]


@dataclass(frozen=True, eq=False)
class _Table:
    """Numbers (tokens, attributes) by the number of the attribute, and the end of each text."""

    path: Path
    columns: dict[int, NDArray[np.uint64]]
    ends: NDArray[np.int64]
    names: dict[int, str]

    @classmethod
    def of(cls, path: Path, packed: _Packed) -> _Table:
        """The table. Raises `DataError` if its sizes contradict each other."""
        lengths = np.frombuffer(packed.lengths[: len(packed.lengths) // 4 * 4], "<i4")
        numbers = np.frombuffer(packed.tokens[: len(packed.tokens) // 8 * 8], "<u8")
        width, ends = max(1, len(packed.attrs)), np.cumsum(lengths, dtype=np.int64)
        if (lengths < 0).any() or len(numbers) != width * int(lengths.sum(dtype=np.int64)):
            tokens = int(lengths.sum(dtype=np.int64))
            raise DataError(f"{path}: broken DocBin: {len(numbers):,} numbers for texts of {tokens:,} tokens")
        table = numbers.reshape(-1, width)
        columns = {attribute: table[:, number] for number, attribute in enumerate(packed.attrs)}
        return cls(path, columns, ends, strings_by_number(packed.strings))

    def texts(self, name: str) -> list[str]:
        """Values of an attribute, `_` where it is empty; of `ner` the tags of the entities."""
        if name == "ner":
            kinds = self._texts(_ENT_TYPE, name)
            marks = [_IOB.get(number, "O") for number in self._numbers(_ENT_IOB, name).tolist()]
            return ["O" if mark == "O" else mark + kind for mark, kind in zip(marks, kinds, strict=True)]
        if name not in _ATTRIBUTES:
            raise DataError(f"{self.path}: DocBin has no {name!r}; choose one of ner, {', '.join(_ATTRIBUTES)}")
        return self._texts(_ATTRIBUTES[name], name)

    def usual(self) -> str:
        """Attribute that is read as tags where nobody says so."""
        for name, attribute in (("ner", _ENT_TYPE), ("tag", _ATTRIBUTES["tag"]), ("pos", _ATTRIBUTES["pos"])):
            if attribute in self.columns and self.columns[attribute].any():
                return name
        raise DataError(f"{self.path}: has neither entities nor tags; name another layer: ?tags=lemma")

    def starts(self) -> NDArray[np.bool_]:
        """Flags of the tokens that open a sentence: (tokens,); by marks, else by the roots of trees, else by texts."""
        size = int(self.ends[-1]) if len(self.ends) else 0
        opening = np.zeros(size, bool)
        opening[np.concatenate([[0], self.ends[:-1]])[np.diff(self.ends, prepend=0) > 0]] = True
        if _SENT_START in self.columns and self.columns[_SENT_START].any():
            opening |= self.columns[_SENT_START] == 1
            return opening
        if _HEAD in self.columns and self.columns[_HEAD].any():
            root = self._roots(size)
            opening[1:] |= root[1:] != root[:-1]
        return opening

    def _roots(self, size: int) -> NDArray[np.int64]:
        """The root of each token's tree; a token whose way leads nowhere is its own."""
        head = np.arange(size) + self.columns[_HEAD].astype(np.int64)
        head = np.where((head >= 0) & (head < size), head, np.arange(size))
        for _ in range(size.bit_length()):  # each round follows twice as many steps
            head = head[head]
        return head

    def _numbers(self, attribute: int, name: str) -> NDArray[np.uint64]:
        if attribute not in self.columns:
            raise DataError(f"{self.path}: this DocBin was written without {name!r}; choose another ?tags=")
        return self.columns[attribute]

    def _texts(self, attribute: int, name: str) -> list[str]:
        used, places = np.unique(self._numbers(attribute, name), return_inverse=True)
        known = self.names
        missing = [number for number in used.tolist() if number not in known]
        if missing:
            raise DataError(f"{self.path}: broken DocBin: {name!r} has a number that is none of its strings")
        forms = [known[number] or "_" for number in used.tolist()]
        return [forms[position] for position in places.tolist()]


def read(path: Path, *, tags: str | None = None, features: tuple[str, ...] = ()) -> Corpus:
    """The words of each sentence; a text is a document. Tags are `ner`, `pos`, `tag`, `dep`, `lemma` or `morph`.

    Without a name entities are read if there are any, else `tag`, else `pos`. Sentences are those that are marked, else
    those of the trees, else whole texts. Tokens of blanks alone are left out, which a note counts.
    """
    table = _Table.of(path, _unpacked(path))
    layers = {name: table.texts(name) for name in features}
    words, tagged, opening = table.texts("word"), table.texts(tags or table.usual()), table.starts()
    sentences, texts = Sentences(path), np.concatenate([[0], table.ends])
    firsts, blanks = np.flatnonzero(opening).tolist(), 0
    parts = zip(firsts, [*firsts[1:], len(words)], strict=True)
    for number, (start, stop) in enumerate(parts, start=1):
        kept = [position for position in range(start, stop) if not words[position].isspace()]
        blanks += stop - start - len(kept)
        if start in texts:
            sentences.documents.append(len(sentences.words))
        further = {name: [values[position] for position in kept] for name, values in layers.items()}
        sentences.add(number, [words[position] for position in kept], [tagged[position] for position in kept], further)
    return sentences.corpus((f"{blanks:,} tokens of blanks alone are left out",) if blanks else ())


def _unpacked(path: Path) -> _Packed:
    """Contents of a file. Raises `DataError` if it is no DocBin, or if what it unpacks to would fill the memory."""
    try:
        data = path.read_bytes()
        most = max(_ALWAYS, _TIMES * len(data))
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(data, most)
        if unpacker.unconsumed_tail:
            raise DataError(f"{path}: unpacks to more than {_TIMES} times its size; unpack it yourself if it is right")
        return msgspec.msgpack.decode(content, type=_Packed)
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (zlib.error, msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: is no DocBin of spaCy: {error}") from error
