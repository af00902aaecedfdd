"""The features of tokens for linear models: what a form and its neighbours tell, as numbers.

A template names one or more properties, each at some distance from the token: `word-1 word` is the word before together
with the word itself. After Ratnaparkhi (1996) and Collins (2002). Input layers beside the words are properties too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from seqbench import Corpus, Sequences, check_array
from seqbench_plugins._shared.ragged_arrays import Ints
from seqbench_plugins._shared.word_shapes import FIRST, OUTSIDE, PROPERTIES, RARE, Forms

Numbers = NDArray[np.int32]
Template = tuple[tuple[str, int], ...]  # properties, and how many tokens to the right of the token each is

REACH = 2  # no template looks further
_FEWEST_BUCKETS = 1 << 10
_MIX = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: multiplicative hashing (Knuth, TAOCP 3, 6.4)
OF_WORDS = """
    form; word-2; word-1; word; word+1; word+2; word-1 word; word word+1; word-1 word+1; shape-1; shape; shape+1;
    prefix1; prefix2; prefix3; prefix4; suffix1; suffix2; suffix3; suffix4; suffix5;
    suffix2-1; suffix3-1; suffix2+1; suffix3+1
"""
OF_LAYERS = "~-2; ~-1; ~; ~+1; ~+2; ~-2 ~-1; ~-1 ~; ~ ~+1; ~+1 ~+2; ~-1 ~+1; ~-1 ~ ~+1; word ~; word-1 ~; word+1 ~"


@dataclass(frozen=True, eq=False)
class Properties:
    """The numbers of every property of every token, each `at` some distance from the token."""

    columns: dict[str, Numbers]  # by property: (rows,), the last row being what is beyond a sentence
    rows: Ints  # (padded tokens,)
    tokens: Ints  # (tokens,) where the tokens are among the padded ones

    def at(self, name: str, distance: int) -> Ints:
        """The numbers of a property so many tokens to the right: (tokens,)."""
        column = self.columns[name]
        rows = self.rows[self.tokens + distance]
        return (column[rows] if name in PROPERTIES else column[self.tokens + distance]).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Combinations:
    """Properties of forms and their neighbours, and each template's combinations of them as one code a token."""

    forms: Forms
    known: Numbers  # (forms of train, properties)
    sizes: dict[str, int]  # numbers of each property
    templates: tuple[Template, ...]

    def codes(self, sentences: Sequences) -> Iterable[Ints]:
        """For each template, a code that tells any combination from any other: (tokens,)."""
        properties = self._properties(sentences)
        for template in self.templates:
            code = np.zeros(len(sentences.ids), np.int64)
            for name, distance in template:
                code = code * self.sizes[name] + properties.at(name, distance)
            yield code

    def _properties(self, sentences: Sequences) -> Properties:
        used, row = np.unique(sentences.ids, return_inverse=True)
        split = np.searchsorted(used, len(self.known))
        table = np.concatenate([self.known[used[:split]], self.forms.of(sentences.vocabulary[used[split:]])])
        table = np.concatenate([table, np.full((1, len(PROPERTIES)), OUTSIDE, np.int32)])
        between = np.repeat(np.arange(1, len(sentences) + 1), sentences.lengths)
        tokens = np.arange(len(row)) + REACH * between
        rows = np.full(len(row) + REACH * (len(sentences) + 1), len(used))
        rows[tokens] = row
        columns = dict(zip(PROPERTIES, np.ascontiguousarray(table.T), strict=True))
        for name, layer in sentences.layers.items():
            if "~" + name in self.sizes:
                columns["~" + name] = np.full(len(rows), OUTSIDE, np.int32)
                columns["~" + name][tokens] = np.where(
                    layer.ids < self.sizes["~" + name] - FIRST, layer.ids + FIRST, RARE
                )
        return Properties(columns, rows, tokens)


