"""Tag by tag: on which tags do models differ? Many tests at once, so corrected for how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from seqbench.comparing.comparison import MODEL, TESTS, Comparison, pairs_of
from seqbench.comparing.statistics.corrections import benjamini_hochberg
from seqbench.comparing.statistics.paired_tests import randomisation
from seqbench.comparing.unit_counts import DRAWS, Measured, measure
from seqbench.contracts.metric import Flags
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions
from seqbench.scoring.metrics_from_counts import TagF1


def scan(predictions: Predictions, against: ModelKey | None = None) -> list[Comparison]:
    """Question (a) for the F1 of each tag and each pair; `p_adjusted` is Benjamini-Hochberg's over all of them.

    Empty where there is nothing to compare, or where tags times sentences are too many to be counted.
    """
    whole, tags = measure(predictions, "accuracy", TagF1()), measure(predictions, "f1", TagF1(macro=False))
    if whole is None or tags is None or not (pairs := pairs_of(whole, against)):
        return []
    tests = list(_tests(tags, pairs))
    adjusted = benjamini_hochberg([test.p or 0.0 for test in tests])
    return [replace(test, p_adjusted=p) for test, p in zip(tests, adjusted, strict=True)]


def _tests(measured: Measured, pairs: Sequence[tuple[int, int]]) -> Iterator[Comparison]:
    """Tests of each pair on each tag that is in gold or in a prediction of the two."""
    p = randomisation(measured.counts, pairs, DRAWS)  # (pairs, tags)
    for (a, b), raw in zip(pairs, p, strict=True):
        difference = measured.scores[a].mean(0) - measured.scores[b].mean(0)  # (tags,)
        for tag in np.flatnonzero(_occurs(measured, a) | _occurs(measured, b)).tolist():
            better, worse = (a, b) if difference[tag] >= 0 else (b, a)
            yield Comparison(
                a=measured.predictions.keys[better],
                b=measured.predictions.keys[worse],
                dataset=measured.predictions.dataset.name,
                question=MODEL,
                test=TESTS[MODEL],
                difference=float(abs(difference[tag])),
                p=float(raw[tag]),
                metric=measured.metric,
                tag=measured.predictions.tags[tag],
            )


def _occurs(measured: Measured, model: int) -> Flags:
    """Whether each tag is in gold or in the model's predictions: (tags,)."""
    sums = measured.counts.models[model].sum((0, 1)).reshape(-1, 3)  # right, predicted, gold
    occurs: Flags = sums.any(1)
    return occurs
