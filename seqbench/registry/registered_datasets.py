"""Registered datasets, made by the functions of plugins with the options of a `--data` argument."""

from __future__ import annotations

import inspect
from ast import literal_eval
from collections.abc import Callable
from contextlib import suppress

from seqbench.contracts.datasets import DataAccess
from seqbench.contracts.field_types import conform
from seqbench.contracts.hyperparameters import REQUIRED, Field, fields_of
from seqbench.data.dataset import Dataset
from seqbench.data.splits import Splits
from seqbench.errors import DataError, UsageError, unknown
from seqbench.registry.data_argument import Source
from seqbench.registry.entries import Entry


def made(source: Source, entry: Entry, access: DataAccess) -> Dataset | Splits:
    """What the function of a registered dataset gives. Raises `UsageError` for an option that it does not have."""
    make = entry.load()
    known = fields_of(make)
    for option in source.options:
        if option not in known:
            raise unknown(f"option of dataset {entry.name}", option, known, listed="Options")
    for option, field in known.items():
        if field.default is REQUIRED and option not in source.options:
            raise UsageError(f"dataset {entry.name!r} needs an option: {entry.name}?{option}=...")
    options = {option: _value(entry, known[option], value) for option, value in source.options.items()}
    dataset = make(access, **options) if takes_access(make) else make(**options)
    if not isinstance(dataset, Dataset | Splits):
        raise DataError(f"dataset {entry.name!r} of plugin {entry.plugin} gave no seqbench.Dataset")
    return dataset


def takes_access(make: Callable[..., object]) -> bool:
    """Whether a function has a positional-only parameter, in which it is handed a `DataAccess`."""
    parameters = inspect.signature(make).parameters.values()
    return any(parameter.kind is inspect.Parameter.POSITIONAL_ONLY for parameter in parameters)


def _value(entry: Entry, field: Field, text: str) -> object:
    """Value of an option as the type that the dataset's function takes; a text stays as it stands."""
    with suppress(TypeError):
        return conform(text, field.type)
    with suppress(TypeError, ValueError, SyntaxError):
        return conform(literal_eval(text), field.type)
    raise UsageError(f"option {field.name!r} of dataset {entry.name!r} must be {field.type_name}, was: {text!r}")
