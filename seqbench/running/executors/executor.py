"""Where trials run. An executor takes requests of plain data and gives back results of plain data, as they finish."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from typing import Protocol

from seqbench.contracts.trial import TrialRequest, TrialResult

Progress = Callable[[TrialRequest, Mapping[str, float]], bool | None]


Begin = Callable[[TrialRequest], None]


class Executor(Protocol):
    """Runs trials somewhere, in any order."""

    def run(
        self, requests: Iterable[TrialRequest | None], begin: Begin, progress: Progress
    ) -> Generator[tuple[TrialRequest, TrialResult]]:
        """Each request with its result, as it finishes; `begin` and `progress` are told on the way.

        Where `progress` answers True, the tagger is asked to stop as soon as it can hear of it.

        A request is asked for when it can be begun. None in its place: nothing can be begun now, ask again later.
        Closing what this returns ends all that still runs.
        """
        ...
