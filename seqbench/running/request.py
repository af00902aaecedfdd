"""From names to a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from seqbench.data.dataset import Dataset
from seqbench.errors import SeqbenchError, UsageError
from seqbench.registry.discovery import Registry


def refuse_twice(labels: Sequence[str]) -> None:
    """`UsageError` where a label is used twice."""
    for label in labels:
        if labels.count(label) > 1:
            message = f"the label {label!r} is used twice; give one of them another: NEW=NAME(...)"
            raise UsageError(message)


def load_datasets(
    data: Sequence[str],
    registry: Registry,
    note: Callable[[str], None],
    splits: Sequence[Mapping[str, str]] = ({},),
) -> list[Dataset]:
    """The datasets asked for, else the default ones, in each of these splits."""
    from seqbench.registry.datasets import load_splits

    texts = data or tuple(entry.name for entry in registry.datasets.values() if entry.default)
    datasets = [dataset for text in texts for dataset in load_splits(text, registry, splits)]
    if not datasets:
        message = "no dataset is registered as default; name one with --data"
        raise SeqbenchError(message)
    for dataset in datasets:
        for told in dataset.notes:
            note(f"warning: {dataset.name}: {told}")
    fingerprints = [dataset.fingerprint for dataset in datasets]
    if len(set(fingerprints)) < len(fingerprints):
        message = "two of the --data arguments hold the same data; leave one out"
        raise UsageError(message)
    names = [dataset.name for dataset in datasets]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two of the --data arguments are called {name!r} and hold different data; run them apart")
    return datasets
