"""CRFsuite (Okazaki 2007) as a learner of weights: numbers in, numbers out.

Imported only when a CRF is fitted: it needs python-crfsuite.
"""

from __future__ import annotations

import gc
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from seqbench_plugins.linear._linear import Linear, Tokens

Tell = Callable[[int, float], None]  # the number of an iteration and its loss, summed over all sentences


@dataclass(frozen=True, eq=False)
class Examples:
    """Tokens with their tags, and how many features and tags there are."""

    tokens: Tokens
    tags: NDArray[np.int32]
    shape: tuple[int, int]


def learn(examples: Examples, parameters: Mapping[str, float], tell: Tell) -> Linear:
    """The weights of a CRF as trained by L-BFGS with these parameters of CRFsuite."""
    trainer = _Trainer(tell)
    trainer.select("lbfgs")
    trainer.set_params(dict(parameters))
    with _without_garbage_collection():
        _append(trainer, examples)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return _weights(path, examples.shape)


class _Trainer(pycrfsuite.Trainer):  # type: ignore[misc]  # it has no types
    """Tells of every iteration instead of printing."""

    def __init__(self, tell: Tell) -> None:
        super().__init__(verbose=False)
        self._tell = tell
        self._iteration = 0

    def message(self, message: str) -> None:
        """Look for the number of an iteration, and then for its loss."""
        if match := re.match(r"\*+ Iteration #(\d+)", message):
            self._iteration = int(match[1])
        elif match := re.match(r"Loss: (\S+)", message):
            self._tell(self._iteration, float(match[1]))


def _append(trainer: _Trainer, examples: Examples) -> None:
    """Names are numbers: short ones are cheap to copy, and no form can hold a character that CRFsuite cannot."""
    names = [b"%d" % number for number in range(max(examples.shape))]
    offsets = examples.tokens.offsets.tolist()
    for start, stop in pairwise(offsets):
        if stop > start:
            rows = examples.tokens.features[start:stop].tolist()
            items = [[names[number] for number in row] for row in rows]
            trainer.append(items, [names[tag] for tag in examples.tags[start:stop].tolist()])


def _weights(path: Path, shape: tuple[int, int]) -> Linear:
    """The weights as CRFsuite writes them out: six decimals."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    try:
        dump = tagger.info()
    finally:
        tagger.close()
    states, moves = np.zeros(shape, np.float32), np.zeros((1, shape[1], shape[1]), np.float32)
    for (feature, tag), weight in dump.state_features.items():
        states[int(feature), int(tag)] = weight
    for (before, tag), weight in dump.transitions.items():
        moves[0, int(before), int(tag)] = weight
    return Linear(states, moves)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Looking through millions of new lists for cycles, again and again, costs more than making them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
