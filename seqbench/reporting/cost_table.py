"""The ladder of a kept model: what it costs in each type of weights and in ONNX, and the accuracy that these lose."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.statistics.resampling import Draws
from seqbench.contracts.datasets import DataAccess
from seqbench.data.corpus import Corpus
from seqbench.data.dataset import Dataset
from seqbench.errors import DataError, SeqbenchError
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.plugin_files import files_of
from seqbench.reporting.number_format import milliseconds
from seqbench.reporting.table import Table
from seqbench.results.paths import resolved_source
from seqbench.results.records import Json
from seqbench.serving.kept_model import KeptModel, load_model
from seqbench.serving.variant_costs import Rung, ladder

_LIMITS = (2.5, 97.5)


@dataclass(frozen=True, eq=False, kw_only=True)
class Ladder:
    """The costs of a model: `rungs` begin with the model as it was kept, on the sentences of `test`."""

    model: KeptModel
    dataset: str
    test: Corpus
    rungs: Sequence[Rung]
    notes: Sequence[str] = ()

    def as_json(self) -> list[dict[str, Json]]:
        """A mapping for each rung; accuracies are fractions of 1, `lost` against the first with its 95 % interval."""
        lengths = self.test.sentences.lengths
        first, tokens = self.rungs[0], max(1, self.test.tokens)
        return [
            {
                "model": self.model.record.label,
                "folder": str(self.model.folder),
                "dataset": self.dataset,
                "weights": rung.weights,
                "accuracy": int(rung.right.sum()) / tokens,
                "lost": int((first.right - rung.right).sum()) / tokens,
                "lost_ci95": _interval(first.right - rung.right, lengths),
                "differing": rung.differing,
                "p50_ms": rung.p50_ms,
                "p95_ms": rung.p95_ms,
                "tokens_per_second": rung.tokens_per_second,
                "cold_start_seconds": rung.cold_start_seconds,
                "bytes_on_disk": rung.bytes_on_disk,
            }
            for rung in self.rungs
        ]


def costs(
    model: str | Path,
    *,
    data: str | Path | Dataset | None = None,
    data_dir: str | Path | None = None,
    plugins: Sequence[str | Path] = (),
    without: Sequence[str] = (),
) -> list[dict[str, Json]]:
    """The ladder of a kept model, as `seqbench costs` prints it: a mapping for each type of weights.

    `data` is tested on, else the data that the model was trained on. Why a network has no row for ONNX is a warning.
    Raises `DataError` if the data are gone.
    """
    registry = Registry.discover(files_of(plugins), without=without)
    registry.access = DataAccess(local=None if data_dir is None else Path(data_dir))
    text = data if isinstance(data, Dataset) or data is None else str(data)
    measured = ladder_of(load_model(Path(model), registry), text, registry)
    for note in measured.notes:
        warnings.warn(note, stacklevel=2)
    return measured.as_json()


def ladder_of(model: KeptModel, data: str | Dataset | None, registry: Registry) -> Ladder:
    """The ladder of a loaded model on a test set. Raises `DataError` if that has no token, or cannot be read."""
    dataset = data if isinstance(data, Dataset) else _dataset(model, data, registry)
    if not dataset.test.tokens:
        raise DataError(f"{dataset.name} has no token to test on; name other data with --data")
    notes: list[str] = []
    rungs = list(ladder(model, dataset.test, notes.append))
    return Ladder(model=model, dataset=dataset.name, test=dataset.test, rungs=rungs, notes=notes)


def cost_table(measured: Ladder) -> Table:
    """The ladder for people."""
    rows = [_cells(rung) for rung in measured.as_json()]
    columns = ["weights", "accuracy", "lost", "95 %", "other tags", "p50 ms", "p95 ms", "tag/s", "cold s", "bytes"]
    notes = [
        "lost: points of accuracy against the first row, with the interval over sentences.",
        "other tags: tokens that are tagged otherwise than by the first row.",
        "p50, p95: milliseconds for a sentence by itself; cold s: a new process that loads the model and tags a word.",
        "Fewer bits make the folder smaller; the network computes in float32 in each row, so that times are alike.",
        "onnx: the file of 'seqbench export', run by onnxruntime; its cold start is of a process without seqbench.",
        "bytes: of what the model has learned, its words included; of onnx those of the file.",
        *measured.notes,
    ]
    title = f"{measured.model.record.label} on {measured.dataset}, {len(measured.test):,} sentences"
    return Table(title, columns, rows, notes)


def _cells(rung: dict[str, Json]) -> list[str]:
    low, high = (f"{100 * limit:+.2f}" for limit in rung["lost_ci95"])
    cold = rung["cold_start_seconds"]
    return [
        rung["weights"],
        f"{100 * rung['accuracy']:.2f}",
        f"{100 * rung['lost']:+.2f}",
        f"{low} to {high}",
        f"{rung['differing']:,}",
        milliseconds(rung["p50_ms"]),
        milliseconds(rung["p95_ms"]),
        f"{rung['tokens_per_second']:,.0f}",
        "-" if cold is None else f"{cold:.1f}",
        f"{rung['bytes_on_disk']:,}",
    ]


def _interval(lost: NDArray[np.int64], lengths: NDArray[np.int64]) -> tuple[float, float]:
    """The 95 % interval of lost tokens / tokens over sentences drawn with replacement."""
    shares = [(weights @ lost) / np.maximum(weights @ lengths, 1) for weights in Draws().weights(len(lost))]
    low, high = np.percentile(np.concatenate(shares), _LIMITS)
    return float(low), float(high)


def _dataset(model: KeptModel, data: str | None, registry: Registry) -> Dataset:
    """The named data, else those of the model's training, which must be the same as then."""
    learned = model.record.trained_on
    if data is not None:
        return load(data, registry)
    try:
        source = resolved_source(learned.source, [model.folder, Path()])
        dataset = load(source or learned.name, registry)
    except SeqbenchError as error:
        raise DataError(f"{learned.name!r} cannot be read again: {error}; name data with --data") from error
    if dataset.fingerprint != learned.fingerprint:
        raise DataError(f"{learned.name!r} is not what the model was trained on any more; name data with --data")
    return dataset
