"""Datasets from `--data` arguments: a registered name, a file, or a folder with train, dev and test.

No format is known here: files are read by the reader whose suffix they have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from seqbench.contracts.hyperparameters import REQUIRED, fields_of
from seqbench.data import audit
from seqbench.data.corpus import Corpus
from seqbench.data.cross_validation import OPTIONS, draw
from seqbench.data.dataset import Dataset
from seqbench.data.joining import joined
from seqbench.data.packed_files import plain_name
from seqbench.data.splits import split_files, with_all_splits
from seqbench.errors import DataError, UsageError, unknown
from seqbench.registry.data_argument import Source, exists, parsed, path_of
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry
from seqbench.registry.odd_span_tags import odd_span_tags
from seqbench.registry.reading import read, reader_of, value_of

_SPLITS = ("train", "dev")
_NO_TRAIN = "there is no training set, so that no word counts as known (--train FILE)"


def load(text: str, registry: Registry) -> Dataset:
    """Dataset that a `--data` argument names. An existing path wins over a name only if it contains a slash."""
    return load_splits(text, registry, [{}])[0]


def load_splits(data: str | Dataset, registry: Registry, variants: Sequence[Mapping[str, str]]) -> list[Dataset]:
    """Datasets drawn from one, or from the one that a `--data` argument names: one for each set of options.

    The options are those of `seqbench.data.cross_validation`. `NAME=PATH` gives the dataset of a path another name.
    """
    if isinstance(data, Dataset):
        return _drawn(data, {}, variants)
    name, text = _renamed(data, registry)
    source = parsed(text)
    own = {option: value for option, value in source.options.items() if option in OPTIONS}
    rest = {option: value for option, value in source.options.items() if option not in own}
    whole = _whole(Source(source.name, rest), registry)
    return _drawn(replace(whole, name=name) if name else whole, own, variants)


def _drawn(whole: Dataset, own: Mapping[str, str], variants: Sequence[Mapping[str, str]]) -> list[Dataset]:
    draws = [{**own, **variant} for variant in variants]
    return [audited(draw(whole, options) if options else whole) for options in draws]


def _renamed(text: str, registry: Registry) -> tuple[str, str]:
    """Name that a text gives, if it gives one, and the rest of the text; an existing path stays one."""
    name, equals, rest = text.partition("=")
    if not equals or not name or not rest or "?" in name or "/" in name or text in registry.datasets:
        return "", text
    return ("", text) if exists(path_of(text.partition("?")[0])) else (name, rest)


def _whole(source: Source, registry: Registry) -> Dataset:
    path = path_of(source.name)
    if source.name in registry.datasets and not ("/" in source.name and exists(path)):
        return _registered(source, registry.datasets[source.name])
    if not exists(path):
        near = unknown("dataset or path", source.name, registry.datasets)
        raise UsageError(f"{near} A path is a file, or a folder with train, dev and test files.")
    return _from_path(path, source, registry)


def is_file(text: str) -> bool:
    """Whether a text like that of `--data` names one file."""
    return path_of(parsed(text).name).is_file()


def gold_alone(text: str, registry: Registry) -> Dataset:
    """Dataset whose test set is one whole file, and whose training set is empty."""
    path, read = load_file(text, registry)
    nothing = Corpus.encode([], [])
    source = text.replace(parsed(text).name, str(path.resolve()), 1)
    dataset = Dataset.of(_name(path), train=nothing, test=read(path), notes=(_NO_TRAIN,), source=source)
    return replace(dataset, notes=(*dataset.notes, *dataset.test.notes, *odd_span_tags(dataset)))


def load_file(text: str, registry: Registry) -> tuple[Path, Callable[[Path], Corpus]]:
    """File that a text like that of `--data` names, and a function that reads it whole. Raises `DataError` if none."""
    source = parsed(text)
    path = path_of(source.name)
    if not exists(path) or path.is_dir():
        raise DataError(f"{source.name!r} is no file; name one file, with its columns where need be: 'FILE?tags=3'")
    reader_of(path, source, registry)
    return path, lambda file: read(file, source, registry)


def _registered(source: Source, entry: Entry) -> Dataset:
    make = entry.load()
    known = fields_of(make)
    for option in source.options:
        if option not in known:
            raise unknown(f"option of dataset {entry.name}", option, known, listed="Options")
    for option, field in known.items():
        if field.default is REQUIRED and option not in source.options:
            raise UsageError(f"dataset {entry.name!r} needs an option: {entry.name}?{option}=...")
    owner = f"dataset {entry.name!r}"
    dataset = make(**{option: value_of(known[option], value, owner) for option, value in source.options.items()})
    if not isinstance(dataset, Dataset):
        raise DataError(f"dataset {entry.name!r} of plugin {entry.plugin} gave no seqbench.Dataset")
    query = f"?{urlencode(source.options)}" if source.options else ""
    return replace(dataset, source=dataset.source or f"{source.name}{query}")


def _from_path(path: Path, source: Source, registry: Registry) -> Dataset:
    files, notes = _files(path, source, registry)
    splits = {name: joined([read(file, source, registry) for file in listed]) for name, listed in files.items()}
    _check_layers(path, splits)
    notes += [f"{name}: {note}" for name, corpus in splits.items() for note in corpus.notes]
    if "train" not in source.options:
        splits, cut = with_all_splits(path, splits)
        notes += cut
    options = {**source.options, **{name: str(files[name][0].resolve()) for name in _SPLITS if name in source.options}}
    query = f"?{urlencode(options)}" if options else ""
    return Dataset.of(
        _name(path),
        train=splits["train"],
        test=splits["test"],
        dev=splits.get("dev"),
        notes=tuple(notes),
        source=f"{path.resolve()}{query}",
    )


def _name(path: Path) -> str:
    return path.resolve().name if path.is_dir() else re.sub(r"(\.\w+)?$", "", plain_name(path.name))


def _files(path: Path, source: Source, registry: Registry) -> tuple[dict[str, list[Path]], list[str]]:
    """Files of each split: of a folder, of one file to be cut, or of a test file whose options name others; notes."""
    reader = source.options.get("reader")
    if reader is not None and reader not in registry.readers:
        raise unknown("reader", reader, registry.readers)
    named = {name: path_of(source.options[name]) for name in _SPLITS if name in source.options}
    if not named:
        entries = [registry.readers[reader]] if reader else list(registry.readers.values())
        fitting = [suffix for entry in entries for suffix in entry.suffixes]
        if not path.is_dir():
            return {"train": [path]}, []
        found = split_files(path, fitting, strict=reader is None)
        return {name: list(files) for name, files in found.files.items()}, list(found.notes)
    if "train" not in named or path.is_dir():
        raise UsageError(
            f"the options train and dev go with a test file: 'TEST?train=FILE&dev=FILE', was: {str(path)!r}"
        )
    for file in named.values():
        if not file.is_file():
            raise UsageError(f"no file {str(file)!r}, which an option of {str(path)!r} names")
    return {**{name: [file] for name, file in named.items()}, "test": [path]}, []


def _check_layers(path: Path, splits: Mapping[str, Corpus]) -> None:
    layers = set(splits["train"].sentences.layers)
    for split, corpus in splits.items():
        if set(corpus.sentences.layers) != layers:
            raise DataError(f"{path}: {split} has other feature columns than train ({', '.join(sorted(layers))})")


def audited(dataset: Dataset) -> Dataset:
    """Dataset with a note for everything that its users must know."""
    return replace(dataset, notes=(*dataset.notes, *audit.findings(dataset), *odd_span_tags(dataset)))
