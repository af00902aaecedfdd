"""Notes on models that learned from other texts than train: which, and whether the data is among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seqbench.contracts.pretrained_taggers import Pretrained
from seqbench.contracts.tagger import Tagger
from seqbench.data.dataset import Dataset
from seqbench.running.result_check import bounded


def pretraining_texts(tagger: Tagger) -> tuple[str, ...]:
    """Names of the texts that a tagger says it learned from beside train."""
    if not isinstance(tagger, Pretrained):
        return ()
    texts = tagger.trained_on
    return tuple(name for name in bounded("names", texts) if name)


def pretraining_notes(names: Sequence[str], dataset: Dataset) -> Iterator[str]:
    """A note on the texts of these names, and one more where a name is that of the dataset."""
    if names:
        yield f"pretrained on {', '.join(names)}"
    same = [name for name in names if name.casefold() == dataset.name.partition("?")[0].casefold()]
    if same:
        yield f"it was pretrained on {same[0]!r}, which is this dataset: it may have seen the test text"
