"""A promise, and how broken ones are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from seqbench.registry.entries import reason

Make = Callable[[], Any]
"""Called for a new tagger, for a dataset or for a metric."""


class BrokenPromiseError(AssertionError):
    """A thing did what it must not, or not what it must."""


@dataclass(frozen=True)
class Promise:
    """A rule that every tagger (or dataset, or metric) keeps: a name, the words for it, and its check.

    The check raises `BrokenPromiseError` with the smallest example that it finds. `needs` names the methods without
    which there is nothing to ask.
    """

    name: str
    words: str
    check: Callable[[Make], None]
    needs: tuple[str, ...] = ()

    def is_offered(self, make: Make) -> bool:
        """Whether a thing has what the promise is about; True also where none can be made, or it raises when asked."""
        try:
            thing = make() if self.needs else None
            return all(_has(type(thing), name) or _has(thing, name) for name in self.needs)
        except (Exception, SystemExit):  # noqa: BLE001 -- a stranger's code may raise anything
            return True

    def broken_by(self, make: Make) -> str | None:
        """The smallest example of a broken promise, else None; an exception breaks a promise too."""
        try:
            self.check(make)
        except BrokenPromiseError as error:
            return str(error)
        except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's code may raise anything
            return f"raised {reason(error)}"
        return None


def _has(thing: object, name: str) -> bool:
    return getattr(thing, name, None) is not None


def broken_among(promises: Sequence[Promise], make: Make) -> Iterator[tuple[Promise, str]]:
    """The broken promises, each with what was seen."""
    for promise in promises:
        if (seen := promise.broken_by(make)) is not None:
            yield promise, seen


def require(kept: object, broken: str) -> None:
    """Go on where a promise is kept. Raises `BrokenPromiseError` with what was seen if it is broken."""
    if not kept:
        raise BrokenPromiseError(broken)
