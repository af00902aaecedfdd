"""A look inside a tagger from Python: `seqbench.inspect("models/first").probabilities(["The", "dog"])`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict, Unpack

from seqbench.api.arguments import refuse_unknown
from seqbench.api.session import installed
from seqbench.errors import UsageError
from seqbench.registry.datasets import load
from seqbench.registry.models import made_from, resolve
from seqbench.registry.specs import parse
from seqbench.serving.inspection import Inspected
from seqbench.serving.kept_model import KeptModel, load_model


class InspectOptions(TypedDict, total=False):
    """Options of `seqbench inspect`, each at its default there if it is left out."""

    data_dir: str | Path | None
    plugins: Sequence[str | Path]
    without: Sequence[str]


def inspect(
    model: str | Path | KeptModel,
    *,
    data: str | Path | None = None,
    seed: int | None = None,
    **options: Unpack[InspectOptions],
) -> Inspected:
    """A kept model, or a spec that is trained on `data` first, ready to be looked into as `seqbench inspect` does.

    For a sentence, a list of words: `probabilities`, `log_probabilities`, `by_steps`, `states` and `saliency`;
    `untrained()` is the same model before its training, `losses` are those of the steps of a spec by epoch. Raises
    `UsageError` for what a tagger cannot tell, `StoreError` if a folder is no model.
    """
    refuse_unknown("inspect", options, InspectOptions.__annotations__)
    if data is None and seed is not None:
        raise UsageError("seed is that of a training: name data too, or leave it out")
    if isinstance(model, KeptModel):
        return Inspected.of_kept(model)
    registry = installed(options.get("data_dir"), options.get("plugins", ()), options.get("without", ()))
    if data is None:
        return Inspected.of_kept(load_model(Path(model), registry))
    with made_from(registry):
        tagger = resolve(registry, parse(str(model))).build()
    return Inspected.trained(str(model), tagger, load(str(data), registry), seed or 0)
