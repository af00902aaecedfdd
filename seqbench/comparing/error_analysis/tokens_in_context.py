"""Single tokens with their sentence, their gold tag and what each model made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.error_analysis.words import Words
from seqbench.data.origins import Origin
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions


@dataclass(frozen=True)
class Case:
    """A token of the test set: `sentence` and `token` count from 1; `words` is None where they are no longer known.

    `predicted` has the tag that most seeds of each model gave; `origin` is where the sentence was read.
    """

    sentence: int
    token: int
    words: list[str] | None
    gold: str
    predicted: dict[ModelKey, str]
    origin: Origin | None = None

    def marked(self, reach: int) -> str:
        """The token in brackets among at most `reach` words on either side; a dash where words are not known."""
        if self.words is None:
            return "-"
        at = self.token - 1
        before, after = self.words[max(0, at - reach) : at], self.words[at + 1 : at + 1 + reach]
        left, right = ["…"] * (at > reach), ["…"] * (len(self.words) - 1 - at > reach)
        return " ".join([*left, *before, f"[{self.words[at]}]", *after, *right])


def cases(predictions: Predictions, words: Words | None, places: NDArray[np.int64]) -> list[Case]:
    """The tokens at these places."""
    offsets = predictions.reference.offsets
    sentences = np.searchsorted(offsets, places, side="right") - 1
    gold = [predictions.tags[tag] for tag in predictions.reference.gold[places]]
    predicted = [_usual(predictions, model, places) for model in predictions.keys]
    return [
        Case(
            sentence + 1,
            token - int(offsets[sentence]) + 1,
            words.sentence(sentence) if words else None,
            gold[number],
            {model: tags[number] for model, tags in zip(predictions.keys, predicted, strict=True)},
            words.origin(sentence) if words else None,
        )
        for number, (sentence, token) in enumerate(zip(sentences.tolist(), places.tolist(), strict=True))
    ]


def _usual(predictions: Predictions, model: ModelKey, places: NDArray[np.int64]) -> Sequence[str]:
    """The tag that most seeds of a model give to each of these tokens, of equally many the first."""
    return [predictions.tags[int(np.bincount(votes).argmax())] for votes in predictions.of(model).ids[:, places].T]
