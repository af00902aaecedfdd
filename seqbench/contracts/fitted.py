"""The one value that a tagger learns: `self._fitted`, which only `fit` sets."""

from __future__ import annotations

from typing import Protocol, TypeVar

from seqbench.errors import NotFittedError

Fitted_co = TypeVar("Fitted_co", covariant=True)


class Learner(Protocol[Fitted_co]):
    """Keeps all that it has learned in one value, and None before `fit`."""

    @property
    def _fitted(self) -> Fitted_co | None: ...


def learned(tagger: Learner[Fitted_co]) -> Fitted_co:
    """The value that a tagger keeps as `_fitted`. Raises `NotFittedError` if `fit` has not set it."""
    fitted: Fitted_co | None = getattr(tagger, "_fitted", None)
    if fitted is None:
        raise NotFittedError(f"{type(tagger).__name__} is not fitted; call fit(train, conditions) first")
    return fitted
