"""Names of the datasets of a run: datasets that are called alike are told apart by where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from urllib.parse import parse_qsl, urlencode

from seqbench.data.dataset import Dataset
from seqbench.errors import UsageError


def told_apart(datasets: Sequence[Dataset]) -> list[Dataset]:
    """Datasets of a run, each under a name of its own.

    Datasets of one name get as much of their path before it as tells them apart, and the options behind it that differ.
    Raises `UsageError` if two hold the same data, or if nothing tells two of one name apart.
    """
    _refuse_same_data(datasets)
    alike: dict[str, list[Dataset]] = defaultdict(list)
    for dataset in datasets:
        alike[dataset.name].append(dataset)
    names = {id(dataset): name for same in alike.values() for dataset, name in zip(same, _names(same), strict=True)}
    return [d if d.name == names[id(d)] else replace(d, name=names[id(d)]) for d in datasets]


def _refuse_same_data(datasets: Sequence[Dataset]) -> None:
    first: dict[str, Dataset] = {}
    for dataset in datasets:
        other = first.setdefault(dataset.fingerprint, dataset)
        if other is not dataset:
            both = f"{other.source or other.name!r} and {dataset.source or dataset.name!r}"
            raise UsageError(f"two of the datasets hold the same data ({both}); leave one out")


def _names(alike: Sequence[Dataset]) -> list[str]:
    if len(alike) == 1:
        return [alike[0].name]
    paths = [PurePath(dataset.source.partition("?")[0]).parts for dataset in alike]
    options = [dict(parse_qsl(dataset.source.partition("?")[2])) for dataset in alike]
    for depth in range(1, max(map(len, paths), default=0) + 1):
        parts = [path[-depth:] for path in paths]
        queries = [_differing(own, options) for own in options]
        names = [_named(d, part, query) for d, part, query in zip(alike, parts, queries, strict=True)]
        if len(set(names)) == len(names):
            return names
    raise UsageError(
        f"{len(alike)} datasets are called {alike[0].name!r} and hold different data; name them: --data NAME=PATH"
    )


def _named(dataset: Dataset, parts: Sequence[str], options: dict[str, str]) -> str:
    """Name of a dataset behind the last folders of its path, with options."""
    query = f"?{urlencode(options, safe='/,:')}" if options else ""
    return "/".join([*parts[:-1], dataset.name]) + query


def _differing(own: dict[str, str], all_options: Sequence[dict[str, str]]) -> dict[str, str]:
    """Options of one source whose values are not the same in all sources."""
    return {name: value for name, value in own.items() if any(other.get(name) != value for other in all_options)}
