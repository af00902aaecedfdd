"""The best models by the F1 of spans, named beside a verdict by accuracy, which counts the tokens outside too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seqbench.results.model_names import ModelKey
from seqbench.results.rows import Row
from seqbench.scoring.selection import SPAN_F1

_SEVERAL = 2


def best_by_spans(rows: Sequence[Row], names: Mapping[ModelKey, str]) -> str | None:
    """Words on the rows of a dataset; None where tags are no spans, or fewer than two models have the score."""
    means = {row.key: score.mean for row in rows if (score := row.score(SPAN_F1)) and score.mean is not None}
    if len(means) < _SEVERAL:
        return None
    highest = max(means.values())
    best = [names[key] for key, value in means.items() if value == highest]
    first = f"{' and '.join(best)} {'come' if len(best) > 1 else 'comes'} first ({100 * highest:.2f} %)"
    return f"tags are spans: by their F1 {first}, which --metric {SPAN_F1} tests"
