"""Published results beside a run: on the same data, by the same metrics, of models that the run has not trained itself.

The fingerprint of the data, the canonical spec of a model and the version of the metrics tell what is the same; never
the key of a trial, which hashes code and conditions too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from seqbench.contracts.hyperparameters import fields_of
from seqbench.contracts.metric import SpanSettings
from seqbench.contracts.trial_key import RESULT_VERSION
from seqbench.errors import SeqbenchError
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import parse
from seqbench.results.records import DatasetSummary, Manifest
from seqbench.results.saving import spans_of
from seqbench.results.store import Store


@dataclass(frozen=True)
class Published:
    """Published runs, each as far as it goes with the own runs, and sentences about what is there and what is not."""

    stores: Sequence[Store] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Own:
    """Contents of the own runs: datasets and settings of spans by fingerprint, and the specs of models on each."""

    datasets: dict[str, DatasetSummary] = field(default_factory=dict)
    spans: dict[str, SpanSettings] = field(default_factory=dict)
    specs: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, stores: Sequence[Store]) -> Own:
        """Contents of these runs."""
        own = cls()
        for store in stores:
            manifest = store.manifest()
            for dataset in manifest.datasets:
                own.datasets.setdefault(dataset.fingerprint, dataset)
                if store.dataset_path(dataset.fingerprint).is_file():
                    own.spans[dataset.fingerprint] = spans_of(store.dataset(dataset.fingerprint))
                own.specs.update((dataset.fingerprint, model.spec) for model in manifest.models)
        return own


def published_beside(stores: Sequence[Store], registry: Registry) -> Published:
    """All registered published results that go with these runs; what cannot be read is left out with a note."""
    own, fitting, notes = Own.of(stores), list[Store](), list[str]()
    for name, entry in sorted(registry.published.items()):
        try:
            store = Store.open(Path(str(entry.load())))
            part = _part(own, store, notes, registry)
        except SeqbenchError as error:
            notes.append(f"published results {name!r} are left out: {error}")
            continue
        if part is not None:
            fitting.append(store.only(part))
            notes.append(_told(part))
    fingerprints = {dataset.fingerprint for store in fitting for dataset in store.manifest().datasets}
    absent = [dataset for fingerprint, dataset in own.datasets.items() if fingerprint not in fingerprints]
    listed = f"; published: {', '.join(sorted(registry.published)) or 'nothing'}"
    notes += [f"nothing that is published goes with {d.name} (fingerprint {d.fingerprint}){listed}" for d in absent]
    return Published(fitting, notes)


def _part(own: Own, store: Store, notes: list[str], registry: Registry) -> Manifest | None:
    """The part of a published run that goes with the own ones; None where nothing does."""
    manifest = store.manifest()
    notes += _other_data(own, manifest)
    datasets = [dataset for dataset in manifest.datasets if dataset.fingerprint in own.datasets]
    if datasets and manifest.result_version != RESULT_VERSION:
        versions = f"theirs is {manifest.result_version}, here it is {RESULT_VERSION}"
        notes.append(f"published results for {datasets[0].name} have another version of metrics: {versions}")
        return None
    alike = [d for d in datasets if own.spans.get(d.fingerprint) in (None, spans_of(store.dataset(d.fingerprint)))]
    notes += [f"published results for {d.name} read spans in another way" for d in datasets if d not in alike]
    prints = {dataset.fingerprint for dataset in alike}
    specs = {spec for fingerprint, spec in own.specs if fingerprint in prints}
    doubles = [model for model in manifest.models if any(_is_same(spec, model.spec, registry) for spec in specs)]
    here = "is left out: the same model with the same settings is here already"
    notes += [f"published {model.label} {here}" for model in doubles]
    models = [model for model in manifest.models if model not in doubles]
    labels = {model.label for model in models}
    trials = tuple(t for t in manifest.trials if t.dataset in prints and t.label in labels)
    return replace(manifest, datasets=tuple(alike), models=tuple(models), trials=trials) if trials else None


def _is_same(own: str, published: str, registry: Registry) -> bool:
    """Whether two canonical specs are one: fields that the published one lacks are newer, and have their defaults."""
    if own == published or own.partition("(")[0] != published.partition("(")[0]:
        return own == published
    try:
        mine, theirs = parse(own), parse(published)
        known = fields_of(registry.tagger(mine.name).load())
    except SeqbenchError:  # of a model that is not installed any more
        return False
    newer = {name: known[name].default for name in set(mine.fields) - set(theirs.fields) if name in known}
    return {**newer, **theirs.fields} == mine.fields


def _other_data(own: Own, manifest: Manifest) -> Iterator[str]:
    """Notes on published data of the same name that are not the same."""
    named = {dataset.name: dataset.fingerprint for dataset in own.datasets.values()}
    for theirs in manifest.datasets:
        if theirs.fingerprint not in own.datasets and theirs.name in named:
            prints = f"theirs has the fingerprint {theirs.fingerprint}, here it is {named[theirs.name]}"
            yield f"published results for {theirs.name} are of other data and left out: {prints}"


def _told(part: Manifest) -> str:
    """Note on the published results that are there: their version and day, and whose seconds the costs are."""
    names = ", ".join(dataset.name for dataset in part.datasets)
    origin = f"published by seqbench {part.seqbench} on {part.started[:10]}"
    count = f"{len(part.models)} model{'s' * (len(part.models) != 1)}"
    return f"{names}: {count} {origin}; their costs were measured on {part.machine.get('processor', 'another machine')}"
