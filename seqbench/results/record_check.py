"""The check of records beyond their types: names that are parts of paths, numbers in range, what belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from seqbench.results.records import DatasetRecord, FailureRecord, Json, Manifest, TrialRecord
from seqbench.scoring.core_scores import CORE_SCORES

_PART_OF_A_PATH = re.compile(r"[\w-]{1,64}", re.ASCII)
_SHARES = tuple(score.name for score in CORE_SCORES)
_LARGEST = 1e100
_LONGEST, _LONGEST_PATH = 100_000, 10_000
_SEEDS = 2**63


def check(record: Struct) -> None:
    """Raises `ValueError` if a record holds what no run writes."""
    if isinstance(record, Manifest):
        _manifest(record)
    elif isinstance(record, DatasetRecord):
        _dataset(record)
    elif isinstance(record, TrialRecord | FailureRecord):
        _name(record.key, "key")
        _known(0 <= record.seed < _SEEDS, "a seed must be a whole number of at least 0")
        if isinstance(record, TrialRecord):
            _numbers(record)


def _manifest(manifest: Manifest) -> None:
    fingerprints = [dataset.fingerprint for dataset in manifest.datasets]
    labels = [model.label for model in manifest.models]
    trials = [(trial.dataset, trial.label, trial.seed) for trial in manifest.trials]
    for names, kind in ((fingerprints, "dataset"), (labels, "model"), (trials, "trial")):
        _known(len(set(names)) == len(names), f"a {kind} is named twice")
    for trial in (*manifest.trials, *(manifest.superseded or ())):
        _name(trial.key, "key")
        _known(0 <= trial.seed < _SEEDS, "a seed must be a whole number of at least 0")
    longest = max(map(len, (*labels, *(text for d in manifest.datasets for text in (d.name, d.source)))), default=0)
    _known(longest <= _LONGEST, f"a name of {longest:,} characters is none of a model or dataset")
    known = set(fingerprints), set(labels)
    _known(
        all(trial.dataset in known[0] and trial.label in known[1] for trial in manifest.trials),
        "a trial is of a dataset or model that is not listed",
    )
    for folder in [manifest.folder, *(request.folder for request in manifest.earlier)]:
        _known("\0" not in folder and len(folder) <= _LONGEST_PATH, "a folder must be a path")
    for dataset in manifest.datasets:
        _name(dataset.fingerprint, "fingerprint")
        _fraction(dataset.ceiling, "ceiling")
        sizes = dataset.sentences
        _known(sizes is None or min(sizes.train, sizes.test, sizes.repeated) >= 0, "a size must be at least 0")


def _dataset(record: DatasetRecord) -> None:
    _name(record.fingerprint, "fingerprint")
    _fraction(record.ceiling, "ceiling")
    _known(max(len(record.name), len(record.source)) <= _LONGEST, "its name is none of a dataset")
    _known(len(set(record.tags)) == len(record.tags), "a tag is named twice")
    _known(0 <= record.learned_tags <= len(record.tags), "learned_tags must be a number of tags")
    _known("test" in record.splits, "there is no test split")
    _known(all(min(s.sentences, s.tokens) >= 0 for s in record.splits.values()), "a size must be at least 0")


def _numbers(record: TrialRecord) -> None:
    scores = record.scores
    for name in _SHARES:
        score = scores.get(name)
        if score is not None and not isinstance(score, tuple) and not 0 <= score <= 1:
            raise ValueError(f"{name} must be from 0 to 1")
    for tag in record.per_tag:
        if not (0 <= tag.precision <= 1 and 0 <= tag.recall <= 1 and 0 <= tag.f1 <= 1):
            raise ValueError(f"precision, recall and f1 of tag {tag.tag[:40]!r} must be from 0 to 1")
    _finite([score for score in scores.values() if not isinstance(score, tuple)], "scores")
    _finite(record.metrics.values(), "metrics")
    _finite(record.timings.values(), "timings")
    _known(min(filter(None, record.timings.values()), default=0) >= 0, "timings must be at least 0")
    for step in record.curve:
        _finite(step.values(), "curve")


def _name(text: str, what: str) -> None:
    """A name that is part of a path must lead nowhere else."""
    _known(_PART_OF_A_PATH.fullmatch(text) is not None, f"a {what} must be letters and digits, was: {text[:40]!r}")


def _fraction(value: Json, name: str) -> None:
    _known(value is None or 0 <= value <= 1, f"{name} must be from 0 to 1")


def _finite(values: Iterable[Json], name: str) -> None:
    for value in values:  # of thousands of trials a generator takes three times as long
        if value is not None and not -_LARGEST < value < _LARGEST:
            raise ValueError(f"{name} must be finite numbers")


def _known(right: object, message: str) -> None:
    if not right:
        raise ValueError(message)
