"""Taggers that predict the next word must not see it: what taggers declare, and a check of what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from seqbench.contracts.tagger import Tagger
from seqbench.data.corpus import Ids, Offsets, Sequences, offsets_of
from seqbench.data.dataset import Dataset
from seqbench.data.next_word import task_of
from seqbench.errors import PredictionError, UsageError
from seqbench.registry.models import Model
from seqbench.running.prediction_check import checked

_SENTENCES = 50
_DIFFERENT = 0.1
"""Share of answers that may change with what comes after: rounding decides where two tags are equally probable."""


def refuse_those_that_look_ahead(datasets: Sequence[Dataset], models: Sequence[Model]) -> None:
    """Raises `UsageError` if the next word is to be predicted by models that do not say that they look back only."""
    if not any(task_of(dataset.source) for dataset in datasets):
        return
    ahead = [model.label for model in models if model.sight[1] != 0]
    if ahead:
        raise UsageError(
            f"the next word is predicted by models that see no word to the right, which {', '.join(ahead)} may see; "
            "recurrent networks take bidirectional=False, a tagger of your own says so with `sight` (seqbench.Sighted)"
        )


def check_left_to_right(tagger: Tagger, dataset: Dataset, predicted: Ids) -> None:
    """Compare answers for sentences of test with those for their first halves.

    Raises `PredictionError` if the last tag of a half hangs on the words behind it.
    """
    sentences = dataset.test.sentences
    chosen = np.flatnonzero(sentences.lengths > 1)[:_SENTENCES]
    lengths = (sentences.lengths[chosen] + 1) // 2
    starts, ends = sentences.offsets[chosen], sentences.offsets[chosen] + lengths
    halves = _parts(sentences, starts, lengths)
    again = checked(tagger.predict(halves), halves, dataset.train.tags.vocabulary)
    different = int(np.count_nonzero(again[halves.offsets[1:] - 1] != predicted[ends - 1]))
    if different > _DIFFERENT * len(chosen):
        raise PredictionError(
            f"the tag of {different} of {len(chosen)} words changes with the words to their right, "
            "though this tagger says that it does not see them: it would read the answer"
        )


def _parts(sentences: Sequences, starts: Offsets, lengths: Offsets) -> Sequences:
    """Tokens of sentences from these places on, so many of each."""
    offsets = offsets_of(lengths)
    places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
    layers = {name: _parts(layer, starts, lengths) for name, layer in sentences.layers.items()}
    return Sequences(sentences.ids[places], offsets, sentences.vocabulary, MappingProxyType(layers))
