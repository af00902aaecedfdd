"""Registered datasets, made by the functions of plugins with the options of a `--data` argument."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from seqbench.contracts.datasets import DataAccess
from seqbench.contracts.hyperparameters import REQUIRED, fields_of
from seqbench.data.dataset import Dataset, Splits
from seqbench.errors import DataError, UsageError, unknown
from seqbench.registry.data_argument import Source
from seqbench.registry.entries import Entry
from seqbench.registry.reading import value_of
from seqbench.registry.standard_output import spared


def made(source: Source, entry: Entry, access: DataAccess) -> Dataset | Splits:
    """Result of the function of a registered dataset. Raises `UsageError` for an option that it does not have."""
    make = entry.load()
    known = fields_of(make)
    for option in source.options:
        if option not in known:
            raise unknown(f"option of dataset {entry.name}", option, known, listed="Options")
    for option, field in known.items():
        if field.default is REQUIRED and option not in source.options:
            raise UsageError(f"dataset {entry.name!r} needs an option: {entry.name}?{option}=...")
    owner = f"dataset {entry.name!r}"
    options = {option: value_of(known[option], value, owner) for option, value in source.options.items()}
    with spared():
        dataset = make(access, **options) if takes_access(make) else make(**options)
    if not isinstance(dataset, Dataset | Splits):
        raise DataError(f"dataset {entry.name!r} of plugin {entry.plugin} gave no seqbench.Dataset")
    return dataset


def takes_access(make: Callable[..., object]) -> bool:
    """Whether a function has a positional-only parameter, in which it is handed a `DataAccess`."""
    parameters = inspect.signature(make).parameters.values()
    return any(parameter.kind is inspect.Parameter.POSITIONAL_ONLY for parameter in parameters)
