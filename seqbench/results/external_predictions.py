"""Predictions of other systems, read from files, as a run like any other: for the same tables and tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from seqbench.contracts.metric import SpanSettings
from seqbench.contracts.trial import DatasetReference, TrialRequest, TrialResult
from seqbench.contracts.trial_key import RESULT_VERSION, key_of
from seqbench.data.corpus import Ids, Sequences, strings
from seqbench.data.dataset import Dataset
from seqbench.data.ignored_tags import OPTION, counted
from seqbench.data.packed_files import plain_name
from seqbench.data.prediction_alignment import Text, check_aligned, completed, missing_note, strange_note
from seqbench.errors import UsageError
from seqbench.registry import provenance
from seqbench.registry.data_argument import parsed, with_options
from seqbench.registry.datasets import gold_alone, has_train, is_file, load, load_file
from seqbench.registry.discovery import Registry
from seqbench.results import environment
from seqbench.results.records import DatasetSummary, Manifest, ModelSummary, WantedTrial
from seqbench.results.saving import save_dataset, save_trial
from seqbench.results.store import Store
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored
from seqbench.version import __version__


@dataclass(frozen=True, eq=False)
class Prediction:
    """A file of predictions: the system that they are from, which of its seeds, and their tag ids (tokens,)."""

    label: str
    seed: int
    source: str
    ids: Ids


def gold_of(text: str, train: str | None, registry: Registry) -> tuple[Dataset, Text]:
    """The dataset whose test set is gold: a file or what `--data` names, with the training set of another, or none.

    With a gold file all of the training file counts as known: no dev is cut from it.
    """
    if is_file(text):
        gold = _text(text, registry)
        learned = train or "train" in parsed(text).options
        chosen = {"train": train, "dev": "none"} if train else {"dev": "none"}
        dataset = load(with_options(text, **chosen), registry) if learned else gold_alone(text, registry)
        return dataset, replace(gold, ignored=_ignored(text))
    if train is None and not has_train(text, registry):
        dataset = gold_alone(text, registry)
    else:
        dataset = load(with_options(text, train=train) if train else text, registry)
    if ignored := _ignored(text):
        raise UsageError(f"?ignore={','.join(ignored)} goes with a gold file: name the file of the test set")
    return dataset, Text(f"test of {dataset.name}", dataset.test)


def _ignored(text: str) -> tuple[str, ...]:
    """Tags of tokens that are left out of the score."""
    return tuple(parsed(text).options.get(OPTION, "").split(",")) if OPTION in parsed(text).options else ()


def predictions(
    texts: Sequence[str], dataset: Dataset, gold: Text, registry: Registry, *, missing_is_wrong: bool = False
) -> tuple[Dataset, list[Prediction]]:
    """Predictions in files, and the dataset with the tags that only predictions have.

    A text is `FILE` or `LABEL=FILE`; a label that comes again is another seed of the same system. Tokens that lack at
    the ends of sentences may count as wrong. Raises `DataError` if a file is not aligned with gold.
    """
    labelled = [_labelled(text) for text in texts]
    _refuse_same([label or _stem(source) for label, source in labelled], [label for label, _ in labelled])
    tags = {tag: i for i, tag in enumerate(dataset.test.tags.vocabulary)}
    read: list[Prediction] = []
    notes = list(dataset.notes)
    known = frozenset(tags)
    for label, source in labelled:
        _refuse_options_of_gold(source)
        text = _text(source, registry)
        if missing_is_wrong:
            text, missing = completed(gold, text)
            notes += missing_note(label or _stem(source), missing, gold.corpus.tokens)
        check_aligned(gold, text)
        predicted = text.corpus.tags.compact()
        ids = np.array([tags.setdefault(tag, len(tags)) for tag in predicted.vocabulary], np.int32)[predicted.ids]
        ids = ids[counted(gold.corpus, gold.ignored)]
        name = label or _stem(source)
        notes += strange_note(name, predicted, known)
        read.append(Prediction(name, sum(prediction.label == name for prediction in read), source, ids))
    old = dataset.test.tags
    test = replace(dataset.test, tags=Sequences(old.ids, old.offsets, strings(tags), old.layers))
    return replace(dataset, test=test, notes=tuple(notes)), read


def _refuse_options_of_gold(source: str) -> None:
    for option in sorted({"train", "dev", OPTION} & set(parsed(source).options)):
        raise UsageError(f"option {option!r} of {source!r} goes with the gold file; leave it out of a prediction")


@dataclass(frozen=True)
class Call:
    """The words of the command that asks for a run, and how spans are read in it."""

    words: Sequence[str] = ()
    spans: SpanSettings = field(default_factory=SpanSettings)


def write(store: Store, dataset: Dataset, predicted: Sequence[Prediction], registry: Registry, call: Call) -> None:
    """Write the run of these predictions. Raises `StoreError` if another run lies there."""
    store.refuse_other("external")
    reference = Reference.of(dataset, call.spans)
    trials = [_trial(dataset, prediction) for prediction in predicted]
    save_dataset(store, dataset, spans=call.spans)
    for prediction, trial in zip(predicted, trials, strict=True):
        save_trial(store, trial, scored(TrialResult(predicted=prediction.ids), reference, registry), reference)
    metrics = {name: entry.summary for name, entry in registry.metrics.items()}
    store.write_manifest(_manifest(dataset, trials, call.words, metrics))


def _text(text: str, registry: Registry) -> Text:
    path, read = load_file(text, registry)
    return Text(str(path), read(path), path, read)


def _labelled(text: str) -> tuple[str | None, str]:
    """A label, if there is one, and the file."""
    label, equals, source = text.partition("=")
    if is_file(text) or not equals or not label or "/" in label or "?" in label:
        return None, text
    return label, source


def _stem(source: str) -> str:
    return plain_name(Path(source.partition("?")[0]).name).rpartition(".")[0] or source


def _refuse_same(names: Sequence[str], labels: Sequence[str | None]) -> None:
    """Two files may have one label only if both were given it."""
    for name, label in zip(names, labels, strict=True):
        if label is None and names.count(name) > 1:
            raise UsageError(f"two predictions are called {name!r}; give them labels: LABEL=FILE")


def _trial(dataset: Dataset, prediction: Prediction) -> TrialRequest:
    """A trial whose key is that of its content."""
    spec = f"external(file={json.dumps(_without_folder(prediction.source), ensure_ascii=False)})"
    tags = json.dumps(dataset.test.tags.vocabulary.tolist()).encode()
    content = hashlib.sha256(prediction.ids.tobytes() + tags).hexdigest()
    identity = {"dataset": dataset.fingerprint, "predictions": content, "result_version": RESULT_VERSION}
    key = key_of(identity)
    reference = DatasetReference(dataset.name, dataset.source, dataset.fingerprint)
    return TrialRequest(key, identity, prediction.label, spec, prediction.seed, reference)


def _without_folder(text: str) -> str:
    """A file as it was named; of an absolute path only the last part, since nobody looks for it again."""
    name = parsed(text).name
    return text.replace(name, Path(name).name, 1) if Path(name).is_absolute() else text


def _manifest(
    dataset: Dataset, trials: Sequence[TrialRequest], command: Iterable[str], metrics: Mapping[str, str]
) -> Manifest:
    specs = {trial.label: trial.spec for trial in trials}
    return Manifest(
        seqbench=__version__,
        result_version=RESULT_VERSION,
        external=True,
        command=tuple(command),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        device=None,
        threads=None,
        versions=dict(provenance.versions()),
        machine=dict(environment.machine()),
        datasets=(
            DatasetSummary(
                name=dataset.name,
                fingerprint=dataset.fingerprint,
                ceiling=dataset.ceiling,
                ceilings=dataset.ceilings,
                source=dataset.source,
                notes=dataset.notes,
            ),
        ),
        models=tuple(ModelSummary(label=label, spec=spec) for label, spec in specs.items()),
        metrics=dict(metrics),
        trials=tuple(WantedTrial(dataset=dataset.fingerprint, label=t.label, seed=t.seed, key=t.key) for t in trials),
    )
