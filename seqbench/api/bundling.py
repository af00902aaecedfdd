"""A run as one file for others, from Python: `seqbench.bundle("runs/first", out="first.zip")`, and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqbench.api.session import installed
from seqbench.reporting.opened_run import OpenedRun, open_run
from seqbench.results.bundling import Bundle, pack
from seqbench.results.store import Store
from seqbench.results.unbundling import unpack


def bundle(
    run: str | Path,
    *,
    out: str | Path,
    words: bool = False,
    data_dir: str | Path | None = None,
    plugins: Sequence[str | Path] = (),
) -> Bundle:
    """Pack a run into the file `out`, as `seqbench bundle RUN` does: how many `files` it has, `notes` on its words.

    `words` packs words whose licence is not known too. Raises `StoreError` if the run cannot be read, or the file is
    there already.
    """
    registry = installed(data_dir, plugins)
    return pack(Store.open(Path(run)), Path(out), registry, all_words=words)


def unbundle(file: str | Path, *, out: str | Path) -> OpenedRun:
    """The run of a bundle, in the new folder `out`, opened; as `seqbench bundle FILE.zip` does.

    Nothing in the file is executed. Raises `StoreError` if it is no bundle, or holds what no bundle holds.
    """
    unpack(Path(file), Path(out))
    return open_run(out)
