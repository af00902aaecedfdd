"""An exported ONNX file, ready to tag: onnxruntime and numpy, and nothing of torch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, pairwise
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from msgspec import Meta, Struct

from seqbench.data.corpus import Offsets, Sequences
from seqbench.data.long_sentences import in_pieces
from seqbench.data.regular_files import check_regular
from seqbench.errors import StoreError, UsageError
from seqbench.registry.entries import reason
from seqbench.serving.onnx_program import Model

_AT_ONCE = 64  # sentences of about one length
Sentences = Iterable[Sequence[str]]
Table: TypeAlias = dict[str, Annotated[int, Meta(ge=0)]]
Length: TypeAlias = Annotated[int, Meta(ge=1)]


class Tables(Struct, frozen=True):
    """Types of what `seqbench export` writes into a file's metadata; see `seqbench.neural.onnx_tables`."""

    label: str
    tags: Annotated[tuple[str, ...], Meta(min_length=1)]
    words: Table
    cased: Table
    affixes: list[Table]
    affix_lengths: list[Length]
    characters: Table
    layers: dict[str, Table]
    longest_form: Length
    longest_sentence: Length
    moves: list[list[float]] | None


@dataclass(frozen=True, eq=False)
class OnnxModel:
    """A file of `seqbench export`, which tags as the kept model that it was made from does."""

    file: Path
    program: Model

    @property
    def label(self) -> str:
        """The label of the kept model."""
        return str(self.program.known["label"])

    @property
    def layers(self) -> tuple[str, ...]:
        """The columns that it reads beside the words."""
        return tuple(self.program.known["layers"])

    @property
    def tags(self) -> list[str]:
        """The tags of the training set."""
        return [str(tag) for tag in self.program.known["tags"]]

    @property
    def tagger(self) -> OnnxModel:
        """Tagger of encoded sentences: this model itself."""
        return self

    @property
    def encoder(self) -> OnnxModel:
        """Encoder of sentences: this model itself."""
        return self

    def encode(self, sentences: Sentences, layers: Mapping[str, Sentences] | None = None) -> Sequences:
        """The sentences as `predict` takes them."""
        words = Sequences.encode(sentences)
        beside = {name: Sequences.encode(values) for name, values in (layers or {}).items()}
        return Sequences(words.ids, words.offsets, words.vocabulary, beside)

    def predict(self, sentences: Sentences | Sequences) -> list[list[str]]:
        """The tags of each sentence, a list of words; what is longer than the file allows is tagged in pieces.

        Raises `StoreError` if the network and the tables of the file do not fit each other.
        """
        sentences = sentences if isinstance(sentences, Sequences) else self.encode(sentences)
        offsets = in_pieces(sentences.offsets, self.program.known["longest_sentence"])
        pieces = _rows(sentences, offsets)
        beside = {name: _rows(layer, offsets) for name, layer in sentences.layers.items()}
        order = np.argsort([len(words) for words in pieces], kind="stable").tolist()
        answers: list[list[str]] = [[] for _ in pieces]
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            layers = {name: [rows[number] for number in some] for name, rows in beside.items()}
            with _store_error_of(self.file, "cannot tag"):
                tagged = self.program.tags([pieces[number] for number in some], layers)
            for number, tags in zip(some, tagged, strict=True):
                answers[number] = tags
        every = list(chain.from_iterable(answers))
        return [every[start:stop] for start, stop in pairwise(sentences.offsets.tolist())]


def _rows(values: Sequences, offsets: Offsets) -> list[list[str]]:
    """The values between offsets as text."""
    return [list(map(str, row)) for row in Sequences(values.ids, offsets, values.vocabulary)]


def load_onnx(file: str | Path) -> OnnxModel:
    """The model of a file of `seqbench export`, ready to tag: `seqbench.load_onnx("first.onnx").predict([["The"]])`.

    Raises `UsageError` without onnxruntime, `StoreError` for a file of another program.
    """
    file = Path(file)
    if find_spec("onnxruntime") is None:
        raise UsageError("ONNX needs onnxruntime: pip install 'seqbench[onnx]'")
    with _store_error_of(file, "is no file of 'seqbench export'"):
        check_regular(file)
        model = OnnxModel(file, Model(str(file)))
        msgspec.convert(model.program.known, Tables)
    return model


@contextmanager
def _store_error_of(file: Path, what: str) -> Iterator[None]:
    """Whatever a file breaks is a `StoreError`: of onnxruntime's own errors many have no class in common."""
    try:
        yield
    except Exception as error:
        raise StoreError(f"{str(file)!r} {what}: {reason(error)}") from error