@dataclass(frozen=True, eq=False)
class Features:
    """Numbers for the features of train; what is not known has the first number of its template."""

    forms: Forms
    known: Numbers  # (forms of train, properties)
    sizes: dict[str, int]  # numbers of each property
    templates: tuple[Template, ...]
    codes: tuple[Ints, ...]  # of each template: the combinations that are known, ascending
    starts: Ints  # (templates + 1,) the first number of each template
    buckets: int = field(default=0, metadata={"added": True})
    """Buckets of each template of several properties, whose combinations are hashed; 0: each has its number."""

    def check(self, words: int, layers: Mapping[str, int]) -> None:
        """Raises `ValueError` unless the tables are of so many words, and of layers with so many values."""
        sizes = dict(zip(PROPERTIES, self.forms.sizes, strict=True))
        sizes |= {"~" + name: FIRST + values for name, values in layers.items()}
        if self.sizes != sizes or self.templates != tuple(_templates(layers)):
            raise ValueError("sizes and templates must be those of the forms and layers")
        check_array("known", self.known, words, len(PROPERTIES))
        for number, name in enumerate(PROPERTIES):
            check_array(f"known of {name}", self.known[:, number], words, below=sizes[name])
        if len(self.codes) != len(self.templates):
            raise ValueError(f"{len(self.templates)} templates need as many codes, was: {len(self.codes)}")
        for template, codes in zip(self.templates, self.codes, strict=True):
            check_array("codes", codes, sizes[template[0][0]] if len(template) == 1 else None)
        hashed = [codes for codes, template in zip(self.codes, self.templates, strict=True) if len(template) > 1]
        if self.buckets and any(len(codes) != self.buckets for codes in hashed):
            raise ValueError(f"templates of several properties must have {self.buckets} buckets each")
        if not np.array_equal(self.starts, np.cumsum([0, *(len(codes) + 1 for codes in self.codes)])):
            raise ValueError("starts must be where the templates' features begin")

    @classmethod
    def learn(cls, train: Corpus, least: int = 1) -> tuple[Features, Numbers]:
        """The features that at least so many tokens of train have, and those of its tokens."""
        sentences, combinations = train.sentences, _combinations(train.sentences, least)
        sizes, templates = combinations.sizes, combinations.templates
        columns = [
            (code, np.arange(sizes[template[0][0]])) if len(template) == 1 else _frequent(code, least)
            for template, code in zip(templates, combinations.codes(sentences), strict=True)
        ]
        features = cls.over(combinations, [seen for _, seen in columns])
        numbers = np.stack([number for number, _ in columns], 1) + features.starts[:-1]
        return features, numbers.astype(np.int32)

    @classmethod
    def hashed(cls, train: Corpus, most: int, least: int = 1) -> Features:
        """About so many features at most (or few), whose combinations share numbers by chance (Weinberger et al. 2009).

        No token is looked at one by one: this takes the memory and time of the forms alone.
        """
        combinations = _combinations(train.sentences, least)
        sizes = [combinations.sizes[t[0][0]] if len(t) == 1 else None for t in combinations.templates]
        left = max(0, most - sum(size for size in sizes if size is not None))
        buckets = max(_FEWEST_BUCKETS, 1 << (left // max(1, sizes.count(None))).bit_length() >> 1)
        codes = [np.arange(buckets if size is None else size) for size in sizes]
        return replace(cls.over(combinations, codes), buckets=buckets)

    @classmethod
    def over(cls, combinations: Combinations, codes: Sequence[Ints]) -> Features:
        """Features of these combinations of each template."""
        starts = np.cumsum([0, *(len(seen) + 1 for seen in codes)])
        parts = (combinations.forms, combinations.known, combinations.sizes, combinations.templates)
        return cls(*parts, tuple(codes), starts)

    def of(self, sentences: Sequences) -> Numbers:
        """(tokens, templates)."""
        numbers = np.empty((len(sentences.ids), len(self.templates)), np.int32)
        combinations = Combinations(self.forms, self.known, self.sizes, self.templates)
        for i, code in enumerate(combinations.codes(sentences)):
            numbers[:, i] = self.starts[i] + (code if len(self.templates[i]) == 1 else self._number(i, code))
        return numbers

    def _number(self, template: int, code: Ints) -> Ints:
        """Numbers of combinations of a template: (tokens,)."""
        if not self.buckets:
            return _lookup(self.codes[template], code)
        mixed = code.astype(np.uint64) * np.uint64(_MIX)
        return 1 + (mixed >> np.uint64(65 - self.buckets.bit_length())).astype(np.int64)

    @property
    def count(self) -> int:
        """The number of features."""
        return int(self.starts[-1])


def _combinations(sentences: Sequences, least: int) -> Combinations:
    """Features that the forms and layers of train tell, forms of fewer tokens than `least` being rare."""
    counts = np.bincount(sentences.ids, minlength=len(sentences.vocabulary))
    forms = Forms.learn(sentences.vocabulary, counts, least)
    sizes = dict(zip(PROPERTIES, forms.sizes, strict=True))
    sizes |= {"~" + name: FIRST + len(layer.vocabulary) for name, layer in sentences.layers.items()}
    return Combinations(forms, forms.of(sentences.vocabulary), sizes, tuple(_templates(sentences.layers)))


def _frequent(code: Ints, least: int) -> tuple[Ints, Ints]:
    """The number of each token's combination, 0 for a rare one; and the codes of the others, ascending."""
    seen, number, often = np.unique(code, return_inverse=True, return_counts=True)
    kept = often >= least
    return np.where(kept, np.cumsum(kept), 0)[number], seen[kept]


def _lookup(known: Ints, code: Ints) -> Ints:
    """The number of each combination, 0 for one that is not known."""
    number = np.searchsorted(known, code)
    return np.where(np.append(known, -1)[number] == code, number + 1, 0)


def _templates(layers: Iterable[str]) -> Iterable[Template]:
    """The templates of words, and for each layer the templates of layers, the tilde being its name."""
    for text in OF_WORDS.split(";"):
        yield tuple(_part(part) for part in text.split())
    for layer in sorted(layers):
        for text in OF_LAYERS.split(";"):
            yield tuple((name.replace("~", "~" + layer), distance) for name, distance in map(_part, text.split()))


def _part(text: str) -> tuple[str, int]:
    """A property and a distance: `suffix2-1` is the property `suffix2` one token to the left."""
    match = re.fullmatch(r"(.+?)([+-]\d)?", text)
    assert match  # noqa: S101 -- any text that is not empty matches
    return match[1], int(match[2] or 0)
