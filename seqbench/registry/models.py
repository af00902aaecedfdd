"""Models from specs: the tagger's class, all its hyperparameters, and whether a seed matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path

from seqbench.contracts.hyperparameters import Range, complete, fields_of
from seqbench.contracts.tagger import Composite, Deterministic, Sighted, Tagger, UsesDevice
from seqbench.data.regular_files import check_regular
from seqbench.errors import PluginError, UsageError
from seqbench.registry.continued_models import refuse_others
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry
from seqbench.registry.specs import Spec, parse, written

_REGISTRY: ContextVar[Registry] = ContextVar("the registry that make() builds from")


@dataclass(frozen=True)
class Model:
    """Tagger with all its hyperparameters. `spec` is canonical; `deterministic`: one seed stands for all.

    `parts` are models that it is made of (members of an ensemble), `files` are files that its hyperparameters name,
    `ranges` the values that a search may choose for some of these. `uses_device`: it computes on the run's device.
    `sight` are the tokens to the left and to the right that it sees, None for all.
    """

    label: str
    spec: str
    entry: Entry
    fields: Mapping[str, object]
    deterministic: bool = False
    parts: tuple[Model, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    uses_device: bool = False
    sight: tuple[int | None, int | None] = (None, None)

    def build(self) -> Tagger:
        """New tagger. Raises `UsageError` if it refuses its hyperparameters, `PluginError` if it is no tagger."""
        try:
            tagger = self.entry.load()(**self.fields)
        except ValueError as error:
            message = f"{self.label}: {error}"
            raise UsageError(message) from error
        if not isinstance(tagger, Tagger):
            message = f"{self.entry.name!r} of plugin {self.entry.plugin} is no tagger: it lacks fit or predict"
            raise PluginError(message)
        return tagger


def resolve(registry: Registry, spec: Spec, extra: Mapping[str, object] | None = None) -> Model:
    """Model of a spec, whose fields win over `extra`. Raises `UsageError` if a name is unknown or a field does not fit.

    A registered tagger that cannot be imported or built is not the user's mistake: its trials will say so.
    """
    entry = registry.tagger(spec.name)
    settings = {**(extra or {}), **spec.fields}
    try:
        known = fields_of(entry.load())
        fields = complete(entry.name, known, settings)
        files = {name: Path(str(value)) for name, value in fields.items() if known[name].contents and _is_file(value)}
        ranges = {name: field.range for name, field in known.items() if field.range is not None}
        refuse_others(Spec(spec.label, entry.name, fields), known, fields)
        for name, path in files.items():
            _refuse_irregular(spec.label, name, path)
        model = Model(spec.label, written(entry.name, fields), entry, fields, files=files, ranges=ranges)
        with made_from(registry):
            tagger = model.build()
        parts = tagger.parts if isinstance(tagger, Composite) else ()
        models = tuple(resolve(registry, parse(part)) for part in parts)
        uses_device = isinstance(tagger, UsesDevice) and bool(tagger.uses_device)
        sight = tagger.sight if isinstance(tagger, Sighted) else (None, None)
        model = replace(model, parts=models, uses_device=uses_device, sight=sight)
        return replace(model, deterministic=isinstance(tagger, Deterministic))
    except UsageError:
        raise
    except (Exception, SystemExit):  # noqa: BLE001 -- a stranger's code may raise anything, and its trial will tell
        return unresolved(registry, spec, settings)


def _is_file(value: object) -> bool:
    """Whether a value names a file or folder; an empty one does not, though `Path` takes it for the current folder."""
    return isinstance(value, str | Path) and bool(value) and Path(value).exists()


def _refuse_irregular(label: str, field: str, path: Path) -> None:
    """Raises `UsageError` if a file or folder that a model reads is, or holds, a pipe or device."""
    try:
        check_regular(path)
    except OSError as error:
        raise UsageError(f"{field} of {label!r} cannot be read: {error.strerror or error}") from error


def unresolved(registry: Registry, spec: Spec, settings: Mapping[str, object]) -> Model:
    """Model of a spec whose tagger cannot be imported or built: with these settings, and without defaults."""
    entry = registry.tagger(spec.name)
    return Model(spec.label, written(entry.name, settings), entry, settings)


def make(spec: str) -> Tagger:
    """New tagger built from a spec such as `"name(field=3)"`, within a run from the plugins of that run."""
    registry = _REGISTRY.get(None) or Registry.discover()
    return resolve(registry, parse(spec)).build()


@contextmanager
def made_from(registry: Registry) -> Iterator[None]:
    """Context in which `make` builds from this registry."""
    token = _REGISTRY.set(registry)
    try:
        yield
    finally:
        _REGISTRY.reset(token)
