"""Results as flat rows for machines: one for each model, each seed, or each epoch of a seed, with all digits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from seqbench.results.records import TrialRecord
from seqbench.results.rows import Results, Row, TypedIn

Cell: TypeAlias = str | int | float | None


def flat(row: Row, name: str, absent: str | None = "") -> dict[str, Cell]:
    """All that is known of a row under its display name, with all digits; `absent` where there is no value."""
    known = {**_model(row, name), "seeds": len(row.seeds), "status": row.status}
    for metric, score in {**row.scores, **row.metrics}.items():
        known |= {metric: score.mean, f"{metric}_std": score.std}
    return {key: absent if value is None else value for key, value in {**known, **row.costs}.items()}


def flat_seeds(row: Row, name: str) -> Iterator[dict[str, Cell]]:
    """All that is known of each finished seed of a row under its display name, with all digits."""
    for seed, trial in zip(row.seeds, row.trials, strict=True):
        if trial is not None:
            cells: dict[str, Cell] = {"dataset": row.dataset.name, "model": name, "spec": row.spec, "seed": seed}
            cells |= {score: trial.score(score) for score in row.scores}
            yield {**cells, **trial.metrics, **trial.timings}


def flat_rows(results: Results, kind: str) -> list[dict[str, Cell]]:
    """Rows of results: one for each model ("models"), each of its seeds ("seeds"), or each report of one ("epochs")."""
    if kind == "models":
        return [*(flat(row, results.name(row)) for row in results.rows), *map(_typed_in, results.beside)]
    per_trial = _seeds if kind == "seeds" else _epochs
    return [flat for row in results.rows for flat in per_trial(row, results.name(row))]


def _typed_in(typed: TypedIn) -> dict[str, Cell]:
    status = f"typed in ({typed.file})"
    return {"dataset": typed.dataset, "model": typed.model, "status": status, "accuracy": typed.accuracy}


def _model(row: Row, name: str) -> dict[str, Cell]:
    """The dataset and the model of a row; a dataset that was drawn from another says how."""
    drawn = {f"data_{what}": value for what, value in row.dataset.drawn.items()}
    return {"dataset": row.dataset.name, **drawn, "model": name, "spec": row.spec}


def _seeds(row: Row, name: str) -> Iterator[dict[str, Cell]]:
    """Every seed, finished or not; one that failed, or was not run yet, has its error and no scores."""
    errors = {failure.seed: failure.error for failure in row.failures}
    waiting = {failure.seed for failure in row.failures if failure.not_run}
    for seed, trial in zip(row.seeds, row.trials, strict=True):
        status = "finished" if trial else "not run" if seed in waiting else "failed"
        known: dict[str, Cell] = {**_model(row, name), "seed": seed, "status": status, "error": errors.get(seed, "")}
        known |= {metric: trial.score(metric) for metric in row.scores} if trial else {}
        known |= {metric: trial.metrics.get(metric) for metric in row.metrics} if trial else {}
        known |= {cost: trial.timings.get(cost) for cost in row.costs} if trial else {}
        yield {key: "" if value is None else value for key, value in known.items()}


def _epochs(row: Row, name: str) -> Iterator[dict[str, Cell]]:
    for trial in row.finished_trials:
        yield from _curve(row, name, trial)


def _curve(row: Row, name: str, trial: TrialRecord) -> Iterator[dict[str, Cell]]:
    """The learning curve of a trial: what its tagger reported, in order."""
    for step in trial.curve:
        known: dict[str, Cell] = {**_model(row, name), "seed": trial.seed}
        yield {**known, **step, **known}  # whatever a tagger calls its reports
