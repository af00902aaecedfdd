"""The check of what an executor hands back: plain numbers and texts, one known tag for each token of test.

A result holds what a stranger's code said, perhaps from another process: nothing in it is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from seqbench.contracts.plain_number import plain_number
from seqbench.contracts.plain_text import plain_text
from seqbench.contracts.trial import Failure, TrialResult
from seqbench.data.corpus import Ids
from seqbench.errors import PredictionError, shortened
from seqbench.running.confidence import Certainty
from seqbench.scoring.reference import Reference

MOST_TEXTS = 100
"""Most notes of a trial, and most names of texts that its model learned from."""
_SHOWN = 60  # letters of a wrong value in a message
_TRACEBACK = 100_000  # letters of it that are kept


def checked_result(result: TrialResult, reference: Reference) -> TrialResult:
    """The result with all its parts checked. Raises `PredictionError` for what a result may not hold."""
    if result.failure is not None:
        return TrialResult(failure=checked_failure(result.failure))
    if result.predicted is None:
        raise PredictionError("it gave no predictions")
    return replace(
        result,
        timings={
            plain_text(name): checked_cost(name, value) for name, value in _mapping("timings", result.timings).items()
        },
        curve=tuple(checked_report(step) for step in _sequence("curve", result.curve)),
        notes=bounded("notes", _sequence("notes", result.notes)),
        trained_on=bounded("names", _sequence("trained_on", result.trained_on)),
        predicted=_predicted(result.predicted, reference),
        certainty=_certainty(result.certainty, len(reference.gold)),
    )


def checked_failure(failure: Failure) -> Failure:
    """The failure with texts that can be written. Raises `PredictionError` if a part of it is none."""
    parts = (failure.plugin, failure.error, failure.traceback)
    if not all(isinstance(part, str) for part in parts) or not isinstance(failure.version, str | None):
        raise PredictionError("it failed, with a reason that is no text")
    version = None if failure.version is None else plain_text(failure.version)
    error, traceback = shortened(plain_text(failure.error)), shortened(plain_text(failure.traceback), _TRACEBACK)
    return Failure(plain_text(failure.plugin), version, error, traceback)


def bounded(what: str, texts: Iterable[object]) -> tuple[str, ...]:
    """The texts, long ones cut; of more than `MOST_TEXTS` the first ones, and a last one says that more are left out.

    A text by itself is one. No more is taken than that, for there may be no end.
    """
    first = list(islice([texts] if isinstance(texts, str) else texts, MOST_TEXTS + 1))
    whole = tuple(shortened(plain_text(text)) for text in first)
    if len(whole) <= MOST_TEXTS:
        return whole
    return (*whole[: MOST_TEXTS - 1], f"more {what} are left out: at most {MOST_TEXTS} are kept of a trial")


def checked_report(report: object) -> Mapping[str, float]:
    """Report of a tagger, numbers by name. Raises `PredictionError` if it is anything else."""
    numbers = {plain_text(name): plain_number(value) for name, value in _mapping("a report", report).items()}
    wrong = [name for name, number in numbers.items() if number is None]
    if wrong:
        raise PredictionError(f"it reported {wrong[0]!r} that is no finite number")
    return {name: number for name, number in numbers.items() if number is not None}


def checked_cost(name: object, value: object) -> float | None:
    """A time, a number of parameters or of bytes, or None. Raises `PredictionError` for anything else."""
    if value is None:
        return None
    number = plain_number(value)
    if number is None or number < 0 or isinstance(value, bool):
        raise PredictionError(f"{name} must be a number of at least 0 or None, was: {_shown(value)}")
    return number


def _predicted(ids: object, reference: Reference) -> Ids:
    if not isinstance(ids, np.ndarray) or ids.dtype.kind not in "iu" or ids.shape != reference.gold.shape:
        raise PredictionError(f"its predictions must be {len(reference.gold)} tag ids, was: {_shown(ids)}")
    if len(ids) and not 0 <= int(ids.min()) <= int(ids.max()) < reference.learned:
        raise PredictionError(f"its predictions must be tag ids from 0 to {reference.learned - 1}")
    return ids.astype(np.int32)


def _certainty(values: object, tokens: int) -> Certainty | None:
    if values is None:
        return None
    if not isinstance(values, np.ndarray) or values.dtype.kind != "f" or values.shape != (3, tokens):
        raise PredictionError(f"its certainty must be 3 numbers for each of {tokens} tokens, was: {_shown(values)}")
    if not ((values >= 0) & (values <= 1)).all():  # not a number is neither
        raise PredictionError("its certainty must be numbers from 0 to 1")
    return values.astype(np.float32)


def _mapping(name: str, value: object) -> Mapping[object, object]:
    if not isinstance(value, Mapping):
        raise PredictionError(f"{name} must be values by name, was: {_shown(value)}")
    return value


def _sequence(name: str, value: object) -> Sequence[object]:
    if not isinstance(value, tuple | list):
        raise PredictionError(f"{name} must be a list, was: {_shown(value)}")
    return value


def _shown(value: object) -> str:
    """A wrong value as a message shows it, or its type where it cannot be shown."""
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} with shape {value.shape}"
    if isinstance(value, str | int | float | None):
        return plain_text(repr(value)[:_SHOWN])
    return type(value).__name__
