"""Promises as tests of pytest: one test for each promise of each thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seqbench.registry.discovery import Registry
from seqbench.testing.promise import Make, Promise
from seqbench.testing.selection import PROMISES, Subject, subjects


def promised(*things: str | Make, promises: Sequence[Promise] = PROMISES) -> Callable[[Subject, Promise], None]:
    """A test function with one case for each promise of each thing.

    Things are specs of taggers, names of datasets and metrics, plugin files, or factories such as a tagger's class,
    which are held to `promises`. It needs pytest.
    """
    import pytest

    registry = Registry.discover()
    chosen = [subject for thing in things for subject in _of(registry, thing, promises)]
    cases = [(subject, promise) for subject in chosen for promise in subject.promises]
    names = [f"{subject.label}: {promise.name}" for subject, promise in cases]

    @pytest.mark.parametrize(("subject", "promise"), cases, ids=names)
    def kept(subject: Subject, promise: Promise) -> None:
        if (seen := promise.broken_by(subject.make)) is not None:
            pytest.fail(f"{subject.label} {promise.words}: BROKEN: {seen}", pytrace=False)

    return kept


def _of(registry: Registry, thing: str | Make, promises: Sequence[Promise]) -> list[Subject]:
    if isinstance(thing, str):
        return list(subjects(registry, thing))
    return [Subject(getattr(thing, "__name__", "mine"), thing, promises)]
