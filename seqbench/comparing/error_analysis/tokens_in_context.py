"""Single tokens with their sentence, their gold tag and what each model made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench.data.dataset import Dataset
from seqbench.results.predictions import Answers


@dataclass(frozen=True)
class Case:
    """A token of the test set: `sentence` and `token` count from 1; `words` is None where they are no longer known.

    `given` has the tag that most seeds of each model gave.
    """

    sentence: int
    token: int
    words: list[str] | None
    gold: str
    given: dict[str, str]

    def marked(self, reach: int) -> str:
        """The token in brackets among at most `reach` words on either side; a dash where words are not known."""
        if self.words is None:
            return "-"
        at = self.token - 1
        before, after = self.words[max(0, at - reach) : at], self.words[at + 1 : at + 1 + reach]
        cut = ["…"] * (at > reach), ["…"] * (len(self.words) - 1 - at > reach)
        return " ".join([*cut[0], *before, f"[{self.words[at]}]", *after, *cut[1]])


def cases(answers: Answers, dataset: Dataset | None, places: NDArray[np.int64]) -> list[Case]:
    """The tokens at these places."""
    offsets = answers.reference.offsets
    sentences = np.searchsorted(offsets, places, side="right") - 1
    gold = [answers.tags[tag] for tag in answers.reference.gold[places]]
    given = [_usual(answers, label, places) for label in answers.predicted]
    return [
        Case(
            sentence + 1,
            place - int(offsets[sentence]) + 1,
            dataset.test.sentences[sentence] if dataset else None,
            gold[number],
            {label: tags[number] for label, tags in zip(answers.predicted, given, strict=True)},
        )
        for number, (sentence, place) in enumerate(zip(sentences.tolist(), places.tolist(), strict=True))
    ]


def _usual(answers: Answers, label: str, places: NDArray[np.int64]) -> Sequence[str]:
    """The tag that most seeds of a model give to each of these tokens, of equally many the first."""
    return [answers.tags[int(np.bincount(votes).argmax())] for votes in answers.predicted[label][:, places].T]
