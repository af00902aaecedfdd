"""Taggers whose true scores are known, and runs of them in memory, which `seqbench compare` reads as any others.

Tokens differ in difficulty, by themselves, by sentence and by document, and taggers err together on hard tokens, as
real ones do. Each tagger has luck of its own on top, also by sentence and by document: there sentences of one document
are not independent. A tagger is a skill; a seed moves it a little. Skills are normal, so true accuracy is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from seqbench.contracts.metric import Countable
from seqbench.reporting.comparison_report import Comparable
from seqbench.results.listing import ListedModel, Listing
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import ModelPredictions, Predictions
from seqbench.results.records import DatasetSummary, SplitSizes, WantedTrial
from seqbench.results.rows import Results, Row, Score
from seqbench.results.store import Store
from seqbench.scoring.costs import COSTS
from seqbench.scoring.reference import Reference

Floats: TypeAlias = NDArray[np.float32]
TOKEN, SENTENCE, DOCUMENT = 1.5, 0.6, 0.4
"""Standard deviations of the difficulty that all taggers share."""
OWN_TOKEN, OWN_SENTENCE, OWN_DOCUMENT = 0.5, 0.2, 0.15
"""Standard deviations of the luck of each tagger."""
SCALE = float(np.sqrt(np.sum(np.square([TOKEN, SENTENCE, DOCUMENT, OWN_TOKEN, OWN_SENTENCE, OWN_DOCUMENT]))))
TYPES, TAGS = 4, 12
PARTS = 5
"""A random split tests one part of so many, and trains on the others."""
STARTS, LONGER = 0.12, 0.5
"""Share of tokens that begin a span, and of spans that have two tokens."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a simulated command compares: how many models, seeds, sentences, documents, datasets or folds.

    `seeds` of the models in turn, 0 for a deterministic one; `gap` is what the first model is truly better by, in
    accuracy; `spread` the standard deviation of accuracy between seeds, `by_dataset` of what a dataset adds to it, or
    a training set as large as the test set of a split.
    """

    name: str
    models: int = 2
    seeds: tuple[int, ...] = (1,)
    sentences: int = 2000
    documents: int = 0
    accuracy: float = 0.95
    metric: str = "accuracy"
    rare: bool = False
    datasets: int = 1
    folds: int = 0
    resplits: int = 0
    gap: float = 0.0
    rope: float | None = None
    spread: float = 0.001
    by_dataset: float = 0.0

    def seeds_of(self, model: int) -> int:
        """Number of trained models that a model has."""
        return max(1, self.seeds[model % len(self.seeds)])

    def is_deterministic(self, model: int) -> bool:
        """Whether no seed changes the model."""
        return self.seeds[model % len(self.seeds)] == 0


@dataclass(frozen=True, eq=False)
class Text:
    """A test set: sentence of each token, document of each sentence, gold tags, and how hard each token is."""

    offsets: NDArray[np.int64]
    sentence: NDArray[np.int64]
    document: NDArray[np.int64]
    gold: NDArray[np.int32]
    difficulty: Floats
    tags: tuple[str, ...]

    @classmethod
    def drawn(cls, shape: Shape, random: np.random.Generator) -> Text:
        """A text of the shape's sizes."""
        lengths = random.geometric(1 / 12, shape.sentences) + 1
        sentence = np.repeat(np.arange(shape.sentences), lengths)
        document = np.arange(shape.sentences) * max(1, shape.documents) // shape.sentences
        hard = random.standard_normal(max(1, shape.documents), np.float32)[document] * np.float32(DOCUMENT)
        if not shape.documents:
            hard = random.standard_normal(shape.sentences, np.float32) * np.float32(DOCUMENT)
        hard += random.standard_normal(shape.sentences, np.float32) * np.float32(SENTENCE)
        difficulty = hard[sentence] + random.standard_normal(len(sentence), np.float32) * np.float32(TOKEN)
        tags, gold = _spans(random, len(sentence)) if shape.metric == "span-f1" else _tags(random, len(sentence), shape)
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        return cls(offsets, sentence, document, gold.astype(np.int32), difficulty, tags)

    def part(self, sentences: NDArray[np.int64]) -> tuple[Text, NDArray[np.int64]]:
        """Text of these sentences alone, and the numbers of their tokens."""
        lengths = np.diff(self.offsets)[sentences]
        tokens = np.concatenate([np.arange(self.offsets[n], self.offsets[n + 1]) for n in sentences.tolist()])
        offsets, sentence = np.concatenate([[0], np.cumsum(lengths)]), np.repeat(np.arange(len(sentences)), lengths)
        document = np.zeros(len(sentences), np.int64)
        return Text(offsets, sentence, document, self.gold[tokens], self.difficulty[tokens], self.tags), tokens

    def luck(self, own: Floats, random: np.random.Generator) -> Floats:
        """Luck of a trained model: (tokens,), from that of its tagger by sentence `own` (sentences,)."""
        return own[self.sentence] + random.standard_normal(len(self.gold), np.float32) * np.float32(OWN_TOKEN)

    def predicted(self, skill: float, luck: Floats, random: np.random.Generator) -> NDArray[np.uint8]:
        """Tags of a model: right where its skill exceeds the difficulty and its luck (tokens,)."""
        wrong = np.flatnonzero(self.difficulty + luck >= np.float32(skill))
        predicted = self.gold.astype(np.uint8)
        moved = random.integers(1, len(self.tags), len(wrong))
        predicted[wrong] = (self.gold[wrong] + moved) % len(self.tags)
        return predicted

    def own(self, random: np.random.Generator, *, by_document: bool) -> Floats:
        """Luck of a tagger by sentence and document: (sentences,)."""
        size = int(self.document[-1]) + 1 if by_document else len(self.document)
        of_document = random.standard_normal(size, np.float32) * np.float32(OWN_DOCUMENT)
        luck: Floats = of_document[self.document] if by_document else of_document
        return luck + random.standard_normal(len(self.document), np.float32) * np.float32(OWN_SENTENCE)


