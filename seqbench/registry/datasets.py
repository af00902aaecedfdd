"""Datasets from `--data` arguments: a registered name, a file, or a folder with train, dev and test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from seqbench.data import audit, ignored_tags, next_word
from seqbench.data.corpus import Corpus
from seqbench.data.cross_validation import draw
from seqbench.data.dataset import Dataset, Splits
from seqbench.data.plausibility import notes_of
from seqbench.data.split_options import OPTIONS
from seqbench.errors import DataError, UsageError
from seqbench.registry.data_argument import Source, each_layer, exists, parsed, path_of, with_options
from seqbench.registry.dataset_files import name_of
from seqbench.registry.dataset_sources import dataset_of, own_splits, written
from seqbench.registry.discovery import Registry
from seqbench.registry.odd_span_tags import odd_span_tags
from seqbench.registry.reading import read, reader_of

_NO_TRAIN = "there is no training set, so that no word counts as known (--train FILE)"


def load(text: str, registry: Registry) -> Dataset:
    """Dataset that a `--data` argument names. An existing path wins over a name only if it contains a slash."""
    if len(each_layer(text)) > 1:
        raise UsageError(f"{text!r} is several datasets, which goes with 'seqbench run'; name one tag layer here")
    return load_splits(text, registry, [{}])[0]


def loaded_or_gold(text: str, registry: Registry) -> Dataset:
    """Dataset that a text names, to be looked at; a registered one that can only test has no training set."""
    try:
        return load(text, registry)
    except DataError:
        if parsed(text).name not in registry.datasets or has_train(text, registry):
            raise
        return gold_alone(text, registry)


def load_splits(data: str | Dataset, registry: Registry, variants: Sequence[Mapping[str, str]]) -> list[Dataset]:
    """Datasets drawn from one, or from the one that a `--data` argument names: one for each set of options.

    The options are those of `seqbench.data.cross_validation`. `NAME=PATH` gives the dataset of a path another name.
    """
    if isinstance(data, Dataset):
        return _drawn(data, {}, variants)
    name, text = _renamed(data, registry)
    source = parsed(text)
    own = {option: value for option, value in source.options.items() if option in (*OPTIONS, next_word.OPTION)}
    rest = {option: value for option, value in source.options.items() if option not in {*own, ignored_tags.OPTION}}
    whole = dataset_of(Source(source.name, rest), registry)
    if ignored := source.options.get(ignored_tags.OPTION):
        whole = ignored_tags.without_tags(whole, ignored)
    return _drawn(replace(whole, name=name) if name else whole, own, variants)


def _drawn(whole: Dataset, own: Mapping[str, str], variants: Sequence[Mapping[str, str]]) -> list[Dataset]:
    draws = [{**own, **variant} for variant in variants]
    return [audited(_drawn_one(whole, options)) for options in draws]


def _drawn_one(whole: Dataset, options: Mapping[str, str]) -> Dataset:
    """The dataset of these options; a task comes last, so that its words are those of the train that is left."""
    split = {option: value for option, value in options.items() if option != next_word.OPTION}
    dataset = draw(whole, split) if split else whole
    task = options.get(next_word.OPTION)
    return dataset if task is None else next_word.next_words(dataset, task)


def _renamed(text: str, registry: Registry) -> tuple[str, str]:
    """Name that a text gives, if it gives one, and the rest of the text; an existing path stays one."""
    name, equals, rest = text.partition("=")
    if not equals or not name or not rest or set("?/(") & set(name) or text in registry.datasets:
        return "", text
    return ("", text) if exists(path_of(text.partition("?")[0])) else (name, rest)


def trained_on(listed: str | Dataset, train: str) -> str:
    """Text of `--data` with another training set. Raises `UsageError` for a dataset that is no text."""
    if isinstance(listed, Dataset):
        raise UsageError(f"--train goes with names and paths; dataset {listed.name!r} brings its own training set")
    return with_options(listed, train=train)


def is_file(text: str) -> bool:
    """Whether a text like that of `--data` names one file."""
    return path_of(parsed(text).name).is_file()


def gold_alone(text: str, registry: Registry) -> Dataset:
    """Dataset whose test set is one whole file, or that of a name, and whose training set is empty.

    Raises `DataError` if there is no test set.
    """
    splits, source = _gold(text, registry)
    if splits.test is None:
        raise DataError(f"dataset {splits.name!r} has no test set, which would be gold")
    notes, nothing = (*splits.notes, _NO_TRAIN), Corpus.encode([], [])
    dataset = Dataset.of(splits.name, train=nothing, test=splits.test, notes=notes, source=source)
    if ignored := parsed(text).options.get(ignored_tags.OPTION):
        dataset = ignored_tags.without_tags(replace(dataset, source=_without_option(source)), ignored)
    return replace(dataset, notes=(*dataset.notes, *odd_span_tags(dataset)))


def _without_option(source: str) -> str:
    """Source without the option of ignored tags."""
    parts = parsed(source)
    return written(Source(parts.name, {name: v for name, v in parts.options.items() if name != ignored_tags.OPTION}))


def _gold(text: str, registry: Registry) -> tuple[Splits, str]:
    """Splits of a text of which test is gold, and the text with the whole path of a file."""
    if not is_file(text):
        splits = own_splits(parsed(text), registry, "test")
        return (Splits.of(splits) if isinstance(splits, Dataset) else splits), text
    path, read_again = load_file(text, registry)
    source, corpus = text.replace(parsed(text).name, str(path.resolve()), 1), read_again(path)
    return Splits(name=name_of(path), test=corpus, notes=tuple(notes_of(corpus))), source


def has_train(text: str, registry: Registry) -> bool:
    """Whether the dataset of a text like that of `--data` has a training set of its own."""
    return "train" in parsed(text).options or own_splits(parsed(text), registry, "test").train is not None


def load_file(text: str, registry: Registry) -> tuple[Path, Callable[[Path], Corpus]]:
    """File that a text like that of `--data` names, and a function that reads it whole. Raises `DataError` if none."""
    source = parsed(text)
    path = path_of(source.name)
    if not exists(path) or path.is_dir():
        raise DataError(f"{source.name!r} is no file; name one file, with its columns where need be: 'FILE?tags=3'")
    reader_of(path, source, registry)
    return path, lambda file: read(file, source, registry)


def audited(dataset: Dataset) -> Dataset:
    """Dataset with a note for everything that its users must know."""
    return replace(dataset, notes=(*dataset.notes, *audit.findings(dataset), *odd_span_tags(dataset)))
