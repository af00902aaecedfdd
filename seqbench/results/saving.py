"""Keeping datasets and trials in a run's folder, as records and arrays."""

from __future__ import annotations

from dataclasses import asdict

import msgspec
import numpy as np

from seqbench.contracts.metric import SpanSettings
from seqbench.contracts.trial import Failure, TrialRequest, TrialResult
from seqbench.data.dataset import Dataset
from seqbench.errors import UsageError
from seqbench.results.record_files import Arrays
from seqbench.results.records import DatasetRecord, FailureRecord, FailureText, Json, Sizes, TrialRecord
from seqbench.results.store import Store
from seqbench.scoring.reference import Reference
from seqbench.scoring.tag_scores import MOST_IN_MATRIX, confusion
from seqbench.version import __version__


def save_dataset(store: Store, dataset: Dataset, *, test: str = "test", spans: SpanSettings | None = None) -> None:
    """Keep the test set of a dataset, unless it is kept already; `test` names the split that is scored.

    Raises `UsageError` if the dataset is kept there with other settings of spans.
    """
    spans = spans or SpanSettings()
    if store.dataset_path(dataset.fingerprint).is_file():
        if spans_of(store.dataset(dataset.fingerprint)) != spans:
            raise UsageError(
                f"{str(store.folder)!r} counts the spans of {dataset.name!r} with another --scheme, --policy or "
                "--without-type; give this run another --out"
            )
        return
    reference = Reference.of(dataset, spans)
    arrays: Arrays = {
        "gold": reference.gold,
        "sentence_offsets": reference.offsets,
        "document_starts": dataset.test.documents,
        "known": reference.known,
        "ambiguous": reference.ambiguous,
        "repeated": reference.repeated,
    }
    store.write_dataset(_described(dataset, reference, test), arrays)


def _described(dataset: Dataset, reference: Reference, test: str) -> DatasetRecord:
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    return DatasetRecord(
        name=dataset.name,
        fingerprint=dataset.fingerprint,
        source=dataset.source,
        tags=reference.tags,
        learned_tags=reference.learned,
        splits={name: Sizes(sentences=len(part), tokens=part.tokens) for name, part in splits.items() if part},
        scored_split=test,
        ceiling=dataset.ceiling,
        ceilings=dataset.ceilings,
        notes=dataset.notes,
        scheme=reference.spans.scheme,
        policy=reference.spans.policy,
        without_types=reference.spans.without,
    )


def spans_of(record: DatasetRecord) -> SpanSettings:
    """How the spans of a dataset are read in a run."""
    return SpanSettings(scheme=record.scheme, policy=record.policy, without=record.without_types)


def save_trial(store: Store, trial: TrialRequest, result: TrialResult, reference: Reference) -> None:
    """Keep a trial, finished (with its scores) or failed."""
    if result.failure or result.predicted is None:
        store.write_failure(_failed(trial, result.failure or Failure("", None, "it gave no predictions", "")))
        return
    ids = result.predicted.astype(np.min_scalar_type(max(0, len(reference.tags) - 1)))  # a quarter of the bytes
    arrays: Arrays = {"predicted": ids}
    if len(reference.tags) <= MOST_IN_MATRIX:
        arrays = {**arrays, "confusion": confusion(reference.outcome(result.predicted))}
    if result.certainty is not None:
        arrays = {**arrays, "certainty": result.certainty}
    store.write_trial(_finished(trial, result), arrays)


def _head(trial: TrialRequest) -> dict[str, Json]:
    """Fields that the records of finished and failed trials have in common."""
    return {
        "seqbench": __version__,
        "key": trial.key,
        "identity": dict(trial.identity),
        "label": trial.label,
        "seed": trial.seed,
        "dataset": asdict(trial.dataset),
    }


def _finished(trial: TrialRequest, result: TrialResult) -> TrialRecord:
    parts = {part: getattr(result, part) for part in ("scores", "metrics", "timings", "curve", "notes", "trained_on")}
    return msgspec.convert({**_head(trial), **parts, "score_names": tuple(result.scores)}, TrialRecord)


def _failed(trial: TrialRequest, failure: Failure) -> FailureRecord:
    lines = tuple(failure.traceback.splitlines())
    text = FailureText(plugin=failure.plugin, version=failure.version, error=failure.error, traceback=lines)
    return FailureRecord(**{**_head(trial), "dataset": trial.dataset}, failure=text)
