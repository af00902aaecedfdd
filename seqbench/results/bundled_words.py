"""Words of a run's data as files that travel with the run, where their licence lets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from msgspec.structs import replace

from seqbench.data.dataset import Dataset
from seqbench.data.split_options import OPTIONS
from seqbench.errors import SeqbenchError
from seqbench.registry.data_argument import Source, parsed
from seqbench.registry.dataset_sources import NO_DEV, written
from seqbench.registry.datasets import gold_alone, load
from seqbench.registry.discovery import Registry
from seqbench.registry.writing import written as write_corpus
from seqbench.results.records import DatasetRecord
from seqbench.results.source_corpus import reread

_FREE = re.compile(r"(CC0|CC-BY|MIT|Apache|BSD|ISC|PDDL|ODC|ODbL|L?GPL|LGPLLR|Unlicense)\b")
_NO_CHANGES = re.compile(r"\bND\b")


@dataclass(frozen=True)
class Terms:
    """Licence of a dataset with what it asks of users; `lets` tells whether its words may travel in another format."""

    text: str
    lets: bool

    @classmethod
    def of(cls, source: str, registry: Registry) -> Terms:
        """The terms of what a source names; those of files of one's own are not known."""
        parts = parsed(source)
        names = [parts.name, *(value for name in ("train", "dev") if (value := parts.options.get(name)))]
        abouts = [registry.datasets[n].about if n in registry.datasets else None for n in names if n != NO_DEV]
        known = [about for about in abouts if about is not None and about.licence]
        if len(known) < len(abouts):
            return cls("no licence is known", lets=False)
        text = "; ".join(f"{a.licence} {a.obligations} {a.citation}".strip() for a in known)
        return cls(text, all(_FREE.match(a.licence) and not _NO_CHANGES.search(a.licence) for a in known))


def packed_words(record: DatasetRecord, registry: Registry, run: Path, name: str) -> str | None:
    """The source of a dataset's words once they are written to a place in a run's folder, None if no format holds them.

    The words there are those of the record: its fingerprint is that of what is read back. Raises `DataError` if the
    words are gone.
    """
    reread(record, registry)
    whole, drawn = _whole(record, registry)
    for number, suffix in enumerate(_suffixes(registry)):
        folder = run / name / str(number)
        for options in _written(whole, folder, suffix, registry, alone="train" not in record.splits):
            path = f"{name}/{number}" if "train" in record.splits else f"{name}/{number}/test{suffix}"
            text = f"{path}?{urlencode(options | drawn)}" if options | drawn else path
            if _reads_back(record, f"{run}/{text}", registry):
                return f"./{text}"
    return None


def _whole(record: DatasetRecord, registry: Registry) -> tuple[Dataset, dict[str, str]]:
    """The dataset that a record was drawn from, and the options that drew it."""
    parts = parsed(record.source)
    drawn = {name: value for name, value in parts.options.items() if name in OPTIONS}
    own = {name: value for name, value in parts.options.items() if name not in OPTIONS}
    text = written(Source(parts.name, own))
    return (load if "train" in record.splits else gold_alone)(text, registry), drawn


def _suffixes(registry: Registry) -> list[str]:
    return [entry.suffixes[0] for entry in registry.writers.values() if entry.suffixes]


def _written(
    dataset: Dataset, folder: Path, suffix: str, registry: Registry, *, alone: bool
) -> Iterator[dict[str, str]]:
    """Write the splits, and name the options under which they may read back: columns by name or by number."""
    splits = {"test": dataset.test} if alone else {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    folder.mkdir(parents=True)
    try:
        for name, corpus in splits.items():
            if corpus is not None:
                write_corpus(corpus, folder / f"{name}{suffix}", registry)
    except SeqbenchError:  # the format does not hold these words
        return
    layers = list(dataset.test.sentences.layers)
    numbers = [str(column) for column in range(2, 2 + len(layers))]
    dev = {"dev": NO_DEV} if dataset.dev is None and not alone else {}
    yield dev
    if layers:
        yield {**dev, "features": ",".join(layers)}
        yield {**dev, "tags": str(2 + len(layers)), "features": ",".join(numbers)}


def _reads_back(record: DatasetRecord, source: str, registry: Registry) -> bool:
    try:
        reread(replace(record, source=source), registry)
    except SeqbenchError:
        return False
    return True
