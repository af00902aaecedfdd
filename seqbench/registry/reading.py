"""Corpus files read by the reader whose suffix they have, or that an option names, with the reader's own options."""

from __future__ import annotations

import inspect
from ast import literal_eval
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args, get_origin

from seqbench.contracts.field_types import conform
from seqbench.contracts.hyperparameters import Field, fields_of
from seqbench.data.corpus import Corpus
from seqbench.data.foreign_contents import LOOKED_AT, SHEETS, foreign
from seqbench.data.packed_files import members
from seqbench.data.regular_files import opened
from seqbench.data.splits import suffix_of
from seqbench.errors import DataError, UsageError, unknown
from seqbench.registry.corpus_cache import CachedCorpus
from seqbench.registry.data_argument import Source
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry
from seqbench.registry.standard_output import spared

GENERAL = ("tags", "features", "reader", "train", "dev", "ignore")
"""Options of every path."""
ARRAYS_FOLDER = "arrays_folder"
"""Parameter of a reader that is no option: a folder for its arrays, of a file that is too large for memory."""


def reader_of(file: Path, source: Source, registry: Registry) -> Entry:
    """The reader of a file. Raises `UsageError` if none is known, or there is none of the name that is asked for."""
    name = source.options.get("reader")
    if name is not None:
        if name not in registry.readers:
            raise unknown("reader", name, registry.readers)
        return registry.readers[name]
    suffix = suffix_of(file) or suffix_of(Path(source.options.get("member", "")))
    fitting = next((entry for entry in registry.readers.values() if suffix in entry.suffixes), None)
    if fitting is None:
        known = ", ".join(suffix for entry in registry.readers.values() for suffix in entry.suffixes)
        if not suffix and (inside := members(file)):
            way = "unpack it and name the folder, or name one file with ?member=NAME"
            raise UsageError(f"{str(file)!r} holds {', '.join(inside[:8])}; {way}")
        if suffix in SHEETS:
            raise UsageError(f"{str(file)!r} is a spreadsheet, which is not read; save it as CSV (in UTF-8)")
        if file.suffix.casefold() == ".zip" and file.is_file():
            raise UsageError(f"{str(file)!r} is no whole zip file, or holds nothing; download or pack it again")
        raise UsageError(f"no reader is known for {str(file)!r} (known: {known}); name one with ?reader=NAME")
    return fitting


def read(file: Path, source: Source, registry: Registry) -> Corpus:
    """The corpus of a file. Raises `DataError` if it holds no sentence, `UsageError` for an option of nobody."""
    entry = reader_of(file, source, registry)
    _refuse_irregular(file)
    features = tuple(part for part in source.options.get("features", "").split(",") if part)
    options = {"tags": source.options.get("tags"), "features": features, **_own(entry, source)}
    kept = CachedCorpus.of(file, entry, options, registry.access)
    if kept is None:
        return _read(file, entry, options, None)
    return kept.corpus(lambda folder: _read(file, entry, options, folder), registry.access.tell)


def _read(file: Path, entry: Entry, options: Mapping[str, object], folder: Path | None) -> Corpus:
    """Corpus as a reader reads it, which may put its arrays into the folder. Raises `DataError` if it is empty."""
    make = entry.load()
    streams = folder is not None and ARRAYS_FOLDER in inspect.signature(make).parameters
    with spared():
        corpus = make(file, **options, **({ARRAYS_FOLDER: folder} if streams else {}))
    if not isinstance(corpus, Corpus) or not corpus.tokens:
        raise DataError(f"{file}: holds no sentence")
    return corpus


def _refuse_irregular(file: Path) -> None:
    """Raises `DataError` for what is no regular file, or surely no corpus, whatever reader it is for."""
    try:
        with opened(file) as stream:
            other = foreign(stream.read(LOOKED_AT))
    except FileNotFoundError:  # the reader says it
        return
    except OSError as error:
        raise DataError(f"{file}: cannot be read: {error.strerror or error}") from error
    if other:
        raise DataError(f"{file}: {other}")


def options_of(entry: Entry) -> dict[str, Field]:
    """The options that a reader has beyond those of every path: its keyword-only parameters, `_` written as `-`."""
    make = entry.load()
    keyword = inspect.Parameter.KEYWORD_ONLY
    own = {p.name for p in inspect.signature(make).parameters.values() if p.kind is keyword} - {
        "tags",
        "features",
        ARRAYS_FOLDER,
    }
    fields = fields_of(make)
    return {name.replace("_", "-"): fields[name] for name in fields if name in own and not name.startswith("_")}


def _own(entry: Entry, source: Source) -> dict[str, object]:
    """Values of a reader's own options, by the names of its parameters."""
    own = {option: value for option, value in source.options.items() if option not in GENERAL}
    if not own:
        return {}
    known = options_of(entry)
    for option in own:
        if option not in known:
            raise unknown(
                f"option of a path that is read as {entry.name}", option, [*GENERAL, *known], listed="Options"
            )
    return {known[o].name: value_of(known[o], text, f"reader {entry.name!r}") for o, text in own.items()}


def value_of(field: Field, text: str, owner: str) -> object:
    """Value of an option as the type that its function takes; a text stays as it stands."""
    with suppress(TypeError):
        return conform(text, field.type)
    with suppress(TypeError, ValueError, SyntaxError, RecursionError, MemoryError):
        return conform(literal_eval(text), field.type)
    option, choices = field.name.replace("_", "-"), get_args(field.type) if get_origin(field.type) is Literal else ()
    expected = " or ".join(map(str, choices)) or field.type_name
    raise UsageError(f"option {option!r} of {owner} must be {expected}, was: {text!r}")
