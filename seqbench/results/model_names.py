"""Identity of a model of one or several runs, and the names that models are shown under.

A model is a value, `ModelKey`. Its display name is made last and is always distinct: the label, and where several
models have that label, as much of the run's path before it as tells them apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath

from seqbench.errors import UsageError, unknown


@dataclass(frozen=True, order=True)
class ModelKey:
    """A model by the run that it is of (the absolute path of its folder) and its label there."""

    run: str
    label: str


def distinct_names(keys: Iterable[ModelKey]) -> dict[ModelKey, str]:
    """A name for each model, no two alike."""
    distinct = list(dict.fromkeys(keys))
    depth = dict.fromkeys(distinct, 0)
    while True:
        names = {key: _name(key, depth[key]) for key in distinct}
        shared = Counter(names.values())
        longer = [key for key in distinct if shared[names[key]] > 1 and depth[key] < len(PurePath(key.run).parts)]
        if not longer:
            return _numbered(names)
        for key in longer:
            depth[key] += 1


def _numbered(names: Mapping[ModelKey, str]) -> dict[ModelKey, str]:
    """Names no two alike: of names that are alike to the whole path (labels may hold slashes) the later get numbers."""
    taken: set[str] = set()
    distinct: dict[ModelKey, str] = {}
    for key, name in names.items():
        numbers = (name if number == 1 else f"{name} ({number})" for number in count(1))
        distinct[key] = next(numbered for numbered in numbers if numbered not in taken)
        taken.add(distinct[key])
    return distinct


def _name(key: ModelKey, depth: int) -> str:
    """The label behind so many of the last parts of the run's path."""
    parts = PurePath(key.run).parts[-depth:] if depth else ()
    return "/".join([*parts, key.label])


def key_named(text: str, names: Mapping[ModelKey, str], kind: str = "model of this run") -> ModelKey:
    """The model that a user means by its display name, or by a label that only one model has.

    Raises `UsageError` if there is none, or if several models have the label.
    """
    by_name = {name: key for key, name in names.items()}
    if text in by_name:
        return by_name[text]
    alike = [key for key in names if key.label == text]
    if not alike:
        raise unknown(kind, text, by_name, listed="Labels")
    if len(alike) > 1:
        listed = ", ".join(names[key] for key in alike)
        raise UsageError(f"{len(alike)} models are labelled {text!r}; name one of them: {listed}")
    return alike[0]


def pooled_keys(models: Sequence[tuple[ModelKey, str, str]]) -> dict[ModelKey, ModelKey]:
    """The models of several runs that are one: those of one label and spec that no dataset has twice.

    `models`: key, dataset fingerprint and spec of each. The answer maps each key to that of the first run that has it.
    """
    alike: dict[tuple[str, str], list[tuple[ModelKey, str]]] = defaultdict(list)
    for key, fingerprint, spec in models:
        alike[key.label, spec].append((key, fingerprint))
    pooled: dict[ModelKey, ModelKey] = {}
    for same in alike.values():
        prints = [fingerprint for _, fingerprint in same]
        once = len(set(prints)) == len(prints)
        for key, _ in same:
            pooled[key] = same[0][0] if once else key
    return pooled
