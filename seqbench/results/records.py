"""Records of a run: trials and datasets written to its folder."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from seqbench.contracts.trial import Failure, TrialRequest, TrialResult
from seqbench.data.dataset import Dataset
from seqbench.results.store import Arrays, Store
from seqbench.scoring.metrics import confusion
from seqbench.scoring.reference import Reference
from seqbench.version import __version__


def write_data(store: Store, dataset: Dataset, *, test: str = "test") -> None:
    """Keep what scores can be taken from again, unless it is there; `test` names the split of the corpus that it is."""
    path = store.folder / "data" / f"{dataset.fingerprint}.json"
    if path.is_file():
        return
    reference = Reference.of(dataset)
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    sizes = {name: {"sentences": len(s), "tokens": s.tokens} for name, s in splits.items() if s}
    about = {"name": dataset.name, "fingerprint": dataset.fingerprint, "source": dataset.source}
    arrays: Arrays = {
        "gold": reference.gold,
        "sentence_offsets": reference.offsets,
        "document_starts": dataset.test.documents,
        "known": reference.known,
        "ambiguous": reference.ambiguous,
        "repeated": reference.repeated,
    }
    tags = {"tags": reference.tags, "learned_tags": reference.learned}
    further = {"splits": sizes, "scored_split": test, "ceiling": dataset.ceiling, "notes": dataset.notes}
    store.write_pair(path, {**about, **tags, **further}, arrays)


def save(store: Store, trial: TrialRequest, result: TrialResult, reference: Reference) -> None:
    """Keep a trial, finished (with its scores) or failed."""
    about = {
        "seqbench": __version__,
        "key": trial.key,
        "identity": trial.identity,
        "label": trial.label,
        "seed": trial.seed,
        "dataset": asdict(trial.dataset),
    }
    failed = store.trial_path(trial.label, trial.seed, trial.key, ".failed.json")
    if result.failure or result.predicted is None:
        failure = result.failure or Failure("", None, "it gave no predictions", "")
        store.write_json(failed, {**about, "failure": {**asdict(failure), "traceback": failure.traceback.splitlines()}})
        return
    found = {"scores": result.scores, "metrics": result.metrics, "timings": result.timings, "curve": result.curve}
    found["notes"] = result.notes
    matrix = confusion(reference.outcome(result.predicted))
    ids = result.predicted.astype(np.min_scalar_type(max(0, len(reference.tags) - 1)))  # a quarter of the bytes
    arrays: Arrays = {"predicted": ids, "confusion": matrix}
    if result.certainty is not None:
        arrays = {**arrays, "certainty": result.certainty}
    store.write_pair(store.trial_path(trial.label, trial.seed, trial.key), {**about, **found}, arrays)
    failed.unlink(missing_ok=True)
