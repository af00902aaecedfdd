"""Tags words with an ONNX file of `seqbench export`, without seqbench.

On a command line: python THIS_FILE.py MODEL.onnx The dog ate the apple. This program needs numpy and
onnxruntime alone. Copy from it what your own program needs: `Model.tags` tags sentences.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Sentences = Sequence[Sequence[str]]
Layers = Mapping[str, Sentences]


class Model:
    """A file, ready to tag: `known` are the tables of its metadata."""

    def __init__(self, file: str) -> None:
        import onnxruntime

        self.session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        self.known = json.loads(self.session.get_modelmeta().custom_metadata_map["seqbench"])

    def tags(self, sentences: Sentences, layers: Layers | None = None) -> list[list[str]]:
        """The tags of each sentence, all in one batch; `layers` are the columns that a model reads beside the words.

        A sentence may have `known["longest_sentence"]` words; seqbench itself cuts longer ones behind so many.
        """
        full = [number for number, sentence in enumerate(sentences) if sentence]
        beside = {name: [values[number] for number in full] for name, values in (layers or {}).items()}
        answers = self._numbers([sentences[number] for number in full], beside) if full else []
        tagged: list[list[str]] = [[] for _ in sentences]
        for number, answer in zip(full, answers, strict=True):
            tagged[number] = [self.known["tags"][tag] for tag in answer]
        return tagged

    def inputs(self, sentences: Sentences, layers: Layers) -> dict[str, NDArray[np.int64]]:
        """The inputs of the network for sentences that are not empty, padded with 0 to the longest."""
        known, forms = self.known, sorted({form for sentence in sentences for form in sentence})
        numbers = {form: number for number, form in enumerate(forms)}
        half = known["longest_form"] // 2
        shown = [form if len(form) <= 2 * half else form[:half] + form[-half:] for form in forms]
        ids = {
            "lengths": np.array([len(sentence) for sentence in sentences], np.int64),
            "index": padded(([numbers[form] for form in sentence] for sentence in sentences), len(sentences)),
            "words": np.array([known["words"].get(form.lower(), 0) for form in forms], np.int64),
            "cased": np.array([known["cased"].get(form, 0) for form in forms], np.int64),
            "affixes": np.array([self._affixes(form.lower()) for form in forms], np.int64),
            "characters": padded(([known["characters"].get(c, 1) for c in form] for form in shown), len(forms)),
        }
        for name, table in known["layers"].items():
            rows = ([table.get(value, 0) for value in values] for values in layers[name])
            ids[f"layer {name}"] = padded(rows, len(sentences))
        return {name: ids[name] for name in self.names}

    @cached_property
    def names(self) -> list[str]:
        """The inputs that this network has."""
        return [tensor.name for tensor in self.session.get_inputs()]

    def _affixes(self, low: str) -> list[int]:
        lengths = self.known["affix_lengths"]
        parts = [low[:length] for length in lengths] + [low[-length:] for length in lengths]
        return [table.get(part, 0) for table, part in zip(self.known["affixes"], parts, strict=True)]

    def _numbers(self, sentences: Sentences, layers: Layers) -> list[list[int]]:
        """The numbers of the tags of sentences that are not empty."""
        (scores,) = self.session.run(["scores"], self.inputs(sentences, layers))  # (sentences, time, tags)
        rows = [table[: len(sentence)] for table, sentence in zip(scores, sentences, strict=True)]
        moves = self.known["moves"]
        if moves is None:
            return [row.argmax(1).tolist() for row in rows]
        return [best_sequence(row.astype(np.float64), np.array(moves)) for row in rows]


def padded(rows: Iterable[Sequence[int]], count: int) -> NDArray[np.int64]:
    """Rows of different lengths as a table, with 0 behind the end of a row."""
    listed = list(rows)
    table = np.zeros((count, max(map(len, listed))), np.int64)
    for row, values in enumerate(listed):
        table[row, : len(values)] = values
    return table


def best_sequence(scores: NDArray[np.float64], moves: NDArray[np.float64]) -> list[int]:
    """The tags with the highest sum of scores and moves (Viterbi 1967): (time, tags), (tags + 1, tags + 1)."""
    state, before = scores[0] + moves[-1, :-1], []
    for row in scores[1:]:
        ways = state[:, None] + moves[:-1, :-1]
        before.append(ways.argmax(0))
        state = ways.max(0) + row
    path = [int((state + moves[:-1, -1]).argmax())]
    for choices in reversed(before):
        path.append(int(choices[path[-1]]))
    return path[::-1]


if __name__ == "__main__":
    words = sys.argv[2:]
    (answer,) = Model(sys.argv[1]).tags([words])
    sys.stdout.write("".join(f"{word}\t{tag}\n" for word, tag in zip(words, answer, strict=True)))
