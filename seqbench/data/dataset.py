"""Datasets: a training set, perhaps a dev set that chooses, and a test set."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from urllib.parse import urlencode

from seqbench.data.ceilings import Ceilings
from seqbench.data.corpus import Corpus


@dataclass(frozen=True, eq=False, kw_only=True)
class Dataset:
    """Train, perhaps dev, and test of one task, encoded once: vocabularies come from train only.

    `ceiling` is the best accuracy that any tagger can expect on test, if known (a fraction of 1), `ceilings` has those
    of taggers that see less, too; `notes` are sentences that a user must read beside the scores (train is test; dev
    was cut from train). A dataset that was drawn from another (a fold, a smaller training set) has the other's name as
    `origin`, and the options in `drawn`.
    """

    name: str
    train: Corpus
    dev: Corpus | None
    test: Corpus
    ceiling: float | None = None
    notes: tuple[str, ...] = ()
    source: str = ""
    origin: str = ""
    drawn: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ceilings: Ceilings | None = None

    @classmethod
    def of(  # noqa: PLR0913 -- a dataset has this many parts, and each is named where it is passed
        cls,
        name: str,
        *,
        train: Corpus,
        test: Corpus,
        dev: Corpus | None = None,
        ceiling: float | None = None,
        notes: tuple[str, ...] = (),
        source: str = "",
        ceilings: Ceilings | None = None,
    ) -> Dataset:
        """Dataset of splits that were encoded apart: dev and test are put over train's vocabularies.

        With `ceilings` the ceiling is that of any tagger.
        """
        train = train.compact()
        known_dev = dev.extend(train) if dev is not None else None
        ceiling = ceilings.any if ceilings else ceiling
        return cls(
            name=name,
            train=train,
            dev=known_dev,
            test=test.extend(train),
            ceiling=ceiling,
            notes=notes,
            source=source,
            ceilings=ceilings,
        )

    def drawn_from(self, origin: Dataset, options: Mapping[str, str]) -> Dataset:
        """Copy of this dataset, drawn from another with these options, by which it is named and loaded."""
        name = ", ".join([origin.name, *(f"{option} {value}" for option, value in options.items())])
        mark = "&" if "?" in origin.source else "?"
        source = f"{origin.source}{mark}{urlencode(options)}"
        return replace(self, name=name, source=source, origin=origin.name, drawn=MappingProxyType(dict(options)))

    @cached_property
    def fingerprint(self) -> str:
        """Fingerprint: 32 hex digits of the content alone, however it was stored, compressed or named."""
        splits = (self.train.digest(), self.dev.digest() if self.dev else b"", self.test.digest())
        return hashlib.sha256(b"seqbench dataset 1\0" + b"\0".join(splits)).hexdigest()[:32]

    @property
    def tags(self) -> list[str]:
        """Tags of the training set, by id."""
        return list(self.train.tags.vocabulary)


@dataclass(frozen=True, eq=False, kw_only=True)
class Splits:
    """Splits of a corpus, some of which may lack: without train, it can only test what was learned elsewhere.

    `notes` are sentences that a user must read beside the scores.
    """

    name: str
    train: Corpus | None = None
    dev: Corpus | None = None
    test: Corpus | None = None
    ceiling: float | None = None
    notes: tuple[str, ...] = ()
    ceilings: Ceilings | None = None

    @classmethod
    def of(cls, dataset: Dataset) -> Splits:
        """Splits of a dataset."""
        return cls(
            name=dataset.name,
            train=dataset.train,
            dev=dataset.dev,
            test=dataset.test,
            ceiling=dataset.ceiling,
            notes=dataset.notes,
            ceilings=dataset.ceilings,
        )

    def existing(self) -> dict[str, Corpus]:
        """Splits that are there, by name."""
        splits = {"train": self.train, "dev": self.dev, "test": self.test}
        return {name: corpus for name, corpus in splits.items() if corpus is not None}
