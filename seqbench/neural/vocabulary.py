"""Forms as numbers that a network can look up: lower-cased word, cased form, prefixes, suffixes and characters.

The tables are made from the training set's vocabulary alone; a form that train never had keeps what is known of its
parts. Id 0 is the unknown; of characters, 0 is padding and 1 the unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.learned_files import check_array
from seqbench.data.corpus import Sequences, Strings
from seqbench.neural.word_vectors import Matrix, Vectors

AFFIX_LENGTHS = (1, 2, 3, 4)
LONGEST = 24
"""Characters that are looked at: of a longer form its first and last half of these."""

Table = dict[str, int]
Array = NDArray[np.int64]


@dataclass(frozen=True)
class Lexicon:
    """The ids of all forms of one vocabulary; row i belongs to form i."""

    words: Array
    cased: Array
    affixes: Array
    characters: Array
    vectors: Matrix | None = None


@dataclass
class Alphabet:
    """The ids of all that train shows of forms; `counts` (words,) of their tokens; `vectors` come from a file."""

    words: Table = field(default_factory=dict)
    cased: Table = field(default_factory=dict)
    affixes: list[Table] = field(default_factory=list)
    characters: Table = field(default_factory=dict)
    counts: Array = field(default_factory=lambda: np.zeros(1, np.int64))
    layers: dict[str, Table] = field(default_factory=dict)
    vectors: Vectors | None = None

    def check(self, words: int) -> None:
        """Raises `ValueError` unless the ids of each table are in order, from 1 (characters: 2), for so many words."""
        tables = {"words": self.words, "cased": self.cased, **self.layers}
        tables |= {f"affixes {kind}": table for kind, table in enumerate(self.affixes)}
        for name, table, first in [*((n, t, 1) for n, t in tables.items()), ("characters", self.characters, 2)]:
            if list(table.values()) != list(range(first, len(table) + first)):
                raise ValueError(f"the ids of {name} are not {first}, {first + 1}, ... in order")
        if len(self.cased) < words or len(self.affixes) != len(_affixes("")):
            raise ValueError(f"an alphabet of {words} words has at least as many cased forms, was: {len(self.cased)}")
        check_array("counts", self.counts, len(self.words) + 1)
        if self.vectors is not None:
            self.vectors.check()

    @classmethod
    def of(cls, sentences: Sequences, vectors: Vectors | None = None, before: Alphabet | None = None) -> Alphabet:
        """The alphabet of a training set, behind all that the alphabet `before` has, whose ids stay as they are."""
        before = before or cls(affixes=[{} for _ in _affixes("")])
        forms = list(sentences.vocabulary)
        occurrences = np.bincount(sentences.ids, minlength=len(forms))
        affixes = [dict(table) for table in before.affixes]
        for form in forms:
            for table, affix in zip(affixes, _affixes(form), strict=True):
                table.setdefault(affix, len(table) + 1)
        alphabet = cls(
            words=_numbered([*before.words, *(form.lower() for form in forms)]),
            cased=_numbered([*before.cased, *forms]),
            affixes=affixes,
            characters=_numbered([*before.characters, *(character for form in forms for character in form)], first=2),
            layers={
                name: _numbered([*before.layers.get(name, {}), *layer.vocabulary])
                for name, layer in sentences.layers.items()
            },
            vectors=vectors,
        )
        lowered = [alphabet.words[form.lower()] for form in forms]
        alphabet.counts = np.bincount(lowered, occurrences, minlength=len(alphabet.words) + 1).astype(np.int64)
        return alphabet

    def lexicon(self, vocabulary: Strings) -> Lexicon:
        """The ids of every form of a vocabulary, be it known or not."""
        forms = list(vocabulary)
        lowered = [form.lower() for form in forms]
        begins = [[form[:n] for form in lowered] for n in AFFIX_LENGTHS]
        ends = [[form[-n:] for form in lowered] for n in AFFIX_LENGTHS]
        affixes = [_looked_up(table, keys) for table, keys in zip(self.affixes, begins + ends, strict=True)]
        return Lexicon(
            words=_looked_up(self.words, lowered),
            cased=_looked_up(self.cased, forms),
            affixes=np.stack(affixes, 1),
            characters=self._characters_of(forms),
            vectors=self.vectors.of(vocabulary) if self.vectors else None,
        )

    def _characters_of(self, forms: Sequence[str]) -> Array:
        """The ids of the characters of forms (forms, length), padded with 0; each character is looked up once."""
        shown = [form if len(form) <= LONGEST else form[: LONGEST // 2] + form[-LONGEST // 2 :] for form in forms]
        lengths = np.fromiter(map(len, shown), np.int64, len(shown))
        points = np.frombuffer("".join(shown).encode("utf-32-le", "surrogatepass"), np.uint32)
        distinct, index = np.unique(points, return_inverse=True)
        ids = np.zeros((len(forms), max(1, lengths.max(initial=1))), np.int64)
        ids[np.arange(ids.shape[1]) < lengths[:, None]] = _looked_up(self.characters, map(chr, distinct), 1)[index]
        return ids

    def layer(self, name: str, sentences: Sequences) -> Array:
        """The ids (tokens,) of one input layer; 0 where train never had the value, or the layer is not there."""
        if name not in sentences.layers:
            return np.zeros(len(sentences.ids), np.int64)
        layer = sentences.layers[name]
        ids = np.array([self.layers[name].get(value, 0) for value in layer.vocabulary], np.int64)
        return ids[layer.ids]


def _looked_up(table: Table, keys: Iterable[str], unknown: int = 0) -> Array:
    """The ids of keys: (keys,)."""
    return np.fromiter((table.get(key, unknown) for key in keys), np.int64)


def _affixes(form: str) -> list[str]:
    low = form.lower()
    return [low[:n] for n in AFFIX_LENGTHS] + [low[-n:] for n in AFFIX_LENGTHS]


def _numbered(things: Iterable[str], first: int = 1) -> Table:
    return {thing: i for i, thing in enumerate(dict.fromkeys(things), start=first)}
