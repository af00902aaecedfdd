"""Datasets of sources: a registered name, a file or a folder, perhaps with train and dev of another source.

`TEST?train=OTHER&dev=FILE` tests what was learned from another file, folder or name. A missing split is cut from train,
in whichever way the data are named; `?dev=none` wants no dev.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from seqbench.data.corpus import Corpus
from seqbench.data.dataset import Dataset, Splits
from seqbench.data.splits import suffix_of, with_all_splits
from seqbench.errors import DataError, UsageError, nearest, unknown
from seqbench.registry.data_argument import Source, exists, parsed, path_of
from seqbench.registry.dataset_files import splits_of
from seqbench.registry.discovery import Registry
from seqbench.registry.registered_datasets import made

NO_DEV = "none"
"""Value of the option dev that wants no dev set, and has none cut."""
_OTHERS = ("train", "dev")
_BRACKETED = re.compile(r"([^()]+)\((.*)\)")

_TITLES, _SHORT = 6, 2  # titles listed; letters that stand in many


def dataset_of(source: Source, registry: Registry) -> Dataset:
    """Dataset that a source names, with every split. Raises `UsageError` if there is none of the name."""
    others = {name: source.options[name] for name in _OTHERS if name in source.options}
    own = Source(source.name, {name: value for name, value in source.options.items() if name not in others})
    _check_dev(own, others, registry)
    tested = own_splits(own, registry, "test" if "train" in others else "train")
    if isinstance(tested, Dataset) and not others:
        return replace(tested, source=tested.source or written(own))
    splits = Splits.of(tested) if isinstance(tested, Dataset) else tested
    resolved = {name: _resolved(text, own, registry) for name, text in others.items()}
    return _complete(_taught(splits, resolved, own, registry), _source(own, resolved, registry), resolved)


def own_splits(source: Source, registry: Registry, needed: str = "train") -> Dataset | Splits:
    """Splits that a source has of its own, none of them cut; a file is the split that is needed."""
    if _is_registered(source.name, registry):
        return made(source, registry.datasets[source.name], registry.access)
    path = path_of(source.name)
    if not exists(path):
        raise _no_dataset(source.name, registry)
    return splits_of(path, source, registry, needed)


def _no_dataset(name: str, registry: Registry) -> UsageError:
    """Error for a name that is none, with what was probably meant."""
    bracketed = _BRACKETED.fullmatch(name)
    if bracketed and bracketed[1] in registry.datasets:
        meant = f"{bracketed[1]}?{'&'.join(part.strip() for part in bracketed[2].split(','))}".removesuffix("?")
        return UsageError(f"options of a dataset stand behind a question mark; did you mean {meant!r}?")
    suffix = suffix_of(Path(name))
    if suffix and any(suffix in entry.suffixes for entry in registry.readers.values()):
        return _no_file(name)
    near = unknown("dataset or path", name, registry.datasets, listed="Datasets")
    titled = [entry.name for entry in registry.datasets.values() if name.casefold() in entry.summary.casefold()]
    titles = f" Titles that have {name!r}: {', '.join(titled[:_TITLES])}." if titled and len(name) > _SHORT else ""
    return UsageError(
        f"{near}{titles} A path is a file, or a folder with train, dev and test files (seqbench datasets lists names)."
    )


def _no_file(name: str) -> UsageError:
    """Error for a name with the suffix of data that is no file, with the file beside it that was probably meant."""
    folder = path_of(name).parent
    try:
        near = nearest(Path(name).name, sorted(file.name for file in folder.iterdir() if file.is_file()))
    except OSError:
        return UsageError(f"no dataset or path is named {name!r}: there is no folder {str(folder)!r}.")
    hint = f" Did you mean {near!r}?" if near else ""
    return UsageError(f"no dataset or path is named {name!r}.{hint} The folder is {str(folder.resolve())!r}.")


def written(source: Source) -> str:
    """Source as a text."""
    return f"{source.name}?{urlencode(source.options)}" if source.options else source.name


def _is_registered(name: str, registry: Registry) -> bool:
    """Whether a name is that of a registered dataset; an existing path wins over it only if it contains a slash."""
    return name in registry.datasets and not ("/" in name and exists(path_of(name)))


def _check_dev(source: Source, others: Mapping[str, str], registry: Registry) -> None:
    """Raises `UsageError` if dev is another file and the source is one file that would be cut."""
    whole = _is_registered(source.name, registry) or "train" in others or others.get("dev", NO_DEV) == NO_DEV
    if not whole and exists(path_of(source.name)) and not path_of(source.name).is_dir():
        dev = others["dev"]
        raise UsageError(f"a test file with a dev file needs a training file: '{source.name}?train=FILE&dev={dev}'")


def _resolved(text: str, tested: Source, registry: Registry) -> str:
    """Text of an option train or dev as it is found from any folder: beside the test file, if it is not here."""
    source = parsed(text)
    if text == NO_DEV or _is_registered(source.name, registry):
        return text
    here, beside = path_of(source.name), path_of(tested.name).parent / source.name
    path = here if exists(here) else beside
    if not exists(path):
        near = unknown("dataset", source.name, registry.datasets, listed="Datasets") if "." not in source.name else ""
        raise UsageError(f"no file {source.name!r}, which an option of {tested.name!r} names. {near}".rstrip())
    return written(Source(str(path.resolve()), source.options))


def _taught(splits: Splits, others: Mapping[str, str], tested: Source, registry: Registry) -> Splits:
    """Splits with train, and dev, of other sources."""
    for name, text in others.items():
        if text == NO_DEV:
            splits = replace(splits, dev=None)
            continue
        other = _other(text, name, tested, registry)
        if name == "train":
            splits = replace(splits, train=_split(other, "train", text), dev=other.dev, ceiling=None)
        else:
            splits = replace(splits, dev=_split(other, "dev", text))
        splits = replace(splits, notes=tuple(dict.fromkeys((*splits.notes, *other.notes))))
    return splits


def _other(text: str, name: str, tested: Source, registry: Registry) -> Splits:
    """Splits of another source; files are read with the options of the tested file, unless they have their own."""
    source = parsed(text)
    of_files = not _is_registered(source.name, registry) and not _is_registered(tested.name, registry)
    options = source.options or (tested.options if of_files else {})
    splits = own_splits(Source(source.name, options), registry, name)
    return Splits.of(splits) if isinstance(splits, Dataset) else splits


def _split(splits: Splits, name: str, text: str) -> Corpus:
    corpus = splits.existing().get(name)
    if corpus is None:
        raise DataError(f"{text!r} has no {name} set; name another corpus with ?{name}=NAME")
    return corpus


def _source(own: Source, others: Mapping[str, str], registry: Registry) -> str:
    name = own.name if _is_registered(own.name, registry) else str(path_of(own.name).resolve())
    return written(Source(name, {**own.options, **others}))


def _complete(splits: Splits, source: str, others: Mapping[str, str]) -> Dataset:
    """Dataset of splits, of which the missing ones are cut from train."""
    if splits.train is None:
        way = f"name a corpus to learn from: --train NAME, or '{splits.name}?train=NAME'"
        raise DataError(f"dataset {splits.name!r} has no training set; {way}")
    parts = ("test",) if others.get("dev") == NO_DEV else ("test", "dev")
    corpora, cut = with_all_splits(Path(source.partition("?")[0]), splits.existing(), parts)
    _check_layers(splits.name, corpora)
    return Dataset.of(
        splits.name,
        train=corpora["train"],
        test=corpora["test"],
        dev=corpora.get("dev"),
        ceiling=splits.ceiling,
        ceilings=splits.ceilings,
        notes=(*splits.notes, *cut),
        source=source,
    )


def _check_layers(name: str, splits: Mapping[str, Corpus]) -> None:
    layers = set(splits["train"].sentences.layers)
    for split, corpus in splits.items():
        if set(corpus.sentences.layers) != layers:
            raise DataError(f"{name}: {split} has other feature columns than train ({', '.join(sorted(layers))})")
