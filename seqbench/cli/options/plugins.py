"""Options that say which plugins and folders of corpora there are, and the registry that they lead to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from seqbench.cli.download_bars import download_bars
from seqbench.cli.options.notes import warn
from seqbench.contracts.datasets import DataAccess, is_offline
from seqbench.registry.discovery import Registry


def with_those_of_the_environment(
    context: click.Context, _parameter: click.Parameter, files: tuple[Path, ...]
) -> tuple[Path, ...]:
    """The files asked for after those that SEQBENCH_PLUGINS lists (as PATH lists folders), each once."""
    listed = [Path(file) for file in os.environ.get("SEQBENCH_PLUGINS", "").split(os.pathsep) if file]
    every = tuple({file.resolve(): file for file in [*listed, *files]}.values())
    context.meta["seqbench.plugins"] = every
    return every


plugin = click.option(
    "--plugin",
    "plugins",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE.py",
    is_eager=True,
    callback=with_those_of_the_environment,
    help="Load a plugin file; repeatable. SEQBENCH_PLUGINS lists files that are always loaded.",
)
without = click.option(
    "--without",
    multiple=True,
    metavar="PLUGIN",
    help="Leave an installed plugin out of this call, by its name in `seqbench plugins`; repeatable.",
)


def _remember(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    """Keep a value for `registry_of`, so that a command need not hand it on."""
    context.meta[f"seqbench.{option.name}"] = value
    return value


def _folder_of_corpora(*, exposed: bool) -> Callable[[Callable[..., object]], Callable[..., object]]:
    return click.option(
        "--data-dir",
        "data_dir",
        callback=_remember,
        expose_value=exposed,
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DIR",
        help="Look for named corpora in this folder first, as DIR/NAME/train.*; else in SEQBENCH_DATA.",
    )


data_dir = _folder_of_corpora(exposed=True)
words_dir = _folder_of_corpora(exposed=False)
"""`--data-dir` of commands that only read words again, and have no plan to keep it in."""


def registry_of(plugins: tuple[Path, ...], without: Sequence[str] = ()) -> Registry:
    """The registry of installed plugins and these files; what is lost is said on standard error."""
    registry = Registry.discover(plugins, lambda loss: warn(str(loss)), without=without)
    registry.access = _access()
    return registry


def _access() -> DataAccess:
    """Where the files of datasets are, by --data-dir of this call and by the environment."""
    context = click.get_current_context(silent=True)
    named = context.meta.get("seqbench.data_dir") if context else None
    local, cache = (os.environ.get(name) for name in ("SEQBENCH_DATA", "SEQBENCH_CACHE"))
    if local and not named and not Path(local).expanduser().is_dir():
        warn(f"SEQBENCH_DATA names no folder: {local!r}; corpora are fetched")
    return DataAccess(
        local=named or (Path(local).expanduser() if local else None),
        cache=Path(cache).expanduser() if cache else None,
        offline=is_offline(),
        mirrors=tuple(os.environ.get("SEQBENCH_MIRRORS", "").split()),
        tell=warn,
        progress=download_bars(sys.stderr),
    )
