"""The input of a network: a batch of sentences, padded to the longest, and the sizes to build a network for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import Tensor

from seqbench.data.corpus import Corpus
from seqbench.neural.vocabulary import Alphabet


@dataclass(frozen=True)
class Shape:
    """How many different things a network must tell apart; id 0 stands for the unknown (of characters 1; 0 is padding).

    `words` are lower-cased, `cased` as written; `affixes` has one size for each kind of prefix and suffix, `layers` one
    for each input layer beside the words. `vectors`: how many numbers a word vector read from a file has, 0 without.
    """

    words: int
    cased: int
    tags: int
    characters: int
    affixes: tuple[int, ...] = ()
    layers: Mapping[str, int] = field(default_factory=dict)
    vectors: int = 0

    @classmethod
    def of(cls, train: Corpus, alphabet: Alphabet | None = None) -> Shape:
        """The sizes that a training set asks for; `alphabet` is that of its sentences, with word vectors if any."""
        return cls.sized(alphabet or Alphabet.of(train.sentences), len(train.tags.vocabulary))

    @classmethod
    def sized(cls, known: Alphabet, tags: int) -> Shape:
        """The sizes that an alphabet and so many tags ask for."""
        return cls(
            words=len(known.words) + 1,
            cased=len(known.cased) + 1,
            tags=tags,
            characters=len(known.characters) + 2,
            affixes=tuple(len(table) + 1 for table in known.affixes),
            layers={name: len(table) + 1 for name, table in known.layers.items()},
            vectors=known.vectors.size if known.vectors else 0,
        )


@dataclass(frozen=True)
class Forms:
    """The distinct forms of a batch, so that what depends on a form alone is computed once.

    `index` (batch, time) leads from a token to its form; `words`, `cased` (forms,), `affixes` (forms, kinds) and
    `characters` (forms, length) are ids, `characters` padded with 0; `vectors` (forms, numbers) are those of a file,
    zeros where it has none of the form.
    """

    index: Tensor
    words: Tensor
    cased: Tensor
    affixes: Tensor
    characters: Tensor
    vectors: Tensor | None = None


@dataclass(frozen=True)
class Batch:
    """Sentences: `words` (batch, time) lower-cased ids, `lengths` (batch,), `mask` (batch, time) true at tokens.

    `layers` are ids (batch, time) by name. Where the mask is false stands padding, which must change no score.
    """

    words: Tensor
    lengths: Tensor
    mask: Tensor
    forms: Forms
    layers: Mapping[str, Tensor] = field(default_factory=dict)
