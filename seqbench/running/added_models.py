"""Further models in a run that is there: on its own data, with its seeds and under its conditions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seqbench.data.dataset import Dataset
from seqbench.errors import StoreError, UsageError, unknown
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import differing
from seqbench.results.paths import portable_label
from seqbench.results.records import Manifest
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.planned_options import planned_options
from seqbench.running.relocated_request import located, start_of, told_where, with_folder_of
from seqbench.running.repeated_request import planned_requests, repeated
from seqbench.running.request import RunRequest, plan_of

OWN = (
    "data", "train", "task", "seeds", "folds", "resplits", "group", "train_sizes", "device", "threads", "epochs",
    "budget", "select", "spans",
)  # fmt: skip
"""Fields of a request that a run decides for the models that are added to it."""
_OPTIONS = {"spans": "--scheme, --policy and --without-type", "train_sizes": "--train-sizes"}


def stated_in(request: RunRequest) -> list[str]:
    """The fields that a run decides and a request has set to something else than their defaults."""
    plain = RunRequest()
    return [name for name in OWN if _plain(getattr(request, name)) != _plain(getattr(plain, name))]


@dataclass(frozen=True, kw_only=True)
class Addition:
    """A request for more models in a run; `stated` are the fields that its user has set, also to their defaults."""

    request: RunRequest
    store: Store
    stated: Collection[str] = ()

    def plans(self, registry: Registry, note: Callable[[str], None]) -> list[Plan]:
        """The plans that bring the models to the run: one for each of the requests that it was made by.

        Raises `UsageError` if the run does not tell how it was made, chose its seeds by looking, was made otherwise
        than is stated, has another model of a label, or finds other data now.
        """
        self.store.refuse_other("run")
        if not self.request.models:
            raise UsageError("--add takes the models that are added: --models NAME,...")
        manifest = self.store.manifest()
        if manifest.until or self.request.until:
            raise UsageError("--add is for runs with fixed seeds; run all models together with --until")
        plans = [self._plan(record, registry, note) for record in planned_requests(manifest)]
        for plan in plans:
            _refuse_other_models(plan, manifest)
            _refuse_other_data(plan, manifest, self.store)
        _check_against(self.request.against, plans, manifest)
        return [plan for number, plan in enumerate(plans) if not _among(plan, plans[:number])]

    def _plan(self, manifest: Manifest, registry: Registry, note: Callable[[str], None]) -> Plan:
        start = start_of(manifest, self.store.folder)
        folders = [start, self.store.folder, Path.cwd()]
        own = replace(repeated(manifest, str(self.store.folder), None), models=(), settings=())
        own = located(replace(own, data=[_from(start, text, registry) for text in own.data]), folders)
        self._refuse_others(own)
        request = replace(self.request, **{name: getattr(own, name) for name in OWN}, against=None)
        registry.access = with_folder_of(registry.access, manifest, folders)
        request = replace(request, planned=planned_options(request, registry))
        with told_where(start, manifest):
            return plan_of(request, registry, note)

    def _refuse_others(self, own: RunRequest) -> None:
        """Raises `UsageError` if a stated field is not as in the run."""
        for name in OWN:
            stated, value = getattr(self.request, name), getattr(own, name)
            if name in self.stated and _plain(stated) != _plain(value):
                option = _OPTIONS.get(name, f"--{name}")
                raise UsageError(
                    f"--add takes {option} from the run, which has {_shown(value)}, was: {_shown(stated)}; "
                    "leave it out, or make another run"
                )


def _from(start: Path, data: str | Dataset, registry: Registry) -> str | Dataset:
    """A path without a slash, which no dataset has as its name, from the folder that a run was begun in."""
    name = "" if isinstance(data, Dataset) else data.partition("?")[0]
    return f"{start}/{data}" if name and name not in registry.datasets and (start / name).exists() else data


def _plain(value: object) -> object:
    """A value to be compared: a list as a tuple, with paths that are there as absolute ones."""
    if isinstance(value, str):
        return str(Path(value).absolute()) if Path(value).exists() else value
    if isinstance(value, Sequence):
        return tuple(_plain(part) for part in value)
    return value


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) and value else str(value or "none")


def _among(plan: Plan, plans: Sequence[Plan]) -> bool:
    """Whether one of these plans wants the same."""
    return any(replace(plan, datasets=other.datasets) == other and _data(plan) == _data(other) for other in plans)


def _data(plan: Plan) -> list[str]:
    return [dataset.fingerprint for dataset in plan.datasets]


def _refuse_other_models(plan: Plan, manifest: Manifest) -> None:
    """Raises `UsageError` if the run has another model under one of the labels."""
    specs = {model.label: model.spec for model in manifest.models}
    for model in plan.models:
        before, now = specs.get(model.label), portable_label(model.spec)
        if before is not None and before != now:
            had, has = differing(before, now)
            raise UsageError(
                f"the run has {had} under the label {model.label!r} already; give {has} another: NEW=NAME(...)"
            )


def _refuse_other_data(plan: Plan, manifest: Manifest, store: Store) -> None:
    """Raises `StoreError` if a dataset is not what it was when the run was made."""
    known = {dataset.fingerprint for dataset in manifest.datasets}
    for dataset in plan.datasets:
        if dataset.fingerprint not in known:
            raise StoreError(
                f"{dataset.name} is not what it was when {str(store.folder)!r} was made; "
                "bring the old files back, or make another run"
            )


def _check_against(against: str | None, plans: Sequence[Plan], manifest: Manifest) -> None:
    """Raises `UsageError` if models are to be compared with one that neither the run nor the request has."""
    labels = [model.label for model in manifest.models] + [model.label for plan in plans for model in plan.models]
    if against is not None and portable_label(against) not in labels:
        raise unknown("model of this run", against, labels, listed="Labels")
