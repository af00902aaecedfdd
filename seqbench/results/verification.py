"""Every score of a run taken again from the predictions and the gold tags that lie there, and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
import numpy as np
from msgspec.structs import replace

from seqbench.contracts.trial import TrialResult
from seqbench.errors import DataError, SeqbenchError, StoreError
from seqbench.registry.discovery import Registry
from seqbench.results.array_check import checked_predictions
from seqbench.results.predictions import TagSpace
from seqbench.results.promise_verification import (
    impossible_certainty,
    unkept_promises,
    unlike_corpus,
    unlike_identity,
    unlike_perplexity,
    unlike_predictions,
    unlike_record,
    unnamed_trials,
)
from seqbench.results.records import DatasetSummary, Manifest, TrialRecord, WantedTrial
from seqbench.results.source_corpus import reread
from seqbench.results.store import Store
from seqbench.results.trial_scores import Scores
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored
from seqbench.scoring.tag_scores import MOST_IN_MATRIX, confusion


@dataclass
class Verification:
    """Number of trials that were looked at, what is wrong with the run, and what could not be looked at."""

    trials: int = 0
    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def verify(store: Store, registry: Registry) -> Verification:
    """Look at every finished trial; `unknown` tells of metrics and corpora that are not there any more."""
    verification = Verification()
    manifest = store.manifest()
    references = {d.fingerprint: _reference(store, d, registry, verification) for d in manifest.datasets}
    verification.wrong += unkept_promises(manifest)
    for key in unnamed_trials(store, manifest):
        listed = verification.unknown if manifest.superseded is None else verification.wrong
        listed.append(f"a finished trial lies here that run.json does not name: its key is {key}")
    names = {dataset.fingerprint: dataset.name for dataset in manifest.datasets}
    for trial in manifest.trials:
        name = f"{trial.label}, seed {trial.seed}, on {names[trial.dataset]}"
        if not store.is_finished(trial):
            damaged = store.is_damaged(trial)
            (verification.wrong if damaged else verification.unknown).append(f"{name}: {damaged or 'not finished'}")
            continue
        verification.trials += 1
        reference = references[trial.dataset]
        if reference is not None:
            try:
                looked = Looked(store, manifest, reference, registry, verification)
                faults = list(_trial(looked, trial))
            except StoreError as error:
                faults = [str(error)]
            verification.wrong += [f"{name}: {fault}" for fault in faults]
    verification.unknown = list(dict.fromkeys(verification.unknown))
    return verification


def _reference(
    store: Store, dataset: DatasetSummary, registry: Registry, verification: Verification
) -> Reference | None:
    """The gold of a dataset, compared with its corpus where that can be read."""
    try:
        space = TagSpace.of([store], dataset.fingerprint)
        kept, arrays = space.reference(), store.dataset_arrays(space.record)
    except StoreError as error:
        verification.wrong.append(f"dataset {dataset.name}: {error}")
        return None
    verification.wrong += [f"dataset {dataset.name}: {f}" for f in unlike_record(dataset, space.record)]
    try:
        corpus = reread(space.record, registry)
        fresh = Reference.of(corpus)
    except (DataError, SeqbenchError) as error:
        why = f"its gold tags were not compared with its corpus: {error}"
        verification.unknown.append(f"dataset {dataset.name}: {why}")
        return kept
    parts = ("gold", "offsets", "known", "ambiguous")
    if any(not np.array_equal(getattr(kept, part), getattr(fresh, part)) for part in parts):
        verification.wrong.append(f"dataset {dataset.name}: the gold tags that lie here are not those of its corpus")
    verification.wrong += [f"dataset {dataset.name}: {f}" for f in unlike_corpus(space.record, arrays, corpus)]
    return kept


@dataclass(frozen=True)
class Looked:
    """References that a trial is held against, and the list in which faults are collected."""

    store: Store
    manifest: Manifest
    reference: Reference
    registry: Registry
    verification: Verification


def _trial(looked: Looked, trial: WantedTrial) -> Iterator[str]:
    store, reference = looked.store, looked.reference
    record = store.required_trial(trial)
    arrays = store.trial_arrays(record)
    small = len(reference.tags) <= MOST_IN_MATRIX
    for name in ("predicted", "confusion") if small else ("predicted",):
        if name not in arrays:
            yield f"{name} is not there"
            return
    yield from unlike_identity(record, trial, looked.manifest)
    if len(arrays["predicted"]) != len(reference.gold):
        yield f"it has {len(arrays['predicted'])} predictions for {len(reference.gold)} tokens"
        return
    checked_predictions(arrays, store.dataset(trial.dataset), "its .npz")
    yield from unlike_predictions(record, arrays, reference.tags)
    yield from impossible_certainty(arrays, reference)
    yield from unlike_perplexity(record, arrays, store.dataset(trial.dataset))
    if small and not np.array_equal(confusion(reference.outcome(arrays["predicted"])), arrays["confusion"]):
        yield "the confusion matrix is not that of its predictions"
    again = scored(TrialResult(predicted=arrays["predicted"]), reference, looked.registry)
    recomputed = replace(record, scores=msgspec.convert(again.scores, Scores), metrics=dict(again.metrics))
    yield from _differing_scores(record, recomputed, looked.verification)
    yield from _differing_metrics(record, recomputed, looked)


def _differing_scores(kept: TrialRecord, again: TrialRecord, verification: Verification) -> Iterator[str]:
    for name in again.scores:
        if name not in kept.scores and name not in kept.score_names:
            verification.unknown.append(f"{name}: there are trials made before seqbench computed it")
        elif name not in kept.scores:
            yield f"{name} is not there"
        elif kept.score(name) != again.score(name):
            yield _difference(name, kept.score(name), again.score(name))
    if kept.per_tag != again.per_tag:
        yield "per_tag is not what its predictions give"


def _differing_metrics(kept: TrialRecord, again: TrialRecord, looked: Looked) -> Iterator[str]:
    promised = () if looked.manifest.earlier else looked.manifest.metrics
    yield from (f"{name} is not there" for name in promised if name not in kept.metrics)
    for name, value in kept.metrics.items():
        if name not in again.metrics:
            looked.verification.unknown.append(f"{name}: not recomputed, nothing that computes it is installed")
        elif again.metrics[name] != value:
            yield _difference(name, value, again.metrics[name])


def _difference(name: str, kept: float | None, again: float | None) -> str:
    return f"{name} is not what its predictions give: {kept!r} is kept, {again!r} comes out"
