"""A corpus file in another format, from Python: `seqbench.convert("train.conllu", "train.jsonl")`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqbench.api.session import installed
from seqbench.registry.conversion import Conversion, converted


def convert(
    source: str | Path,
    target: str | Path,
    *,
    scheme: str | None = None,
    data_dir: str | Path | None = None,
    plugins: Sequence[str | Path] = (),
) -> Conversion:
    """Write the words and tags of a file to another one, as `seqbench convert` does; its sizes and what was left out.

    `scheme` is that of the spans that are written. Raises `UsageError` and `DataError` for what would be lost.
    """
    registry = installed(data_dir, plugins)
    return converted(str(source), str(target), registry, scheme)
