"""Metrics that plugins register: called with an outcome, and recounted where they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seqbench.contracts.metric import Countable, Outcome
from seqbench.contracts.plain_number import plain_number
from seqbench.errors import PluginError, UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry
from seqbench.registry.standard_output import spared
from seqbench.scoring.core_scores import BY_NAME

_SHOWN = 60  # letters of a wrong value in a message


def registered_scores(registry: Registry, outcome: Outcome) -> dict[str, float | None]:
    """Values of each registered metric, by name; None for one that raises, or gives no finite number.

    The plugin of such a metric is lost, which warns and names it.
    """
    return {name: _score(registry, entry, outcome) for name, entry in sorted(registry.metrics.items())}


def _score(registry: Registry, entry: Entry, outcome: Outcome) -> float | None:
    """Value of one metric; if it raises, its plugin is lost, and no trial."""
    try:
        with spared():
            return _checked(entry, entry.load()(outcome))
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's code may raise anything
        registry.lose(entry.plugin, error)
        return None


def _checked(entry: Entry, value: object) -> float | None:
    """Value of a metric as Python's own number. Raises `PluginError` if it is neither a finite number nor None."""
    number = plain_number(value)
    if value is not None and number is None:
        raise PluginError(f"metric {entry.name!r} gave {_shown(value)}, expected a finite number or None")
    return number


def _shown(value: object) -> str:
    """Value of a metric as text; of anything but a text and a float the type."""
    return repr(value)[:_SHOWN] if isinstance(value, str | float) else f"something of type {type(value).__name__!r}"


def countables(registry: Registry, names: Sequence[str], metrics: Sequence[str] = ()) -> Mapping[str, Countable]:
    """The core's scores, and those registered metrics of these names that can be recounted.

    Raises `UsageError` if one of `wanted` is not there, or is no more than a number for a whole test set.
    """
    core = {name: score.counted for name, score in BY_NAME.items()}
    loaded = {name: _countable(registry, name) for name in names if name not in core}
    further = {name: metric for name, metric in loaded.items() if metric is not None}
    for name in metrics:
        if name not in core and name not in registry.metrics:
            raise unknown("metric", name, [*core, *registry.metrics])
        if name not in core and name not in further:
            raise UsageError(f"metric {name!r} cannot be recounted from sentences: it has no counts() and score()")
    return {**core, **further}


def _countable(registry: Registry, name: str) -> Countable | None:
    """The metric of this name if it is there and can be recounted; a plugin whose metric fails is lost."""
    if (entry := registry.metrics.get(name)) is None:
        return None
    try:
        metric = entry.load()
    except Exception as error:  # noqa: BLE001 -- a stranger's code may raise anything
        registry.lose(entry.plugin, error)
        return None
    return metric if isinstance(metric, Countable) else None
