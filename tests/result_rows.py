"""Rows of results made in memory: as if runs had finished with these scores."""

from __future__ import annotations

from seqbench.contracts.trial import DatasetReference
from seqbench.results.model_names import ModelKey
from seqbench.results.records import DatasetSummary, TrialRecord
from seqbench.results.rows import Results, Row, Score
from seqbench.results.trial_scores import TagScore
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.costs import COSTS

SCORES, COST_NAMES = [score.name for score in CORE_SCORES], [cost.name for cost in COSTS]


def summary_of(name, **further):
    """A dataset of this name, whose fingerprint is its name too."""
    return DatasetSummary(name=name, fingerprint=name, **further)


def row_of(label, per_seed, dataset=None, *, failures=(), metrics=None, cost=12345.6):
    """The row of a model: all its core scores are these, None for a seed that failed; each seed saw one tag, A."""
    dataset = dataset or summary_of("data")
    scored = TagScore(tag="A", precision=0.5, recall=1.0, f1=2 / 3, support=4)
    reference = DatasetReference(dataset.name, "", dataset.fingerprint)
    trial = TrialRecord(
        seqbench="0", key="0", identity={}, label=label, seed=0, dataset=reference, scores={"per_tag": (scored,)},
        metrics={},
    )  # fmt: skip
    return Row(
        key=ModelKey("run", label),
        dataset=dataset,
        spec=f"{label}()",
        seeds=list(range(len(per_seed))),
        failures=list(failures),
        scores={name: Score.of(per_seed) for name in SCORES},
        metrics=metrics or {},
        costs=dict.fromkeys(COST_NAMES, cost),
        trials=[None if value is None else trial for value in per_seed],
    )


def results_of(*rows, metrics=None, over=None):
    """The results of these rows; models are shown by their labels."""
    datasets = {row.dataset.fingerprint: row.dataset for row in rows}
    names = {row.key: row.key.label for row in rows}
    return Results(datasets=list(datasets.values()), rows=rows, names=names, metrics=metrics or {}, over=over or {})
