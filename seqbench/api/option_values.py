"""Values of options in Python, held to what the command line takes, so that none is ignored or waits for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from seqbench.contracts.quantities import seeds_of
from seqbench.errors import UsageError, unknown
from seqbench.running.request import RunRequest
from seqbench.running.trained_model import Kept
from seqbench.spans import POLICIES


def listed_seeds(seeds: int | str | Sequence[int]) -> int | tuple[int, ...]:
    """A number of seeds, or the seeds themselves; a text is read as that of `--seeds`.

    Raises `UsageError` if there is none, or one is no seed or comes twice.
    """
    text = (
        seeds if isinstance(seeds, str) else str(seeds) if isinstance(seeds, int) else f"{','.join(map(str, seeds))},"
    )
    return seeds_of(text)


def checked(request: RunRequest) -> RunRequest:
    """The request. Raises `UsageError` for a value that the command line would refuse."""
    counts = {"threads": request.threads, "epochs": request.epochs, "jobs": request.ways.jobs}
    for name, count in counts.items():
        if count is not None:
            refuse_count(name, count)
    for name, seconds in {"budget": request.budget, "timeout": request.ways.timeout}.items():
        if seconds is not None and not seconds > 0:
            raise UsageError(f"{name} must be more than 0 seconds, was: {seconds!r}")
    refuse_other("policy", request.spans.policy, POLICIES)
    if request.keep is not None:
        refuse_other("keep", request.keep.which, get_args(Kept))
    return request


def refuse_count(name: str, count: object, least: int = 1) -> None:
    """Raises `UsageError` if an option is no whole number, or less than the least one."""
    if not isinstance(count, int) or isinstance(count, bool) or count < least:
        raise UsageError(f"{name} must be a whole number from {least} on, was: {count!r}")


def refuse_no_number(name: str, value: object) -> None:
    """Raises `UsageError` if an option is no number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise UsageError(f"{name} must be a number, was: {value!r}")


def refuse_other(name: str, choice: str, choices: Sequence[str]) -> None:
    """Raises `UsageError` for a choice that an option does not have, with the nearest one."""
    if choice not in choices:
        raise unknown(f"choice of {name}", str(choice), choices, listed="Choices")
