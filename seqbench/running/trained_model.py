"""The model of a trial: what was learned, written where the tagger is, and the record that makes a folder of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self, TypeAlias

import msgspec
import numpy as np

from seqbench.contracts.dev_metric import DevMetric
from seqbench.contracts.learned_files import write_learned
from seqbench.contracts.plain_number import plain_number
from seqbench.contracts.tagger import Probabilistic, Saveable, Tagger
from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.data.corpus import Ids, Sequences
from seqbench.data.dataset import Dataset
from seqbench.data.vocabularies import Vocabularies
from seqbench.errors import UsageError, cause
from seqbench.registry import provenance
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Plugin, reason
from seqbench.registry.specs import parse
from seqbench.results.model_folder import LEARNED, VOCABULARY
from seqbench.results.model_record import FORMAT, KeptScore, ModelRecord, Origin, Probe, TrainedOn
from seqbench.results.paths import portable_label
from seqbench.results.process_identity import temporary
from seqbench.results.records import Json, Sizes
from seqbench.running.prediction_check import checked
from seqbench.running.use_costs import use_costs
from seqbench.scoring.core_scores import CORE_SCORES
from seqbench.scoring.reference import Reference
from seqbench.scoring.selection import dev_score
from seqbench.version import __version__

Intervals: TypeAlias = Callable[[Reference, Ids], Mapping[str, tuple[float, float]]]
"""From gold and predicted tags to the 95 % interval of each score."""
Kept: TypeAlias = Literal["best", "all"]
_PROBED = 8


@dataclass(frozen=True)
class Keep:
    """Choice of the models of a run that are kept, and how the intervals of their scores are found.

    `cold_start`: also measure how long a new process takes to load each of them and to tag a word.
    """

    which: Kept
    intervals: Intervals
    cold_start: bool = False

    @classmethod
    def of(cls, which: Kept | None, intervals: Intervals, *, cold_start: bool) -> Self | None:
        """The choice, None where no model is kept. Raises `UsageError` if there is no model to measure."""
        if which is None and cold_start:
            raise UsageError("--cold-start measures the models that a run keeps; add --keep best, or leave it out")
        return cls(which, intervals, cold_start) if which else None


def save(tagger: Tagger, request: TrialRequest, dataset: Dataset, metric: DevMetric) -> dict[str, Json]:
    """Write what a fitted tagger has learned into the folder of the request; what the run must know of it, or why not.

    Whatever the tagger raises costs the model and not the trial.
    """
    if not isinstance(tagger, Saveable):
        return {"error": "this model cannot be kept, since it has no save and load (see seqbench.Saveable)"}
    try:
        (learned := Path(request.keep, LEARNED)).mkdir(parents=True)
        tagger.save(learned)
        (vocabulary := Path(request.keep, VOCABULARY)).mkdir()
        write_learned(vocabulary, Vocabularies.of(dataset.train))
        return {
            "dev_score": _dev_score(tagger, dataset, metric),
            "probe": msgspec.to_builtins(_probe(tagger, dataset)),
            "costs": use_costs(tagger, dataset.test.sentences, Path(request.keep)),
        }
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's code may raise anything
        return {"error": f"this model cannot be kept: {_why(error)}"}


def _why(error: BaseException) -> str:
    """The reason of a failure; of a file that the system refuses, the file and what the system says."""
    if isinstance(error, OSError) and error.filename:
        return f"{str(error.filename)!r}: {cause(error)}"
    return reason(error)


def _dev_score(tagger: Tagger, dataset: Dataset, metric: DevMetric) -> float | None:
    """The score on dev that chooses the best seed, None where there is no dev, or the metric gives no number."""
    dev = dataset.dev
    if dev is None or not dev.tokens:
        return None
    predicted = checked(tagger.predict(dev.sentences), dev.sentences, dataset.train.tags.vocabulary)
    return plain_number(dev_score(metric, predicted, dev.tags))


def _probe(tagger: Tagger, dataset: Dataset) -> Probe:
    """Short sentences of test and train's last one: words from both ends of the vocabulary, and unknown ones."""
    chosen = np.array(sorted(range(min(len(dataset.test), 50)), key=dataset.test.sentences.lengths.__getitem__), int)
    sentences = [dataset.test.sentences.take(chosen[:_PROBED]), dataset.train.sentences[-1:]]
    parts = [(part, checked(tagger.predict(part), part, dataset.train.tags.vocabulary)) for part in sentences]
    certain = [_certain(tagger, part, ids) for part, ids in parts]
    named = [Sequences(ids, part.offsets, dataset.train.tags.vocabulary) for part, ids in parts]
    return Probe(
        sentences=tuple(tuple(s) for part in sentences for s in part),
        tags=tuple(tuple(tags) for part in named for tags in part),
        probabilities=None if certain[0] is None else tuple(p for part in certain for p in part or ()),
        layers={
            name: tuple(tuple(s) for part in sentences for s in part.layers[name])
            for name in dataset.train.sentences.layers
        },
    )


def _certain(tagger: Tagger, sentences: Sequences, ids: Ids) -> list[float] | None:
    """How probable the tag of each token is; None for a tagger without probabilities."""
    if not isinstance(tagger, Probabilistic):
        return None
    probabilities = np.asarray(tagger.predict_proba(sentences))
    return [round(float(p), 6) for p in probabilities[np.arange(len(ids)), ids]]


def record_of(
    trial: TrialRequest, result: TrialResult, dataset: Dataset, registry: Registry, intervals: Intervals
) -> ModelRecord:
    """The record of a finished trial whose tagger was saved, without the files."""
    limits = {} if result.predicted is None else intervals(Reference.of(dataset), result.predicted)
    scores = {score.name: result.scores.get(score.name) for score in CORE_SCORES}
    kept = result.kept or {}
    return ModelRecord(
        format=FORMAT,
        seqbench=__version__,
        kept=datetime.now(UTC).isoformat(timespec="seconds"),
        label=trial.label,
        spec=portable_label(trial.spec),
        key=trial.key,
        seed=trial.seed,
        device=trial.device,
        threads=trial.threads,
        origin=_origin(registry.tagger(parse(trial.spec).name).plugin),
        tags=tuple(dataset.tags),
        layers=tuple(dataset.train.sentences.layers),
        trained_on=_trained_on(dataset),
        scores={name: KeptScore(value=value, ci95=limits.get(name)) for name, value in scores.items()},
        metrics=dict(result.metrics),
        dev_score=kept["dev_score"],
        dev_metric=str(trial.select or "accuracy"),
        timings=dict(result.timings),
        notes=tuple(result.notes),
        probe=msgspec.convert(kept["probe"], Probe),
    )


def _origin(plugin: Plugin) -> Origin:
    return Origin(
        plugin=plugin.name,
        distribution=plugin.distribution,
        version=plugin.version,
        file_sha256=provenance.contents_of(plugin.file) if plugin.file else None,
    )


def _trained_on(dataset: Dataset) -> TrainedOn:
    splits = {"train": dataset.train, "dev": dataset.dev, "test": dataset.test}
    return TrainedOn(
        name=dataset.name,
        fingerprint=dataset.fingerprint,
        source=dataset.source,
        splits={name: Sizes(sentences=len(part), tokens=part.tokens) for name, part in splits.items() if part},
        notes=dataset.notes,
    )


def put(folder: Path, target: Path) -> None:
    """Put a whole folder in its place; one that lies there goes."""
    old = temporary(target.with_name(f"{target.name}.old"))
    if target.exists():
        target.rename(old)
    folder.rename(target)
    shutil.rmtree(old, ignore_errors=True)
