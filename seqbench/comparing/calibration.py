"""What finished trials know of their own mistakes, read back from runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from seqbench.comparing.statistics import calibration_scores
from seqbench.comparing.statistics.calibration_scores import Reliability
from seqbench.results.predictions import arrays, reference
from seqbench.results.rows import Results, Row
from seqbench.results.store import Store

COVERAGES = (0.99, 0.95, 0.9, 0.8)


@dataclass(frozen=True)
class Binning:
    """How confidences are put into bins."""

    bins: int = 15
    equal_mass: bool = False

    def __str__(self) -> str:
        return f"{self.bins} bins of {'about equally many tokens' if self.equal_mass else 'equal width'}"


@dataclass(frozen=True, eq=False)
class Calibration:
    """One model on one dataset, numbers as means over its seeds; the reliability is of all seeds together."""

    dataset: str
    model: str
    seeds: int
    accuracy: float
    confidence: float
    calibration_error: float
    brier: float
    log_loss: float
    covered: dict[float, float]
    reliability: Reliability

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        plain = {name: value for name, value in vars(self).items() if name not in ("covered", "reliability")}
        covered = [{"coverage": share, "accuracy": accuracy} for share, accuracy in self.covered.items()]
        bins = {name: values.tolist() for name, values in asdict(self.reliability).items()}
        return {**plain, "covered": covered, "reliability": bins}


def calibrations(stores: Sequence[Store], results: Results, binning: Binning) -> list[Calibration]:
    """Those of every row whose finished trials all stored probabilities."""
    found = [_calibration(stores, row, binning) for row in results.rows if any(row.trials)]
    return [one for one in found if one is not None]


def _calibration(stores: Sequence[Store], row: Row, binning: Binning) -> Calibration | None:
    trials = arrays(stores, row, ("predicted", "certainty"))
    if not trials or any("certainty" not in trial for trial in trials):
        return None
    gold = reference(stores, row.fingerprint).gold
    right = [trial["predicted"] == gold for trial in trials]
    sure, of_gold, squares = zip(*(trial["certainty"].astype(np.float64) for trial in trials), strict=True)

    def mean(values: Sequence[float]) -> float:
        return float(np.mean(values))

    def binned(confidence: Any, answers: Any) -> Reliability:
        return calibration_scores.reliability(confidence, answers, binning.bins, equal_mass=binning.equal_mass)

    both = list(zip(sure, right, strict=True))
    return Calibration(
        dataset=row.dataset,
        model=row.model,
        seeds=len(trials),
        accuracy=mean([float(one.mean()) for one in right]),
        confidence=mean([float(one.mean()) for one in sure]),
        calibration_error=mean([binned(*one).error for one in both]),
        brier=mean([calibration_scores.brier(*one) for one in zip(of_gold, squares, strict=True)]),
        log_loss=mean([calibration_scores.log_loss(one) for one in of_gold]),
        covered={share: mean([calibration_scores.accuracy_at(*one, share) for one in both]) for share in COVERAGES},
        reliability=binned(np.concatenate(sure), np.concatenate(right)),
    )
