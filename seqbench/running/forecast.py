"""Forecast of how long trials will take, from finished trials of the same models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TypeAlias

from seqbench.contracts.trial import TrialRequest
from seqbench.errors import StoreError
from seqbench.results.record_files import required_record
from seqbench.results.records import Json, TrialRecord
from seqbench.results.store import Store

Alike: TypeAlias = tuple[Json, ...]
"""Dataset, spec, device, threads and budget of a trial: trials that have them in common take equally long."""


@dataclass(frozen=True)
class Past:
    """Wall seconds of fit and predict of finished trials, by dataset, spec, device and threads."""

    seconds: Mapping[Alike, Sequence[float]]

    @classmethod
    def of(cls, stores: Iterable[Store]) -> Past:
        """Times of the finished trials of these runs; a file that cannot be read is left out."""
        seconds: dict[Alike, list[float]] = {}
        for store in stores:
            for path in sorted((store.folder / "trials").glob("*.json")):
                with suppress(StoreError):  # a failure, or a file of another version
                    record = required_record(str(path), TrialRecord)
                    taken = [record.timings.get(f"{work}_wall_seconds") for work in ("fit", "predict")]
                    if None not in taken:  # predictions from elsewhere took no time
                        seconds.setdefault(_alike(record.identity), []).append(sum(t for t in taken if t is not None))
        return cls(seconds)

    def expected(self, trial: TrialRequest) -> float | None:
        """Mean wall seconds of trials that differ in nothing but the seed; None if there is none."""
        seconds = self.seconds.get(_alike(trial.identity))
        return fmean(seconds) if seconds else None


def runs_near(folder: Path) -> list[Store]:
    """The run in this folder, if there is one, and the runs beside the folder."""
    try:
        folders = [folder, *sorted(near for near in folder.absolute().parent.iterdir() if near.is_dir())]
    except OSError:
        folders = [folder]
    return [Store(near) for near in dict.fromkeys(f.absolute() for f in folders) if (near / "run.json").is_file()]


def _alike(identity: Mapping[str, Json]) -> Alike:
    return tuple(identity.get(part) for part in ("dataset", "spec", "device", "threads", "budget"))
