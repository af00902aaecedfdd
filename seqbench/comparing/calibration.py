"""Calibration of the models of runs: how sure their finished trials were, and how right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

import numpy as np

from seqbench.comparing.pooled_folds import scored_sets
from seqbench.comparing.statistics import calibration_scores
from seqbench.comparing.statistics.calibration_scores import Reliability
from seqbench.contracts.metric import Flags
from seqbench.data.corpus import Ids
from seqbench.results.listing import ListedModel, Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import TagSpace
from seqbench.results.records import DatasetSummary
from seqbench.scoring.log_loss import log_loss
from seqbench.scoring.sentence_counts import Floats

AnyValues = TypeVar("AnyValues", Flags, Floats)

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
    """Calibration of a model on a dataset: numbers are means over seeds, the reliability is of all seeds together."""

    dataset: str
    model: ModelKey
    seeds: int
    accuracy: float
    confidence: float
    calibration_error: float
    brier: float
    log_loss: float
    covered: dict[float, float]
    reliability: Reliability

    def as_json(self, names: Mapping[ModelKey, str]) -> dict[str, object]:
        """Plain numbers, with the display name of the model."""
        plain = {name: value for name, value in vars(self).items() if name not in ("covered", "reliability")}
        plain["model"] = names[self.model]
        covered = [{"coverage": share, "accuracy": accuracy} for share, accuracy in self.covered.items()]
        bins = {name: values.tolist() for name, values in asdict(self.reliability).items()}
        return {**plain, "covered": covered, "reliability": bins}


def calibrations(listing: Listing, binning: Binning) -> list[Calibration]:
    """The calibration of every model whose finished trials all stored probabilities."""
    each = [calibrations_on(listing, dataset, binning) for dataset, _ in scored_sets(listing.datasets).values()]
    return [calibration for of_dataset in each for calibration in of_dataset]


def calibrations_on(listing: Listing, dataset: DatasetSummary, binning: Binning) -> list[Calibration]:
    """The calibration of the models on one dataset, or of those that finished on all folds that it stands for."""
    known = scored_sets(listing.datasets).get(dataset.fingerprint)
    folds = [_answers_on(listing, part) for part in (known[1] if known else [dataset])]
    keys = [key for key in folds[0] if all(key in fold for fold in folds)]
    joined = [(key, _joined([fold[key] for fold in folds])) for key in keys]
    return [_calibration(dataset, key, answers, binning) for key, answers in joined if answers.seeds]


def _answers_on(listing: Listing, dataset: DatasetSummary) -> dict[ModelKey, _Answers]:
    """Answers of the models that stored probabilities for a dataset."""
    models = [model for model in listing.models_of(dataset.fingerprint) if any(model.finished)]
    if not models:
        return {}
    space = TagSpace.of(listing.stores, dataset.fingerprint)
    gold = space.reference().gold
    each = [(model.key, _answers(space, model, gold)) for model in models]
    return {key: answers for key, answers in each if answers is not None}


@dataclass(frozen=True, eq=False, kw_only=True)
class _Answers:
    """Right tokens, and the probabilities that calibration needs: (tokens,) of each seed of a model."""

    seeds: list[int]
    right: list[Flags]
    sure: list[Floats]
    of_gold: list[Floats]
    squares: list[Floats]


def _answers(space: TagSpace, model: ListedModel, gold: Ids) -> _Answers | None:
    """Answers that the finished trials of a model stored; None where one of them has no probabilities."""
    trials = [space.arrays(model.store, trial, ("predicted", "certainty")) for trial in model.finished_trials]
    if any("certainty" not in trial for trial in trials):
        return None
    sure, of_gold, squares = zip(*(trial["certainty"].astype(np.float64) for trial in trials), strict=True)
    right = [trial["predicted"] == gold for trial in trials]
    seeds = [trial.seed for trial in model.finished_trials]
    return _Answers(seeds=seeds, right=right, sure=list(sure), of_gold=list(of_gold), squares=list(squares))


def _joined(folds: Sequence[_Answers]) -> _Answers:
    """The answers for one fold behind the other, of the seeds that all folds have."""
    seeds = [seed for seed in folds[0].seeds if all(seed in fold.seeds for fold in folds)]
    chosen = [[fold.seeds.index(seed) for fold in folds] for seed in seeds]

    def joined(of_folds: Sequence[Sequence[AnyValues]]) -> list[AnyValues]:
        return [np.concatenate([of[at] for of, at in zip(of_folds, places, strict=True)]) for places in chosen]

    return _Answers(
        seeds=seeds,
        right=joined([fold.right for fold in folds]),
        sure=joined([fold.sure for fold in folds]),
        of_gold=joined([fold.of_gold for fold in folds]),
        squares=joined([fold.squares for fold in folds]),
    )


def _calibration(dataset: DatasetSummary, model: ModelKey, answers: _Answers, binning: Binning) -> Calibration:
    def binned(confidence: Floats, right: Flags) -> Reliability:
        return calibration_scores.reliability(confidence, right, binning.bins, equal_mass=binning.equal_mass)

    both = list(zip(answers.sure, answers.right, strict=True))
    squares = zip(answers.of_gold, answers.squares, strict=True)
    return Calibration(
        dataset=dataset.name,
        model=model,
        seeds=len(both),
        accuracy=_mean([float(right.mean()) for right in answers.right]),
        confidence=_mean([float(sure.mean()) for sure in answers.sure]),
        calibration_error=_mean([binned(*seed).error for seed in both]),
        brier=_mean([calibration_scores.brier(*seed) for seed in squares]),
        log_loss=_mean([log_loss(of_gold) for of_gold in answers.of_gold]),
        covered={share: _mean([calibration_scores.accuracy_at(*seed, share) for seed in both]) for share in COVERAGES},
        reliability=binned(np.concatenate(answers.sure), np.concatenate(answers.right)),
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
