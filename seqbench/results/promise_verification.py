"""Promises of a run's records beyond scores: which trials there are, of which model, seed and data, and how sure."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from seqbench.contracts.trial_key import key_of
from seqbench.data.dataset import Dataset
from seqbench.data.next_word import task_of
from seqbench.errors import SeqbenchError
from seqbench.registry.specs import parse, split
from seqbench.results.array_check import Arrays
from seqbench.results.paths import portable_label
from seqbench.results.records import DatasetRecord, DatasetSummary, Manifest, Sizes, TrialRecord, WantedTrial
from seqbench.results.store import Store
from seqbench.scoring.log_loss import PERPLEXITY, perplexity
from seqbench.scoring.reference import Reference

_NEAR = 1e-4
_SUM = 1.02
"""The most that two probabilities of a token may add up to; their sum may be off by as much as `confidence` allows."""
_FOLDERS = re.compile(r"[^\s'\"(=,\[]*/")


def unkept_promises(manifest: Manifest) -> Iterator[str]:
    """Models and seeds that the request of a run asks for, and that run.json does not have."""
    if manifest.tuning or manifest.external or manifest.earlier:
        return
    seeds: dict[tuple[str, str], set[int]] = defaultdict(set)
    for trial in manifest.trials:
        seeds[trial.dataset, trial.label].add(trial.seed)
    plan = manifest.plan
    most = max((max(each) + 1 for each in seeds.values()), default=0)
    seed_count = most if plan is None else plan.get("seeds", 1)
    for dataset in manifest.datasets:
        for model in manifest.models:
            number = 1 if model.deterministic else seed_count if isinstance(seed_count, int) else most
            here = seeds[dataset.fingerprint, model.label]
            if len(here) != number or max(here, default=-1) >= number:
                yield f"run.json names other seeds of {model.label} on {dataset.name} than were asked for"
    labels = {model.label for model in manifest.models}
    yield from (f"run.json lacks model {label!r}, which its plan asks for" for label in _planned(plan) - labels)


def _planned(plan: object) -> set[str]:
    """The labels that a plan names; a plan that cannot be read names none."""
    texts = plan.get("models") if isinstance(plan, dict) else None
    try:
        return {portable_label(parse(part).label) for text in texts or () for part in split(text)}
    except (SeqbenchError, TypeError, AttributeError, RecursionError):
        return set()


def unnamed_trials(store: Store, manifest: Manifest) -> list[str]:
    """Keys of finished trials that run.json does not name."""
    named = {trial.key for trial in (*manifest.trials, *(manifest.superseded or ()))}
    return sorted(store.keys() - named)


def unlike_identity(record: TrialRecord, trial: WantedTrial, manifest: Manifest) -> Iterator[str]:
    """Statements of run.json on a trial that contradict the identity that its key hashes."""
    identity = record.identity
    if key_of(identity) != trial.key:
        yield "what determines it does not give its key"
    if identity.get("dataset") != trial.dataset or record.dataset.fingerprint != trial.dataset:
        yield "it was made on other data than run.json says"
    if manifest.external:
        return
    spec = next(model.spec for model in manifest.models if model.label == trial.label)
    if identity.get("seed") != trial.seed:
        yield "it was made with another seed than run.json says"
    if _FOLDERS.sub("", str(identity.get("spec"))) != _FOLDERS.sub("", spec):
        yield "it was made with another spec than run.json says"


def unlike_predictions(record: TrialRecord, predicted: Arrays, tags: tuple[str, ...]) -> Iterator[str]:
    """Whether predictions from elsewhere are those that their key was made of."""
    content = predicted["predicted"].astype(np.int32).tobytes() + json.dumps(list(tags)).encode()
    if "predictions" in record.identity and record.identity["predictions"] != hashlib.sha256(content).hexdigest():
        yield "its predictions are not those that its key was made of"


def impossible_certainty(arrays: Arrays, reference: Reference) -> Iterator[str]:
    """Whether probabilities contradict each other, or the predictions that they go with."""
    if "certainty" not in arrays:
        return
    sure, of_gold, squares = arrays["certainty"].astype(np.float64)
    right = arrays["predicted"] == reference.gold
    wrong = (right & (np.abs(sure - of_gold) > _NEAR)) | ((reference.gold >= reference.learned) & (of_gold > 0))
    wrong |= ~right & (sure + of_gold > _SUM)
    wrong |= squares + _NEAR < sure**2 + np.where(right, 0, of_gold**2)
    if wrong.any():
        yield f"its certainty contradicts itself or its predictions at {int(wrong.sum())} of {len(wrong)} tokens"


def unlike_perplexity(record: TrialRecord, arrays: Arrays, dataset: DatasetRecord) -> Iterator[str]:
    """Whether the perplexity of next words is that of the probabilities that lie here."""
    if not task_of(dataset.source):
        return
    kept = record.timings.get(PERPLEXITY)
    again = perplexity(arrays["certainty"][1]) if "certainty" in arrays else None
    if kept != again:
        yield f"perplexity is not what its probabilities give: {kept!r} is kept, {again!r} comes out"


def unlike_corpus(record: DatasetRecord, arrays: Arrays, dataset: Dataset) -> Iterator[str]:
    """Statements of a dataset's record and arrays that contradict the corpus, beside the gold tags."""
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    sizes = {name: Sizes(sentences=len(part), tokens=part.tokens) for name, part in splits.items() if part}
    tags = tuple(dataset.test.tags.vocabulary)
    if not np.array_equal(arrays["document_starts"], dataset.test.documents):
        yield "document_starts are not those of its corpus"
    if record.splits != sizes:
        yield "the sizes of its splits are not those of its corpus"
    if record.tags[: len(tags)] != tags or record.learned_tags != len(dataset.train.tags.vocabulary):
        yield "its tags are not those of its corpus"
    if (record.ceiling, record.ceilings) != (dataset.ceiling, dataset.ceilings):
        yield "its ceiling is not that of its corpus"


def unlike_record(summary: DatasetSummary, record: DatasetRecord) -> Iterator[str]:
    """Statements of run.json on a dataset that contradict its record."""
    if (summary.ceiling, summary.ceilings) != (record.ceiling, record.ceilings):
        yield "its ceiling in run.json is not that of its record"
    sizes, train = summary.sentences, record.splits.get("train")
    if sizes is not None and (
        sizes.test != record.splits["test"].sentences or (train is not None and sizes.train != train.sentences)
    ):
        yield "its sizes in run.json are not those of its record"