def _tags(random: np.random.Generator, tokens: int, shape: Shape) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Tags that are all frequent, or of which some are rare."""
    share = 1 / (1.0 + np.arange(TAGS)) ** (2.5 if shape.rare else 0.5)
    return tuple(f"T{n}" for n in range(TAGS)), random.choice(TAGS, tokens, p=share / share.sum())


def _spans(random: np.random.Generator, tokens: int) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Tags O, B-0, I-0, B-1 ...: spans of one or two tokens on a fifth of the text."""
    tags = ("O", *(f"{part}-{number}" for number in range(TYPES) for part in "BI"))
    gold = np.zeros(tokens, np.int64)
    starts = np.flatnonzero(random.random(tokens - 1) < STARTS)
    types = random.integers(0, TYPES, len(starts))
    gold[starts] = 1 + 2 * types
    longer = (random.random(len(starts)) < LONGER) & (gold[starts + 1] == 0)
    gold[starts[longer] + 1] = 2 + 2 * types[longer]
    return tags, gold


@dataclass(frozen=True, kw_only=True)
class SimulatedRuns(Comparable):
    """Runs that no disk holds: `truth` has the true accuracy of each model by question and dataset."""

    each: dict[str, Predictions]
    truth: dict[tuple[str, str], dict[str, float]]

    def predictions(self, dataset: DatasetSummary) -> Predictions | None:
        """Predictions of all models."""
        return self.each[dataset.fingerprint]

    def results(self) -> Results:
        """Accuracy of each model on each dataset."""
        rows = [_row(p, model) for p in self.each.values() for model in p.models]
        listed = {dataset.fingerprint for dataset in self.listing.datasets}
        rows = [row for row in rows if row.dataset.fingerprint in listed]
        return Results(datasets=self.listing.datasets, rows=rows, names=self.listing.names)


