"""Facts that a plugin states about a dataset without loading it, and the files that its function may look for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Difficulty:
    """Option of a probe by which it gets harder: a parameter of its function with a `seqbench.Range`.

    `seqbench probe` asks how far each model gets. `measures` is what the option counts, such as "distance"; a probe
    marked `default` is asked if none is named.
    """

    option: str
    measures: str
    default: bool = False


@dataclass(frozen=True, kw_only=True)
class About:
    """Facts about a dataset that are read without loading data.

    `task` is a word such as "ner" or "pos"; `language` a BCP 47 tag, several of them parted by a blank; `licence` an
    SPDX identifier and `obligations` what it asks of users; `citation` is one line. `sizes` are sentences and tokens by
    split, as far as they are known. `difficulty` makes the dataset a probe.
    """

    task: str = ""
    language: str = ""
    licence: str = ""
    obligations: str = ""
    citation: str = ""
    sizes: Mapping[str, Sequence[int]] = field(default_factory=lambda: MappingProxyType({}))
    difficulty: Difficulty | None = None


def _nobody(_sentence: str) -> None:
    """Ignore a sentence."""


def _no_progress(_file: str, _received: int, _total: int | None) -> None:
    """Ignore progress."""


def is_offline() -> bool:
    """Whether the user forbids connections, by `SEQBENCH_OFFLINE`: then a plugin uses what is on this machine alone."""
    return os.environ.get("SEQBENCH_OFFLINE", "") not in ("", "0")


@dataclass(frozen=True, kw_only=True)
class DataAccess:
    """Where the files of a dataset are looked for, and who hears of it.

    `local` is a folder of the user that is looked into first; `cache` keeps what was fetched (None: the cache of the
    user). With `offline` nothing is fetched. `mirrors` are addresses that are asked instead of the usual ones, with
    `{repo}`, `{commit}` and `{path}` where these parts stand. `tell` hears sentences for users, `progress` a file, its
    bytes so far and all of its bytes.
    """

    local: Path | None = None
    cache: Path | None = None
    offline: bool = False
    mirrors: tuple[str, ...] = ()
    tell: Callable[[str], None] = _nobody
    progress: Callable[[str, int, int | None], None] = _no_progress
