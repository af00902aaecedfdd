"""Models and datasets that are installed, from Python: `seqbench.models()`, `seqbench.datasets(task="ner")`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict, Unpack

from seqbench.api.arguments import refuse_unknown
from seqbench.api.session import installed
from seqbench.contracts.hyperparameters import REQUIRED, Field, fields_of
from seqbench.data.statistics import statistics_of
from seqbench.registry.datasets import loaded_or_gold
from seqbench.reporting.dataset_list import DatasetSearch, dataset_row
from seqbench.results.records import Json

Listed = list[dict[str, Json]]


class DatasetOptions(TypedDict, total=False):
    """Options of `seqbench datasets`, each at its default there if it is left out."""

    task: str | None
    language: str | None
    licence: str | None
    search: str | None
    data_dir: str | Path | None
    plugins: Sequence[str | Path]
    without: Sequence[str]


def models(*names: str, plugins: Sequence[str | Path] = (), without: Sequence[str] = ()) -> Listed:
    """The models, as `seqbench models` lists them; of models that are named, their hyperparameters.

    The default of a hyperparameter is its value, None also where a spec must set it (`needed`).
    """
    registry = installed(None, plugins, without)
    if names:
        return [_field(name, field) for name in names for field in fields_of(registry.tagger(name).load()).values()]
    return [
        {"model": name, "summary": entry.summary_with_needs, "default": entry.default, "plugin": entry.plugin.name}
        for name, entry in sorted(registry.taggers.items())
    ]


def datasets(name: str | Path | None = None, **options: Unpack[DatasetOptions]) -> Listed:
    """The datasets, as `seqbench datasets` lists them; of one, a name or a path, the statistics of each split.

    Shares are fractions of 1; `task`, `language`, `licence` and `search` leave out other datasets of the list.
    """
    refuse_unknown("datasets", options, DatasetOptions.__annotations__)
    registry = installed(options.get("data_dir"), options.get("plugins", ()), options.get("without", ()))
    if name is not None:
        return [
            {"split": split, **asdict(statistics)}
            for split, statistics in statistics_of(loaded_or_gold(str(name), registry)).items()
        ]
    search = DatasetSearch(
        task=options.get("task"),
        language=options.get("language"),
        licence=options.get("licence"),
        search=options.get("search"),
    )
    return [dataset_row(entry) for _, entry in sorted(registry.datasets.items()) if search.fits(entry)]


def _field(model: str, field: Field) -> dict[str, Json]:
    needed = field.default is REQUIRED
    default: Json = None if needed else field.default
    about: dict[str, Json] = {"type": field.type_name, "default": default, "needed": needed, "meaning": field.doc}
    return {"model": model, "field": field.name, **about}
