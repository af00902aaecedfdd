"""A kept model as an ONNX file that runs without seqbench, and beside it a program that tags with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from seqbench.contracts.capability import Capability, has_methods
from seqbench.contracts.inspected import Exportable
from seqbench.errors import StoreError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.plugin_files import files_of
from seqbench.registry.specs import parse
from seqbench.results.files import write_whole
from seqbench.results.model_folder import read_record
from seqbench.results.model_record import ModelRecord
from seqbench.serving import onnx_program
from seqbench.serving.kept_model import KeptModel, load_model
from seqbench.version import __version__

SUFFIX = ".onnx"
PROGRAM = Path(onnx_program.__file__)
_NO_NETWORK = "its tagger is no network on seqbench.neural (a tagger of your own: seqbench.Exportable)"


@runtime_checkable
class NotExportable(Protocol, metaclass=Capability):
    """Tagger that cannot be written as an ONNX file, though one may expect it, and says why and what to do instead."""

    @staticmethod
    def no_onnx() -> str:
        """The reason and the way out, as the end of a sentence."""
        ...


def export(
    model: str | Path, *, out: str | Path, plugins: Sequence[str | Path] = (), without: Sequence[str] = ()
) -> Path:
    """Write a kept model as an ONNX file, and a program that tags with it beside: `first.onnx`, `first.py`; its path.

    The tables of words and tags are in the file's metadata. Raises `UsageError` if the model cannot be exported, before
    anything is written, and `StoreError` if a file is there already.
    """
    registry = Registry.discover(files_of(plugins), without=without)
    return export_model(Path(model), Path(out), registry)


def export_model(folder: Path, out: Path, registry: Registry) -> Path:
    """Write the model of a folder; see `export`."""
    _refuse_place(out)
    refuse_unable(read_record(folder), registry)
    content = onnx_of(load_model(folder, registry))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out.with_suffix(".py"), PROGRAM.read_bytes())
        write_whole(out, content)
    except OSError as error:
        raise StoreError(f"{str(out)!r} cannot be written: {error.strerror or error}") from error
    return out


def onnx_of(model: KeptModel) -> bytes:
    """The content of the ONNX file of a loaded model. Raises `UsageError` if it cannot be exported."""
    record = model.record
    if not isinstance(model.tagger, Exportable):
        raise _unable(record, model.tagger)
    try:
        return model.tagger.as_onnx({"label": record.label, "spec": record.spec, "seqbench": __version__})
    except UsageError as error:
        raise UsageError(f"model {record.label!r} cannot be exported: {error}") from error


def refuse_unable(record: ModelRecord, registry: Registry) -> None:
    """Raises `UsageError` if the tagger of a model says that it cannot be exported, without loading the model."""
    name = parse(record.spec).name
    if name not in registry.taggers:
        return
    tagger = registry.tagger(name).load()
    if not has_methods(tagger, Exportable):
        raise _unable(record, tagger)


def _unable(record: ModelRecord, tagger: object) -> UsageError:
    """The error that says why a tagger, or its class, cannot be exported."""
    return UsageError(f"model {record.label!r} cannot be exported to ONNX: {why_not(tagger) or _NO_NETWORK}")


def why_not(tagger: object) -> str:
    """The reason that a tagger, or its class, states for having no ONNX file; empty if it states none."""
    reason: object = getattr(tagger, "no_onnx", None)
    return str(reason()) if callable(reason) else ""


def _refuse_place(out: Path) -> None:
    if out.suffix != SUFFIX:
        raise UsageError(f"--out must be a file that ends in {SUFFIX}, was: {str(out)!r}")
    for file in (out, out.with_suffix(".py")):
        if file.exists():
            raise StoreError(f"{str(file)!r} is there already; choose another --out")
