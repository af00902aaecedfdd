"""Datasets, models and trials of runs, and which trials are finished, without a trial being read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seqbench.errors import UsageError
from seqbench.results.model_names import ModelKey, distinct_names, pooled_keys
from seqbench.results.records import DatasetSummary, Manifest, ModelSummary, WantedTrial
from seqbench.results.run_reading import readings
from seqbench.results.store import Store


@dataclass(frozen=True, kw_only=True)
class ListedModel:
    """A model on a dataset in a run: the trials that were asked for, and which of them are finished.

    `most_seeds`: the number of seeds was chosen by looking, up to so many; 0 where it was fixed before.
    """

    key: ModelKey
    store: Store
    fingerprint: str
    spec: str
    deterministic: bool
    trials: tuple[WantedTrial, ...]
    finished: tuple[bool, ...]
    most_seeds: int = 0

    @property
    def complete(self) -> bool:
        """Whether all trials of the model are finished."""
        return all(self.finished)

    @property
    def status(self) -> str:
        """Status of the model: finished, partly_failed or failed."""
        return status_of(sum(self.finished), len(self.trials))

    @property
    def finished_trials(self) -> list[WantedTrial]:
        """The trials that are finished, in the order of their seeds."""
        return [trial for trial, finished in zip(self.trials, self.finished, strict=True) if finished]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The datasets and models of one or several runs. `names` has the display name of each model.

    `metrics` tells by name what each registered metric of these runs says.
    """

    stores: tuple[Store, ...]
    datasets: tuple[DatasetSummary, ...]
    models: tuple[ListedModel, ...]
    names: Mapping[ModelKey, str]
    metrics: Mapping[str, str]

    def models_of(self, fingerprint: str) -> list[ListedModel]:
        """The models that ran on a dataset."""
        return [model for model in self.models if model.fingerprint == fingerprint]

    def only(self, fingerprints: Collection[str]) -> Listing:
        """The listing of some of the datasets."""
        return replace(
            self,
            datasets=tuple(dataset for dataset in self.datasets if dataset.fingerprint in fingerprints),
            models=tuple(model for model in self.models if model.fingerprint in fingerprints),
        )


def status_of(finished: int, planned: int) -> str:
    """Status for so many finished trials of those that were wanted: finished, partly_failed or failed."""
    if finished == planned:
        return "finished"
    return "partly_failed" if finished else "failed"


def list_runs(stores: Sequence[Store]) -> Listing:
    """The listing of these runs, in the order of their manifests; a run that is given twice counts once.

    Its stores are readings, which see each run as it was when it was read first.
    """
    distinct = tuple(readings(stores))
    manifests = [(store, store.manifest()) for store in distinct]
    datasets: dict[str, DatasetSummary] = {}
    for _store, manifest in manifests:
        for dataset in manifest.datasets:
            datasets.setdefault(dataset.fingerprint, dataset)
    models = _pooled([model for store, manifest in manifests for model in _listed(store, manifest)])
    return Listing(
        stores=distinct,
        datasets=tuple(datasets.values()),
        models=models,
        names=distinct_names(model.key for model in models),
        metrics={name: text for _, manifest in manifests for name, text in manifest.metrics.items()},
    )


def _listed(store: Store, manifest: Manifest) -> Iterator[ListedModel]:
    trials: dict[tuple[str, str], list[WantedTrial]] = defaultdict(list)
    for trial in manifest.trials:
        trials[trial.dataset, trial.label].append(trial)
    run, most = str(store.folder.resolve()), manifest.until.most if manifest.until else 0
    for dataset in manifest.datasets:
        for model in manifest.models:
            listed = _model(store, ModelKey(run, model.label), model, trials[dataset.fingerprint, model.label], dataset)
            yield replace(listed, most_seeds=0 if model.deterministic else most)


def _model(
    store: Store, key: ModelKey, model: ModelSummary, trials: Sequence[WantedTrial], dataset: DatasetSummary
) -> ListedModel:
    return ListedModel(
        key=key,
        store=store,
        fingerprint=dataset.fingerprint,
        spec=model.spec,
        deterministic=model.deterministic,
        trials=tuple(trials),
        finished=tuple(store.is_finished(trial) for trial in trials),
    )


def _pooled(models: Sequence[ListedModel]) -> tuple[ListedModel, ...]:
    """Models under pooled keys: one key for those of several runs that are one; predictions from files have no spec."""
    specs = ["" if model.spec.startswith("external(") else model.spec for model in models]
    keys = pooled_keys([(model.key, model.fingerprint, spec) for model, spec in zip(models, specs, strict=True)])
    return tuple(replace(model, key=keys[model.key]) for model in models)


def refuse_different_data(datasets: Sequence[DatasetSummary]) -> None:
    """Raises `UsageError` if two datasets of one name differ: their scores cannot be compared."""
    prints: dict[str, str] = {}
    for dataset in datasets:
        other = prints.setdefault(dataset.name, dataset.fingerprint)
        if other != dataset.fingerprint:
            raise UsageError(
                f"dataset {dataset.name!r} is not the same in these runs: {other} and {dataset.fingerprint}; "
                "compare runs on the same data"
            )
