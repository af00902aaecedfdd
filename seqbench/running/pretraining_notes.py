"""Notes on models that learned from other texts than train: which, and whether the data is among them."""

from __future__ import annotations

from collections.abc import Iterator

from seqbench.contracts.pretrained_taggers import Pretrained
from seqbench.contracts.tagger import Tagger
from seqbench.data.dataset import Dataset


def pretraining_notes(tagger: Tagger, dataset: Dataset) -> Iterator[str]:
    """A note on the texts that a tagger names, and one more where a name is that of the dataset."""
    if not isinstance(tagger, Pretrained):
        return
    texts = tagger.trained_on
    names = [texts] if isinstance(texts, str) else [str(text) for text in texts]
    names = [name for name in names if name]
    if names:
        yield f"pretrained on {', '.join(names)}"
    same = [name for name in names if name.casefold() == dataset.name.partition("?")[0].casefold()]
    if same:
        yield f"it was pretrained on {same[0]!r}, which is this dataset: it may have seen the test text"
