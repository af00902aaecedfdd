"""Runs of models that are right but for a share of the tokens, to be compared."""

from __future__ import annotations

import numpy as np
from runs import registry_of, run_of
from samples import Constant, ShareOfFirst

from seqbench import Corpus, Dataset
from seqbench.comparing.score_intervals import with_intervals
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.results.rows import read_results
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run

UNITS = 200
WORDS = [["w"] * (3 + i % 5) for i in range(UNITS)]
GOLD = [["A" if (i + j) % 2 else "B" for j in range(len(s))] for i, s in enumerate(WORDS)]
CORPUS = Corpus.encode(WORDS, GOLD)


class Wrong:
    """Right but for a share of the tokens, drawn by the seed."""

    def __init__(self, *, share: float = 0.1):
        self.share = share

    def fit(self, train, conditions):
        self.random = np.random.default_rng([conditions.seed, round(1e6 * self.share)])

    def predict(self, sentences):
        return [[("B" if t == "A" else "A") if self.random.random() < self.share else t for t in tags] for tags in GOLD]


def registry_to_compare():
    """The taggers of these runs, a metric that can be recounted and one that cannot."""
    metrics = {"share-of-b": ShareOfFirst(), "plain": lambda outcome: 0.5}
    return registry_of(wrong=Wrong, constant=Constant, metrics=metrics)


def store_of(folder, *specs, seeds=1, data=None):
    """The run of these models on all sentences, or on other data."""
    data = data or Dataset.of("data", train=CORPUS, test=CORPUS)
    return run_of(folder, registry_to_compare(), *specs, seeds=seeds, data=data)


def two_datasets(folder):
    """A run on one dataset on which all finished, and on one on which the first model did not."""
    data = [Dataset.of("all", train=CORPUS, test=CORPUS), Dataset.of("some", train=CORPUS, test=CORPUS.part(0, 50))]
    registry, store = registry_to_compare(), Store.create(folder)
    models = [resolve(registry, parse(spec)) for spec in ("a=constant(tag='A')", "b=constant(tag='B')")]
    run(Plan(data, models), registry, store, lambda _: None)
    (lost,) = [t for t in store.manifest().trials if t.label == "a" and t.dataset == data[1].fingerprint]
    store.trial_path(lost).unlink()
    return folder


def examined(stores, metrics=("accuracy",)):
    """The results with intervals, and what is measured on each dataset by each metric."""
    runs = comparable(stores, registry_to_compare(), Question(metrics=metrics))
    each = [runs.predictions(dataset) for dataset in runs.listing.datasets]
    results = with_intervals(read_results(runs.listing), each, runs.metrics)
    return results, [measured for predictions in each for measured in runs.measured(predictions)]


def labels_of(measured):
    """The labels of models as their display names."""
    return {key: key.label for key in measured.predictions.keys}
