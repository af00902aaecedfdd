"""How long trials will take, as far as finished ones of the same model tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from seqbench.contracts.trial import TrialRequest
from seqbench.errors import StoreError
from seqbench.results.record_files import required_record
from seqbench.results.records import TrialRecord
from seqbench.results.store import Store


@dataclass(frozen=True)
class Past:
    """Wall seconds of fit and predict of finished trials, by dataset, spec, device and threads."""

    seconds: Mapping[tuple[Any, ...], Sequence[float]]

    @classmethod
    def of(cls, stores: Iterable[Store]) -> Past:
        """What these runs know; a file that cannot be read tells nothing."""
        seconds: dict[tuple[Any, ...], list[float]] = {}
        for store in stores:
            for path in sorted((store.folder / "trials").glob("*.json")):
                with suppress(StoreError):  # a failure, or a file of another version
                    record = required_record(str(path), TrialRecord)
                    taken = [record.timings.get(f"{work}_wall_seconds") for work in ("fit", "predict")]
                    if None not in taken:  # predictions from elsewhere took no time
                        seconds.setdefault(_alike(record.identity), []).append(sum(t for t in taken if t is not None))
        return cls(seconds)

    def expected(self, trial: TrialRequest) -> float | None:
        """Mean wall seconds of trials that differ in nothing but the seed; None where there is none."""
        seconds = self.seconds.get(_alike(trial.identity))
        return fmean(seconds) if seconds else None


def runs_near(folder: Path) -> list[Store]:
    """The run at this place, if there is one, and those beside it."""
    try:
        places = [folder, *sorted(place for place in folder.absolute().parent.iterdir() if place.is_dir())]
    except OSError:
        places = [folder]
    return [Store(place) for place in dict.fromkeys(p.absolute() for p in places) if (place / "run.json").is_file()]


def _alike(identity: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(identity.get(part) for part in ("dataset", "spec", "device", "threads", "budget"))
