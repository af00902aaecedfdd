"""Results over the folds or random splits of one dataset: scores of all splits in one row, and which learner is better.

Scores of splits whose training sets overlap are not independent; the tests here allow for that (`statistics.splits`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import fmean
from typing import Any

import numpy as np

from seqbench.comparing.comparison import LEVEL, Comparison
from seqbench.comparing.statistics.corrected_resampled_t import corrected
from seqbench.comparing.statistics.corrections import holm
from seqbench.comparing.statistics.effect_sizes import error_reduction
from seqbench.comparing.statistics.power import smallest_detectable
from seqbench.comparing.statistics.t_test_over_seeds import Estimate
from seqbench.data.cross_validation import FOLD, RESPLIT
from seqbench.results.rows import COSTS, Results, Row, Score

SPLITS = "splits"
"""The question of a comparison over splits: are these ways of learning better on other samples of such data?"""


@dataclass(frozen=True)
class Group:
    """Datasets that are splits of one, named as one: `over` says how many of what kind (5 folds)."""

    name: str
    over: str
    datasets: Sequence[Mapping[str, Any]]

    @property
    def fingerprints(self) -> list[str]:
        """Those of the splits."""
        return [dataset["fingerprint"] for dataset in self.datasets]

    @property
    def test_to_train(self) -> float:
        """How many sentences test has for each of train, on average."""
        return fmean(d["sentences"]["test"] / d["sentences"]["train"] for d in self.datasets)


def groups(results: Results) -> list[Group]:
    """The datasets of which there are several splits, with the same training size."""
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for dataset in results.datasets:
        drawn = dict(dataset.get("drawn") or {})
        fold, resplit = drawn.pop(FOLD, None), drawn.pop(RESPLIT, None)
        if fold or resplit:
            kind = f"{fold.partition('/')[2]} folds" if fold else "random splits"
            size = [f"{option} {value}" for option, value in drawn.items()]
            found.setdefault((kind, dataset["origin"], *size), []).append(dataset)
    return [_group(*names, datasets=datasets) for names, datasets in found.items() if len(datasets) > 1]


def _group(kind: str, *names: str, datasets: Sequence[Mapping[str, Any]]) -> Group:
    there = f"{len(datasets)} "
    over = kind if kind.startswith(there) else f"{there}{'of ' if kind[0].isdigit() else ''}{kind}"
    return Group(", ".join([*names, over]), over, datasets)


def pooled(results: Results) -> Results:
    """The same results with one dataset and one row a model in place of all splits of a group.

    A score of such a row has a value for each split: the mean of its seeds there.
    """
    datasets, rows = list(results.datasets), list(results.rows)
    for group in groups(results):
        place = datasets.index(group.datasets[0])  # type: ignore[arg-type]
        datasets = [d for d in datasets if d["fingerprint"] not in group.fingerprints]
        datasets.insert(place, _as_one(group))
        rows = [row for row in rows if row.fingerprint not in group.fingerprints]
        rows += [_row(group, model, results) for model in _models(group, results)]
    return replace(results, datasets=datasets, rows=rows)


def compare(group: Group, results: Results, metric: str, against: str | None = None) -> list[Comparison]:
    """All pairs of models (or each with one), the better first; Holm over the pairs."""
    found: list[tuple[Comparison, Estimate]] = []
    for pair in combinations(_models(group, results), 2):
        if against is None or against in pair:
            first, second = (_scores(group, model, results, metric) for model in pair)
            both = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
            if len(both) > 1:
                found.append(_compared(group, pair, np.array(both), metric))
    adjusted = holm([estimate.p for _, estimate in found])
    return [replace(one, p_adjusted=p) for (one, _), p in zip(found, adjusted, strict=True)]


def _compared(group: Group, pair: tuple[str, str], both: Any, metric: str) -> tuple[Comparison, Estimate]:
    """`both` (splits, 2): the scores of the two models."""
    (a, b), scores = pair, both
    if scores[:, 0].mean() < scores[:, 1].mean():
        (a, b), scores = (b, a), scores[:, ::-1]
    differences = scores[:, 0] - scores[:, 1]
    estimate = corrected(differences, group.test_to_train)
    first, second = scores.mean(0).tolist()
    comparison = Comparison(
        a=a,
        b=b,
        dataset=group.name,
        question=SPLITS,
        test=f"corrected resampled t test, {len(scores)} splits",
        difference=first - second,
        ci95=estimate.interval(1 - LEVEL),
        p=estimate.p,
        error_reduction=error_reduction(first, second),
        superiority=float(np.mean((differences > 0) + 0.5 * (differences == 0))),
        detectable=smallest_detectable(estimate.error, estimate.freedom),
        metric=metric,
    )
    return comparison, estimate


def _as_one(group: Group) -> dict[str, Any]:
    first = group.datasets[0]
    drawn = {name: value for name, value in first["drawn"].items() if name not in (FOLD, RESPLIT)}
    notes = (f"the mean of {group.over}, each drawn from all sentences of {first['origin']}",)
    about = {"name": group.name, "fingerprint": _fingerprint(group), "over": group.over, "ceiling": None}
    return {**about, "notes": notes, "origin": first["origin"], "drawn": drawn, "sentences": first["sentences"]}


def _fingerprint(group: Group) -> str:
    return "+".join(group.fingerprints)


def _models(group: Group, results: Results) -> list[str]:
    return list(dict.fromkeys(row.model for row in results.rows if row.fingerprint in group.fingerprints))


def _rows(group: Group, model: str, results: Results) -> list[Row | None]:
    """The rows of a model in the order of the splits, None where it did not run."""
    found = {row.fingerprint: row for row in results.rows if row.model == model}
    return [found.get(fingerprint) for fingerprint in group.fingerprints]


def _scores(group: Group, model: str, results: Results, metric: str) -> list[float | None]:
    rows = _rows(group, model, results)
    return [_mean(row.score(metric)) if row else None for row in rows]


def _mean(score: Score | None) -> float | None:
    return score.mean if score else None


def _row(group: Group, model: str, results: Results) -> Row:
    rows = [row for row in _rows(group, model, results) if row]
    failures = [{**f, "error": f"{row.dataset}: {f['error']}"} for row in rows for f in row.failures]
    costs = {name: [row.costs[name] for row in rows if row.costs[name] is not None] for name in COSTS}
    return replace(
        rows[0],
        dataset=group.name,
        fingerprint=_fingerprint(group),
        failures=failures,
        scores={name: Score.of([_mean(row.scores.get(name)) for row in rows]) for name in rows[0].scores},
        metrics={name: Score.of([_mean(row.metrics.get(name)) for row in rows]) for name in rows[0].metrics},
        costs={name: fmean(c for c in values if c is not None) if values else None for name, values in costs.items()},
        trials=[trial for row in rows for trial in row.trials],
    )
