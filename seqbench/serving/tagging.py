"""Tagging text as it comes: blocks of sentences through one or several models, in bounded memory."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.tagger import Probabilistic
from seqbench.data.corpus import Sequences
from seqbench.errors import PredictionError, UsageError
from seqbench.serving.kept_model import KeptModel
from seqbench.serving.onnx_model import OnnxModel
from seqbench.serving.text_input import InputFormat, Sentence, column_number

BLOCK_TOKENS = 50_000
"""So many that batches of about equal length come about, and each form is looked up seldom."""
_NEW_OBJECTS = 100_000
"""So many more objects are made than freed before Python looks for garbage among them; a block has fewer."""

LoadedModel: TypeAlias = KeptModel | OnnxModel

Distribution = list[tuple[str, float]]
"""Tags of a token with their probabilities, the most probable one first."""
Told: TypeAlias = list[list[Distribution]]


class Tagged(NamedTuple):
    """A sentence with the tags of each model and, where asked for, the most probable tags of each token of it."""

    sentence: Sentence
    tags: Sequence[list[str]]
    distributions: Sequence[list[Distribution]] = ()

    @property
    def differing(self) -> list[int]:
        """The numbers of the tokens on which the models differ."""
        return [number for number, tags in enumerate(zip(*self.tags, strict=True)) if len(set(tags)) > 1]


@dataclass(frozen=True, kw_only=True)
class Tagging:
    """Models that tag side by side, of a text in a format; `nbest`: how many tags of each token are told, 0 for one."""

    models: Sequence[LoadedModel]
    form: InputFormat = "text"
    nbest: int = 0

    def __post_init__(self) -> None:
        for model in self.models if self.nbest else ():
            if not isinstance(model.tagger, Probabilistic):
                raise UsageError(f"model {model.label!r} has no probabilities; leave out --probabilities and --nbest")
        for model in self.models:
            for layer in model.layers:
                if self.form in ("text", "jsonl"):
                    raise UsageError(
                        f"model {model.label!r} reads the column {layer!r} beside the words, which {self.form} "
                        "has not; use --from columns or conllu"
                    )

    def tag(self, sentences: Iterable[Sentence], tokens: int = BLOCK_TOKENS) -> Iterator[list[Tagged]]:
        """Blocks of tagged sentences, each of about so many tokens."""
        with _searched_no_more():
            yield from self._tagged(sentences, tokens)

    def _tagged(self, sentences: Iterable[Sentence], tokens: int) -> Iterator[list[Tagged]]:
        for block in _blocks(sentences, tokens):
            answers = [self._answers(model, block) for model in self.models]
            tags = zip(*(tags for tags, _ in answers), strict=True)
            if not self.nbest:
                yield list(map(Tagged, block, tags))
                continue
            yield list(map(Tagged, block, tags, zip(*(several for _, several in answers), strict=True)))

    def _answers(self, model: LoadedModel, block: Sequence[Sentence]) -> tuple[list[list[str]], Told]:
        """The tags of each sentence and, where they are told, the most probable tags of each of its tokens."""
        layers = {
            name: [sentence.column(column_number(name, self.form)) for sentence in block] for name in model.layers
        }
        encoded = model.encoder.encode([sentence.words for sentence in block], layers)
        answer = model.tagger.predict(encoded)
        tags = list(answer if isinstance(answer, Sequences) else map(list, answer))
        if list(map(len, tags)) != encoded.lengths.tolist():
            raise PredictionError(f"model {model.label!r} did not give one tag to every token")
        return tags, self._most_probable(model, encoded) if self.nbest else []

    def _most_probable(self, model: LoadedModel, encoded: Sequences) -> list[list[Distribution]]:
        """The most probable tags of each token, sentence by sentence."""
        if not isinstance(model.tagger, Probabilistic):
            raise UsageError(f"model {model.label!r} has no probabilities")
        table = np.asarray(model.tagger.predict_proba(encoded))
        best = np.argsort(-table, axis=1, kind="stable")[:, : self.nbest]
        rows = _named(model.tags, best, np.take_along_axis(table, best, 1))
        ends = encoded.offsets.tolist()
        return [rows[start:stop] for start, stop in pairwise(ends)]


@contextmanager
def _searched_no_more() -> Iterator[None]:
    """Within this context Python looks for garbage among new objects only, and seldom: words of a block are none."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _named(tags: Sequence[str], best: NDArray[np.int64], values: NDArray[np.float32]) -> list[Distribution]:
    pairs = zip(best.tolist(), values.tolist(), strict=True)
    return [[(tags[tag], round(p, 6)) for tag, p in zip(row, ps, strict=True)] for row, ps in pairs]


def _blocks(sentences: Iterable[Sentence], tokens: int) -> Iterator[list[Sentence]]:
    block: list[Sentence] = []
    size = 0
    for sentence in sentences:
        block.append(sentence)
        size += len(sentence.words) + 1
        if size >= tokens:
            yield block
            block, size = [], 0
    if block:
        yield block
