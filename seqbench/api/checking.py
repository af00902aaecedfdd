"""A run held against its own files from Python: `seqbench.verify("runs/first").wrong`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqbench.api.session import installed
from seqbench.results import verification
from seqbench.results.store import Store


def verify(
    run: str | Path, *, data_dir: str | Path | None = None, plugins: Sequence[str | Path] = ()
) -> verification.Verification:
    """Every score of a run computed again, as `seqbench verify` does: `trials` looked at, what is `wrong`, `unknown`.

    Raises `StoreError` if the folder is no run.
    """
    registry = installed(data_dir, plugins)
    return verification.verify(Store.open(Path(run)), registry)