def _row(predictions: Predictions, model: ModelPredictions) -> Row:
    right = (model.ids == predictions.reference.gold).mean(1).tolist()
    return Row(
        key=model.key,
        dataset=predictions.dataset,
        spec=model.key.label,
        seeds=list(model.seeds),
        failures=[],
        scores={"accuracy": Score.of(right)},
        metrics={},
        costs={cost.name: None for cost in COSTS},
        trials=[],
        deterministic=model.deterministic,
    )


def simulated(shape: Shape, runs: Comparable, random: np.random.Generator) -> SimulatedRuns:
    """Runs of a shape with the question and metrics of other ones."""
    each: dict[str, Predictions] = {}
    truth: dict[tuple[str, str], dict[str, float]] = {}
    summaries = [_summary(shape, number) for number in range(max(shape.datasets, shape.folds, shape.resplits))]
    skills, drawn = _resplit(shape, random) if shape.resplits else (_skills(shape, random), [None] * len(summaries))
    for summary, of_models, known in zip(summaries, skills.T, drawn, strict=True):
        predictions, trained = _predictions(shape, summary, of_models, random, known)
        each[summary.fingerprint] = predictions
        names = [key.label for key in predictions.keys]
        truth["a", summary.name] = dict(zip(names, trained, strict=True))
        truth["b", summary.name] = dict(zip(names, ndtr(of_models / SCALE).tolist(), strict=True))
    overall = ndtr(_base(shape) / SCALE).tolist()
    truth["all", ""] = {f"m{number}": overall[number] for number in range(shape.models)}
    truth["some", ""] = {"first": max(overall), "last": min(overall)}
    truth["b", f"d, {shape.folds} folds"] = truth["b", f"d, {shape.resplits} random splits"] = truth["all", ""]
    listing = _listing(summaries, next(iter(each.values())))
    question = replace(runs.question, metrics=(shape.metric,), rope=shape.rope)
    return SimulatedRuns(listing=listing, metrics=runs.metrics, question=question, against=None, each=each, truth=truth)


def _base(shape: Shape) -> NDArray[np.float64]:
    """True skill of each learner: all equal but the first, if there is a gap."""
    base = np.full(shape.models, float(ndtri(shape.accuracy - shape.gap / 2)) * SCALE)
    base[0] = float(ndtri(shape.accuracy + shape.gap / 2)) * SCALE
    return base


def _skills(shape: Shape, random: np.random.Generator) -> NDArray[np.float64]:
    """Skills (models, datasets or folds): folds share what their training sets have in common."""
    slope = _slope(shape)
    many = max(shape.datasets, shape.folds)
    moved = (
        random.normal(0, shape.by_dataset / slope, (shape.models, many)) if shape.by_dataset else np.zeros((1, many))
    )
    if shape.folds:
        moved = (moved.sum(1, keepdims=True) - moved) / (shape.folds - 1)
    return _base(shape)[:, None] + np.broadcast_to(moved, (shape.models, many))


Known: TypeAlias = tuple[Text, list[Floats]]


def _resplit(shape: Shape, random: np.random.Generator) -> tuple[NDArray[np.float64], list[Known]]:
    """Skills (models, splits) by the sentences of train in each random split, and test with the luck of each model."""
    pool = Text.drawn(replace(shape, sentences=shape.sentences * PARTS), random)
    lucks = [pool.luck(pool.own(random, by_document=False), random) for _ in range(shape.models)]
    sentences = len(pool.document)
    added = random.normal(0, shape.by_dataset / _slope(shape) * np.sqrt(shape.sentences), (shape.models, sentences))
    skills, drawn = [], []
    for _ in range(shape.resplits):
        order = random.permutation(sentences)
        skills.append(added[:, order[shape.sentences :]].mean(1))
        text, tokens = pool.part(order[: shape.sentences])
        drawn.append((text, [luck[tokens] for luck in lucks]))
    return _base(shape)[:, None] + np.stack(skills, axis=1), drawn


