"""How often does a gate fail that should pass? python benchmarks/truth/gates.py [ROUNDS].

Writes an old and a new run of two labels each, whose models are drawn (`simulated_runs`) and equally good, equally sure
and equally quick, and asks each gate: one that fails tells a falsehood, which it may in 5 % of rounds. Beside that the
new models are truly worse by the sizes in the table, which a gate should find. Prints a table in Markdown.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import ndtr, ndtri
from simulated_runs import SCALE, Floats, Shape, Text

from seqbench import Corpus, Dataset, TrialResult
from seqbench.comparing.gate import WORSE, Gate
from seqbench.comparing.gate_quantities import MILLISECONDS, OF_A_TAG, QUANTITIES, OneTagF1, by_probabilities
from seqbench.comparing.unit_counts import Measured, Units, measure
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.listing import Listing, list_runs
from seqbench.results.predictions import Predictions
from seqbench.results.saving import save_dataset, save_trial
from seqbench.results.store import Store
from seqbench.running.plan import Plan, manifest, requests
from seqbench.scoring.core_scores import BY_NAME
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored

LABELS, SEEDS, UNKNOWN = ("m0", "m1"), 3, 0.15
SHAPES = (Shape(name="600 sentences", sentences=600), Shape(name="20 documents", sentences=600, documents=20))
GATES = ("accuracy", "accuracy_unknown", "f1:T0", "f1:T11", "log-loss", "calibration-error", MILLISECONDS)
OF_SEEDS, OF_RUNS = 0.05, 0.02
"""Standard deviations of the logarithm of times: between seeds, and between runs on the same machine."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What new models are worse by: `lost` accuracy, `sure` times as sure of it, `slow` times as slow."""

    lost: float = 0.0
    sure: float = 1.0
    slow: float = 1.0

    def __str__(self) -> str:
        return f"{100 * self.lost:g} points less, {self.sure:g} times as sure, {self.slow:g} times the time"


EFFECTS = (Effect(), Effect(lost=0.005, sure=1.3, slow=1.25), Effect(lost=0.01, sure=1.6, slow=1.4))


@dataclass(eq=False)
class Round:
    """A text, its dataset, and what is drawn of it."""

    shape: Shape
    random: np.random.Generator
    text: Text = field(init=False)
    dataset: Dataset = field(init=False)

    def __post_init__(self) -> None:
        self.text = Text.drawn(self.shape, self.random)
        words = np.where(self.random.random(len(self.text.gold)) < UNKNOWN, "new", "old").tolist()
        tags = [self.text.tags[tag] for tag in self.text.gold.tolist()]
        cut = list(zip(self.text.offsets[:-1].tolist(), self.text.offsets[1:].tolist(), strict=True))
        documents = (
            np.flatnonzero(np.diff(self.text.document, prepend=-1)) if self.shape.documents else np.zeros(0, np.int64)
        )
        train = Corpus.encode([["old"] * len(self.text.tags)], [list(self.text.tags)])
        test = Corpus.encode([words[a:b] for a, b in cut], [tags[a:b] for a, b in cut])
        self.dataset = Dataset.of("simulated", train=train, test=replace(test, documents=documents))

    def run(self, folder: Path, effect: Effect) -> Store:
        """A run of models that differ from others by an effect and by chance."""
        plan, store = Plan([self.dataset], list(_models()), seeds=SEEDS), Store.create(folder)
        trials, reference = list(requests(plan)), Reference.of(self.dataset)
        store.write_manifest(manifest(plan, trials, {}))
        save_dataset(store, self.dataset)
        skill = float(ndtri(self.shape.accuracy - effect.lost)) * SCALE
        own = {label: self.text.own(self.random, by_document=self.shape.documents > 0) for label in LABELS}
        scores = scored(TrialResult(predicted=self.text.gold), reference, _registry()).scores  # no gate reads them
        of_run = self.random.normal(0, OF_RUNS)
        for trial in trials:
            result = self._result(skill, self.text.luck(own[trial.label], self.random), effect)
            seconds = effect.slow * np.exp(of_run + self.random.normal(0, OF_SEEDS))
            done = replace(result, scores=scores, timings={"predict_seconds": float(seconds)})
            save_trial(store, trial, done, reference)
        return store

    def _result(self, skill: float, luck: Floats, effect: Effect) -> TrialResult:
        """Predictions, and probabilities of being right, from a noisy look at how far a token is from the border."""
        predicted = self.text.predicted(skill, luck, self.random).astype(np.int32)
        seen = (skill - self.text.difficulty - luck + self.random.standard_normal(len(luck))).astype(np.float64)
        share = SCALE**2 / (SCALE**2 + 1)  # of what is seen in the best guess of the distance
        sure = ndtr(effect.sure * (skill + share * (seen - skill)) / np.sqrt(share))
        sure = np.clip(sure, 0.01, 1 - 1e-6)
        of_gold = np.where(predicted == self.text.gold, sure, (1 - sure) * self.random.uniform(0.2, 1, len(sure)))
        certainty = np.stack([sure, of_gold, sure**2]).astype(np.float32)
        return TrialResult(predicted=predicted, certainty=certainty)


@cache
def _registry() -> Registry:
    return Registry.discover()


def _models() -> Iterator:
    for label in LABELS:
        yield resolve(_registry(), parse(f"{label}=perceptron"), {})


def fails(old: Store, new: Store, name: str) -> bool:
    """Whether `seqbench compare OLD NEW --fail-if-worse NAME` says that a model is worse."""

    def measure_of(listing: Listing, predictions: Predictions) -> Measured | None:
        units = Units.of(predictions)
        if name in QUANTITIES:
            return by_probabilities(name, listing, predictions, units)
        metric = OneTagF1(name.removeprefix(OF_A_TAG)) if name.startswith(OF_A_TAG) else BY_NAME[name].counted
        return measure(predictions, name, metric, units)

    result = Gate(list_runs([old, new]), old, new, name, measure_of).result()
    return any(case.status == WORSE for case in result.cases)


def failed(shape: Shape, effect: Effect, rounds: int, random: np.random.Generator) -> dict[str, int]:
    """Rounds in which each gate fails."""
    counts = dict.fromkeys(GATES, 0)
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            drawn = Round(shape, random)
            runs = [drawn.run(Path(folder) / name, e) for name, e in (("old", Effect()), ("new", effect))]
            for name in GATES:
                counts[name] += fails(*runs, name)
    return counts


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    random = np.random.default_rng(2026)
    columns = ["two labels, three seeds", "gate", "equal: gates that fail"]
    columns += [f"{effect}: fail" for effect in EFFECTS[1:]]
    print(f"| {' | '.join(columns)} |\n|---|---|---:|{'---:|' * len(EFFECTS[1:])}", flush=True)
    for shape in SHAPES:
        each = [failed(shape, e, rounds if e == Effect() else max(1, rounds // 4), random) for e in EFFECTS]
        for name in GATES:
            powers = [f"{100 * counts[name] / max(1, rounds // 4):.0f} %" for counts in each[1:]]
            print(f"| {shape.name} | {name} | {each[0][name]} of {rounds} | {' | '.join(powers)} |", flush=True)


if __name__ == "__main__":
    main()
