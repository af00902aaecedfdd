"""From what is asked for to a plan: the one way for `seqbench run`, `tune`, `rerun` and `seqbench.run`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from seqbench.contracts.metric import SpanSettings
from seqbench.contracts.plain_text import plain_text
from seqbench.contracts.trial import Selection
from seqbench.data import next_word
from seqbench.data.dataset import Dataset
from seqbench.data.dataset_names import told_apart
from seqbench.data.split_options import sizes, variants
from seqbench.errors import DataError, SeqbenchError, UsageError, unknown
from seqbench.registry.data_argument import each_layer
from seqbench.registry.datasets import load_splits, trained_on
from seqbench.registry.discovery import Registry
from seqbench.registry.models import Model, resolve
from seqbench.registry.odd_span_tags import with_span_notes
from seqbench.registry.specs import Spec, assignment, parse, split
from seqbench.results.paths import portable_label
from seqbench.running import devices
from seqbench.running.executors.choose import Ways
from seqbench.running.executors.plugin_import_check import ImportCheck
from seqbench.running.left_to_right_check import refuse_those_that_look_ahead
from seqbench.running.plan import Plan
from seqbench.running.stopping_rule import StoppingRule
from seqbench.running.trained_model import Keep
from seqbench.scoring.selection import selection_of, told

_MOST_TRIALS = 100_000
_LEAST_COMPARED = 2  # models
_MOST_TAGS = 1_000_000
_NOTES_OF_SPLITS = 3  # that are printed
Note = Callable[[str], None]
Resolve = Callable[[Spec, Mapping[str, object]], Model]


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """All that can be asked of a run; the fields are the options of `seqbench run` and the arguments of `seqbench.run`.

    `data`: names, paths or datasets; `train` names what is learned from instead of their own train and dev, `task` what
    is learned of them instead of their tags. `models`:
    texts with one or several specs each, or parsed specs; without either the default ones are meant. `plugins` are
    files that are loaded, `without` installed plugins that are not; `against` is the label of a model that all others
    are compared with, `select` the metric of dev that chooses, `keep` says which models are kept. `until` says when
    there are enough seeds, in place of `seeds`. `planned` holds the options that ask for the same again, `command` the
    words that were typed.
    """

    data: Sequence[str | Dataset] = ()
    train: str | None = None
    task: str | None = None
    models: Sequence[str | Spec] = ()
    seeds: int | Sequence[int] = 1
    folds: int | None = None
    resplits: int | None = None
    group: str | None = None
    train_sizes: Sequence[str] = ()
    device: str = "auto"
    threads: int = 1
    epochs: int | None = None
    settings: Sequence[str] = ()
    budget: float | None = None
    select: str | None = None
    plugins: Sequence[Path] = ()
    without: Sequence[str] = ()
    ways: Ways = field(default_factory=Ways)
    against: str | None = None
    fresh: bool = False
    spans: SpanSettings = field(default_factory=SpanSettings)
    keep: Keep | None = None
    until: StoppingRule | None = None
    command: Sequence[str] = ()
    planned: Mapping[str, object] | None = None


def plan_of(request: RunRequest, registry: Registry, note: Note) -> Plan:
    """The plan of a request; plugin files are taken into the registry, `note` hears what users should know.

    Raises `UsageError` for what does not fit together, before anything is trained.
    """
    _refuse_contradictions(request)
    request.ways.refuse_what_is_missing()
    models = models_of(request, registry, note)
    _check_against(request.against, [model.label for model in models])
    _refuse_many_trials(request, models)
    device = devices.resolve(request.device, models)
    devices.note_unused(request.device, device, models, note)
    datasets = datasets_of(request, registry, note)
    refuse_those_that_look_ahead(datasets, models)
    return Plan(
        datasets=datasets,
        models=models,
        seeds=request.until.looks[-1] if request.until else request.seeds,
        device=device,
        threads=request.threads,
        plugins=[file.resolve() for file in request.plugins],
        command=request.command,
        budget=request.budget,
        planned=request.planned,
        fresh=request.fresh,
        spans=request.spans,
        selections=selections_of(datasets, request, registry, note),
        keep=request.keep,
        until=request.until,
    )


def _refuse_contradictions(request: RunRequest) -> None:
    """Raises `UsageError` if options exclude each other."""
    if request.folds and request.resplits:
        raise UsageError("--folds and --resplits are two ways to split the same data; choose one")
    if request.group and not (request.folds or request.resplits):
        raise UsageError("--group keeps documents together in folds or random splits; add --folds K or --resplits N")
    if request.keep and request.ways.executor != "local":
        raise UsageError("--keep is for trials on this machine; leave it out with --executor ray")
    if request.until and request.seeds != 1:
        raise UsageError("--until chooses the number of seeds; leave out --seeds, and set the most by --max-seeds")
    if request.until and (request.folds or request.resplits):
        raise UsageError("--until adds seeds on one test set; leave it out with --folds and --resplits")


def _refuse_many_trials(request: RunRequest, models: Sequence[Model]) -> None:
    """Raises `UsageError` for more trials than a run may have, or too few models, before any is listed."""
    if request.until and len(models) < _LEAST_COMPARED:
        raise UsageError("--until is decided between models; name two or more")
    splits = max(1, len(request.data)) * (request.folds or request.resplits or 1)
    seeds = request.seeds if isinstance(request.seeds, int) else len(request.seeds)
    seeds = request.until.looks[-1] if request.until else seeds
    trials = splits * max(1, len(sizes(request.train_sizes))) * sum(1 if m.deterministic else seeds for m in models)
    if trials > _MOST_TRIALS:
        raise UsageError(
            f"this asks for {trials:,} trials, and a run has at most {_MOST_TRIALS:,}: "
            "take fewer seeds, folds or models"
        )


def _check_against(against: str | None, labels: Sequence[str]) -> None:
    """Raises `UsageError` if models are to be compared with one that is not there."""
    if against is not None and portable_label(against) not in labels:
        raise unknown("model of this run", against, labels, listed="Labels")


def selections_of(
    datasets: Sequence[Dataset], request: RunRequest, registry: Registry, note: Note
) -> dict[str, Selection]:
    """The selections of datasets that have dev, by fingerprint; what users might not expect is noted, once a corpus."""
    metric, scheme = request.select, request.spans.scheme
    selections = {dataset.fingerprint: selection_of(metric, dataset, registry, scheme) for dataset in datasets}
    notes = [_about(selections[dataset.fingerprint], dataset, metric) for dataset in datasets]
    for text in dict.fromkeys(text for text in notes if text):
        note(text)
    return {fingerprint: selection for fingerprint, selection in selections.items() if selection is not None}


def _about(selection: Selection | None, dataset: Dataset, metric: str | None) -> str | None:
    """A note on a selection, None if it is what users expect."""
    if selection is None:
        name = dataset.origin or dataset.name
        return None if metric is None else f"note: --select has no effect on {name}, which has no dev data"
    return told(selection, dataset) if metric is None and selection.scheme else None


def models_of(request: RunRequest, registry: Registry, note: Note) -> list[Model]:
    """The models asked for, else the default ones; hyperparameters: spec > settings > epochs > default.

    Plugins from outside are looked at in processes of their own, unless taggers exist in this process only.
    """
    if any(entry.plugin.of_this_process for entry in registry.taggers.values()):
        for file in request.plugins:
            registry.add_file(file)
        return _models(request, registry, note, lambda spec, extra: resolve(registry, spec, extra))
    with ImportCheck(registry, request.ways.timeout) as check:
        check.add_files(request.plugins)
        return _models(request, registry, note, check.resolve)


def _models(request: RunRequest, registry: Registry, note: Note, resolved: Resolve) -> list[Model]:
    specs = specs_of(request, registry)
    settings = _settings(request.settings, [spec.label for spec in specs])
    models = [_model(resolved, spec, request.epochs, settings.get(spec.label, {})) for spec in specs]
    for model in models:
        _refuse_missing(model)
    without = [model.label for model in models if request.epochs and "epochs" not in model.fields]
    if without:
        note(f"note: --epochs does not apply to {', '.join(without)}")
    return models


def specs_of(request: RunRequest, registry: Registry) -> list[Spec]:
    """The specs asked for, else those of the default models. Raises `UsageError` if a label is used twice."""
    for text in [*request.models, *request.settings]:
        _refuse_unwritable(str(text))
    specs = [spec for listed in request.models for spec in _specs(listed)]
    _refuse_all(specs, registry)
    specs = specs or [parse(entry.name) for entry in registry.taggers.values() if entry.default]
    if not specs:
        raise UsageError("no model is registered as default; name one with --models")
    specs = [replace(spec, label=portable_label(spec.label)) for spec in specs]
    labels = [spec.label for spec in specs]
    for label in labels:
        if labels.count(label) > 1:
            raise UsageError(f"the label {label!r} is used twice; give one of them another: NEW=NAME(...)")
    return specs


def _refuse_all(specs: Sequence[Spec], registry: Registry) -> None:
    """Raises `UsageError` with the names of all models if somebody asks for `all`, and no model is named so."""
    if any(spec.name == "all" for spec in specs) and registry.find("all") is None:
        usable = [entry.name for entry in registry.taggers.values() if not entry.missing]
        raise UsageError(f"'all' is no model; name those that you mean, such as {','.join(usable)}")


def _refuse_missing(model: Model) -> None:
    """Raises `UsageError` if a package that a model or a member of it needs is not installed."""
    for part in (model, *model.parts):
        if missing := part.entry.missing:
            packages = " ".join(f"'{package}'" for package in missing)
            raise UsageError(f"{part.entry.name!r} needs what is not installed: pip install {packages}")


def _refuse_unwritable(text: str) -> None:
    """Raises `UsageError` for text that no record can hold."""
    if plain_text(text) != text:
        raise UsageError(f"{plain_text(text)!r} is not written in UTF-8; write models and settings in UTF-8")


def _specs(listed: str | Spec) -> list[Spec]:
    return [listed] if isinstance(listed, Spec) else [parse(text) for text in split(listed)]


def _settings(texts: Sequence[str], labels: Sequence[str]) -> dict[str, dict[str, object]]:
    settings: dict[str, dict[str, object]] = {}
    for text in texts:
        typed, name, value = assignment(text)
        label = portable_label(typed)
        if label not in labels:
            raise unknown("model of this run", label, labels, listed="Labels")
        if name in settings.setdefault(label, {}):
            raise UsageError(f"field {name!r} of {label!r} is set twice, the second time by {text!r}; leave one")
        settings[label][name] = value
    return settings


def _model(resolved: Resolve, spec: Spec, epochs: int | None, settings: Mapping[str, object]) -> Model:
    model = resolved(spec, settings)
    if epochs and "epochs" in model.fields and "epochs" not in {*spec.fields, *settings}:
        return resolved(spec, {**settings, "epochs": epochs})
    return model


def datasets_of(request: RunRequest, registry: Registry, note: Note) -> list[Dataset]:
    """The datasets asked for, else the default ones, in each of the splits asked for, each under a name of its own."""
    splits = list(variants(request.folds, request.resplits, sizes(request.train_sizes), request.group))
    if request.task is not None:
        splits = [{**split, next_word.OPTION: request.task} for split in splits]
    texts = request.data or [entry.name for entry in registry.datasets.values() if entry.default]
    if request.train is not None:
        texts = [trained_on(listed, request.train) for listed in texts]
    texts = [text for t in texts for text in (each_layer(t) if isinstance(t, str) else [t])]
    datasets = told_apart([dataset for listed in texts for dataset in load_splits(listed, registry, splits)])
    if not datasets:
        raise SeqbenchError("no dataset is registered as default; name one with --data")
    for dataset in datasets:
        _refuse_many_tags(dataset)
    datasets = [with_span_notes(dataset, request.spans) for dataset in datasets]
    _note_once(datasets, note)
    return datasets


def _note_once(datasets: Sequence[Dataset], note: Note) -> None:
    """Note whatever users should know of datasets; of several splits of one, the same once, and of many notes some."""
    by_origin: dict[str, dict[str, str]] = {}  # text of each note -> dataset that has it first
    for dataset in datasets:
        texts = by_origin.setdefault(dataset.origin or dataset.name, {})
        for text in dataset.notes:
            texts.setdefault(text, dataset.name)
    for origin, texts in by_origin.items():
        several = len(set(texts.values())) > 1
        for text in list(texts)[: _NOTES_OF_SPLITS if several else None]:
            note(f"warning: {texts[text]}: {text}")
        if several and len(texts) > _NOTES_OF_SPLITS:
            more = f"{len(texts) - _NOTES_OF_SPLITS} more such notes on single splits"
            note(f"warning: {origin}: {more}; the page of seqbench report has all")


def _refuse_many_tags(dataset: Dataset) -> None:
    """Raises `DataError` with the figure if a dataset has more tags than scores of each can be kept of."""
    tags = len(dataset.test.tags.vocabulary)
    if tags > _MOST_TAGS:
        raise DataError(
            f"{dataset.name} has {tags:,} different tags, and each trial keeps scores of at most {_MOST_TAGS:,}; "
            "choose a column with fewer (?tags=COLUMN)"
        )