def _slope(shape: Shape) -> float:
    """Accuracy that a unit of skill adds."""
    return float(np.exp(-(ndtri(shape.accuracy) ** 2) / 2) / np.sqrt(2 * np.pi) / SCALE)


def _summary(shape: Shape, number: int) -> DatasetSummary:
    drawn = {"fold": f"{number + 1}/{shape.folds}"} if shape.folds else {}
    if shape.resplits:
        drawn = {"resplit": str(number + 1)}
    parts = PARTS if shape.resplits else shape.folds
    sizes = SplitSizes(train=shape.sentences * max(1, parts - 1), test=shape.sentences)
    origin = "d" if drawn else ""
    return DatasetSummary(name=f"d{number}", fingerprint=f"d{number}", origin=origin, drawn=drawn, sentences=sizes)


def _predictions(
    shape: Shape,
    summary: DatasetSummary,
    skills: Sequence[float],
    random: np.random.Generator,
    known: Known | None = None,
) -> tuple[Predictions, list[float]]:
    """Predictions of all models, and the true accuracy of what was trained."""
    text, lucks = known or (Text.drawn(shape, random), None)
    models, trained = [], []
    for number, skill in enumerate(skills):
        deterministic, own = shape.is_deterministic(number), text.own(random, by_document=shape.documents > 0)
        spread = 0.0 if deterministic else shape.spread / _slope(shape)
        of_seeds = skill + spread * random.standard_normal(shape.seeds_of(number))
        ids = np.stack(
            [
                text.predicted(float(seed), lucks[number] if lucks else text.luck(own, random), random)
                for seed in of_seeds
            ]
        )
        trained.append(float(ndtr(of_seeds / SCALE).mean()))
        models.append(
            ModelPredictions(
                key=ModelKey("run", f"m{number}"), seeds=range(len(ids)), ids=ids, deterministic=deterministic
            )
        )
    starts = np.flatnonzero(np.diff(text.document, prepend=-1)) if shape.documents else np.zeros(0, np.int64)
    tokens = len(text.gold)
    reference = Reference(
        tags=text.tags,
        learned=len(text.tags),
        gold=text.gold,
        offsets=text.offsets,
        known=np.ones(tokens, bool),
        ambiguous=np.zeros(tokens, bool),
    )
    return Predictions(dataset=summary, reference=reference, documents=starts, models=models), trained


def _listing(datasets: Sequence[DatasetSummary], predictions: Predictions) -> Listing:
    models = [
        ListedModel(
            key=model.key,
            store=Store(Path("simulated")),
            fingerprint=dataset.fingerprint,
            spec=model.key.label,
            deterministic=model.deterministic,
            trials=tuple(
                WantedTrial(dataset=dataset.fingerprint, label=model.key.label, seed=seed, key="")
                for seed in model.seeds
            ),
            finished=(True,) * len(model.seeds),
        )
        for dataset in datasets
        for model in predictions.models
    ]
    names = {model.key: model.key.label for model in predictions.models}
    return Listing(stores=(), datasets=tuple(datasets), models=tuple(models), names=names, metrics={})


def true_score(shape: Shape, metric: Countable) -> float:
    """The score of a model of the shape by another metric, from a text so long that little is left to chance."""
    long = replace(shape, sentences=150_000, documents=0, models=1, datasets=1)
    predictions, _ = _predictions(long, _summary(long, 0), _base(long)[:1].tolist(), np.random.default_rng(1))
    counts = metric.counts(predictions.reference.outcome(predictions.models[0].ids[0]))
    if counts is None:
        raise ValueError(f"the metric does not apply to {shape.name}")
    return float(metric.score(counts.sum(0).astype(np.float64)))
