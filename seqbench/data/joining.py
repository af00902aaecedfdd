"""One corpus from several, in their order: a split that lies in several files."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from seqbench.data.corpus import Corpus, Sequences
from seqbench.data.origins import joined_origins
from seqbench.errors import DataError


def joined(corpora: Sequence[Corpus]) -> Corpus:
    """The sentences of all corpora; each one opens a document where any of them has documents.

    Raises `DataError` if there is none, or if they have different layers.
    """
    if not corpora:
        raise DataError("there is no corpus to join")
    if len(corpora) == 1:
        return corpora[0]
    layers = [set(corpus.sentences.layers) for corpus in corpora]
    if any(names != layers[0] for names in layers):
        raise DataError("the files of one split have different feature columns")
    sizes = np.cumsum([0, *(len(corpus) for corpus in corpora)])
    starts = [np.union1d(corpus.documents, [0]) + size for corpus, size in zip(corpora, sizes, strict=False)]
    marked = any(len(corpus.documents) for corpus in corpora)
    return Corpus(
        _joined([corpus.sentences for corpus in corpora]),
        _joined([corpus.tags for corpus in corpora]),
        np.concatenate(starts) if marked else np.zeros(0, np.int64),
        tuple(dict.fromkeys(note for corpus in corpora for note in corpus.notes)),
        origins=joined_origins([corpus.origins for corpus in corpora]),
    )


def _joined(parts: Sequence[Sequences]) -> Sequences:
    """The sentences of all, over one vocabulary in order of first sight."""
    together = parts[0].compact()
    ids, lengths = [together.ids], [together.lengths]
    for part in parts[1:]:
        further = part.extend(together)
        ids.append(further.ids)
        lengths.append(further.lengths)
        together = Sequences(further.ids, further.offsets, further.vocabulary, together.layers)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.concatenate(lengths))])
    layers = {name: _joined([part.layers[name] for part in parts]) for name in parts[0].layers}
    return Sequences(np.concatenate(ids), offsets, together.vocabulary, MappingProxyType(layers))
