"""An exported ONNX file, ready to tag: onnxruntime and numpy, and nothing of torch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from seqbench.data.corpus import Offsets, Sequences
from seqbench.data.long_sentences import in_pieces
from seqbench.errors import StoreError, UsageError
from seqbench.registry.entries import reason
from seqbench.serving.onnx_program import Model

_AT_ONCE = 64  # sentences of about one length
Sentences = Iterable[Sequence[str]]


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
        """Tagger of encoded sentences: this model."""
        return self

    @property
    def encoder(self) -> OnnxModel:
        """Encoder of sentences: this model."""
        return self

    def encode(self, sentences: Sentences, layers: Mapping[str, Sentences] | None = None) -> Sequences:
        """The sentences as `predict` takes them."""
        words = Sequences.encode(sentences)
        beside = {name: Sequences.encode(values) for name, values in (layers or {}).items()}
        return Sequences(words.ids, words.offsets, words.vocabulary, beside)

    def predict(self, sentences: Sequences) -> list[list[str]]:
        """The tags of each sentence; what is longer than the file allows is tagged in pieces, as seqbench does."""
        offsets = in_pieces(sentences.offsets, self.program.known["longest_sentence"])
        pieces = _rows(sentences, offsets)
        beside = {name: _rows(layer, offsets) for name, layer in sentences.layers.items()}
        order = np.argsort([len(words) for words in pieces], kind="stable").tolist()
        answers: list[list[str]] = [[] for _ in pieces]
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            tagged = self.program.tags([pieces[n] for n in some], {k: [v[n] for n in some] for k, v in beside.items()})
            for number, tags in zip(some, tagged, strict=True):
                answers[number] = tags
        every = list(chain.from_iterable(answers))
        return [every[start:stop] for start, stop in pairwise(sentences.offsets.tolist())]


def _rows(values: Sequences, offsets: Offsets) -> list[list[str]]:
    """The values between offsets as text."""
    return [list(map(str, row)) for row in Sequences(values.ids, offsets, values.vocabulary)]


def load_onnx(file: Path) -> OnnxModel:
    """The model of a file. Raises `UsageError` without onnxruntime, `StoreError` for a file of another program."""
    if find_spec("onnxruntime") is None:
        raise UsageError("ONNX needs onnxruntime: pip install 'seqbench[onnx]'")
    try:
        model = OnnxModel(file, Model(str(file)))
        _ = model.label, model.layers, model.tags, model.program.names
    except Exception as error:  # of onnxruntime's own errors many have no class in common
        raise StoreError(f"{str(file)!r} is no file of 'seqbench export': {reason(error)}") from error
    return model
