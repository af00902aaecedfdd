"""Subjects of checks: a registered thing by its name (a tagger by its spec), or all that a plugin file registers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from seqbench.data.corpus import Corpus
from seqbench.data.dataset import Splits
from seqbench.errors import UsageError
from seqbench.registry.data_argument import Source
from seqbench.registry.dataset_sources import dataset_of
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry
from seqbench.registry.models import made_from, resolve
from seqbench.registry.reading import read
from seqbench.registry.registered_datasets import takes_access
from seqbench.registry.specs import parse
from seqbench.reporting.table_formats import loaded
from seqbench.testing.batches import BATCHES
from seqbench.testing.capabilities import CAPABILITIES
from seqbench.testing.datasets import DATASETS
from seqbench.testing.learning import LEARNING
from seqbench.testing.metrics import METRICS
from seqbench.testing.page_sections import SECTIONS, PageSection
from seqbench.testing.predictions import ANSWERS
from seqbench.testing.promise import Make, Promise
from seqbench.testing.readers import READERS, FileReader
from seqbench.testing.reporters import REPORTERS
from seqbench.testing.saving import SAVING
from seqbench.testing.side_effects import SURROUNDINGS
from seqbench.testing.table_formats import FORMATS
from seqbench.testing.writers import WRITERS, FileWriter

PROMISES = (*ANSWERS, *BATCHES, *LEARNING, *SURROUNDINGS, *CAPABILITIES, *SAVING)
"""The promises of every tagger."""


@dataclass(frozen=True)
class Subject:
    """A thing that has promises to keep: its label, how it is made anew, and which promises."""

    label: str
    make: Make
    promises: Sequence[Promise]


def subjects(registry: Registry, text: str) -> Iterator[Subject]:
    """The subjects of a tagger's spec, the name of a thing of another kind, or a plugin file (`mine.py`).

    Raises `UsageError` if there is no such thing, or nothing to check in the file.
    """
    if text.endswith(".py"):
        yield from _of_file(registry, Path(text))
        return
    spec = parse(text)
    others = [entry for entry in _entries(registry) if entry.kind != "tagger" and entry.name == spec.name]
    if not others and spec.name not in registry.taggers and (Path(spec.name) / "pyproject.toml").is_file():
        raise UsageError(f"no tagger is named {spec.name!r}; install its folder first: pip install -e {spec.name}")
    if spec.name in registry.taggers or not others:
        yield Subject(text, _tagger(registry, text), PROMISES)
    else:
        yield from (_of_entry(entry, registry) for entry in others)


def _of_file(registry: Registry, file: Path) -> Iterator[Subject]:
    before = len(registry.losses)
    if not any(plugin.file == file.resolve() for plugin in registry.plugins.values()):
        registry.add_file(file)
    for loss in registry.losses[before:]:
        raise UsageError(str(loss))
    ours = [entry for entry in _entries(registry) if entry.plugin.file == file.resolve()]
    if not ours:
        raise UsageError(f"{str(file)!r} registers nothing that can be checked")
    for entry in ours:
        if entry.kind == "tagger":
            yield Subject(entry.name, _tagger(registry, entry.name), PROMISES)
        else:
            yield _of_entry(entry, registry)


def _of_entry(entry: Entry, registry: Registry) -> Subject:
    makes: Mapping[str, tuple[Make, Sequence[Promise]]] = {
        "dataset": (partial(_dataset, entry, registry), DATASETS),
        "reader": (partial(_reader, entry), READERS),
        "writer": (partial(_writer, entry, registry), WRITERS),
        "reporter": (partial(_called, entry), REPORTERS),
        "section": (partial(_section, entry), SECTIONS),
        "format": (partial(loaded, entry.name, registry), FORMATS),
        "metric": (entry.load, METRICS),
    }
    label = f"{entry.name} (writer)" if entry.kind == "writer" else entry.name  # its reader has the same name
    return Subject(label, *makes[entry.kind])


def _entries(registry: Registry) -> list[Entry]:
    others = (registry.metrics, registry.readers, registry.writers, registry.reporters)
    kinds = (registry.taggers, registry.datasets, *others, registry.sections, registry.formats)
    return [entry for entries in kinds for entry in entries.values()]


def _reader(entry: Entry) -> FileReader:
    return FileReader(entry.load(), *entry.suffixes[:1])


def _writer(entry: Entry, registry: Registry) -> FileWriter:
    """The writer with the reader of its name, or else of its ending."""
    options = {"reader": entry.name} if entry.name in registry.readers else {}
    again = partial(_read, options, registry)
    return FileWriter(entry.load(), again, *entry.suffixes[:1])


def _read(options: Mapping[str, str], registry: Registry, path: Path) -> Corpus:
    return read(path, Source(str(path), options), registry)


def _section(entry: Entry) -> PageSection:
    return PageSection(entry.load(), together=entry.together)


def _called(entry: Entry) -> Any:
    return entry.load()()


def _dataset(entry: Entry, registry: Registry) -> object:
    """Result of a dataset's function; splits that lack are cut from train, as for `--data`."""
    make = entry.load()
    dataset = make(registry.access) if takes_access(make) else make()
    return dataset_of(Source(entry.name, {}), registry) if isinstance(dataset, Splits) else dataset


def _tagger(registry: Registry, text: str) -> Make:
    return partial(_built, registry, resolve(registry, parse(text)).build)


def _built(registry: Registry, build: Callable[[], Any]) -> Any:
    with made_from(registry):
        return build()
