"""Costs of a kept model where it is used, as it is, in fewer bits and as an ONNX file: time, cold start, bytes."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from msgspec.structs import replace as with_fields
from numpy.typing import NDArray

from seqbench.contracts.inspected import Exportable, Reducible
from seqbench.contracts.tagger import Probabilistic, Saveable
from seqbench.data.corpus import Corpus
from seqbench.errors import StoreError, UsageError
from seqbench.registry.specs import parse, written
from seqbench.results.cold_start import cold_start_seconds, seconds_of_process
from seqbench.results.model_folder import LEARNED, VOCABULARY, write_model
from seqbench.results.model_record import Probe
from seqbench.serving.exporting import PROGRAM, SUFFIX, onnx_of, why_not
from seqbench.serving.kept_model import KeptModel

AS_IT_IS = "as it is"
ONNX = "onnx"
_ASKED = 200  # sentences that are tagged one by one
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Rung:
    """A model in one type of weights: `right` (sentences,) tokens of test, milliseconds a sentence, and its sizes.

    `cold_start_seconds` is the wall time of a new process that loads it and tags a word, None where it has no folder.
    """

    weights: str
    right: Counts
    differing: int
    p50_ms: float
    p95_ms: float
    tokens_per_second: float
    bytes_on_disk: int
    cold_start_seconds: float | None


def ladder(model: KeptModel, test: Corpus, note: Callable[[str], object]) -> Iterator[Rung]:
    """The costs of a model, of its reduced forms, and of its ONNX file, measured on a test set.

    `note` hears why a network has no ONNX file.
    """
    tagger = model.tagger
    first = tagger.reduced_to[0] if isinstance(tagger, Reducible) else AS_IT_IS
    expected = _tags(model, test)
    yield _rung(model, first, test, expected)
    for weights in tagger.reduced_to[1:] if isinstance(tagger, Reducible) else ():
        with tempfile.TemporaryDirectory() as folder:
            yield _rung(_reduced(model, weights, Path(folder) / "model"), weights, test, expected)
    if reason := why_not(tagger):
        note(f"no row for ONNX: {reason}")
    if isinstance(tagger, Exportable):
        with tempfile.TemporaryDirectory() as folder:
            try:
                exported = _exported(model, tagger, Path(folder))
            except UsageError as error:
                note(f"no row for ONNX: {error}")
                return
            yield replace(
                _rung(exported, ONNX, test, expected, timed=False), cold_start_seconds=_cold_start_of_file(Path(folder))
            )


def _rung(model: KeptModel, weights: str, test: Corpus, expected: NDArray[np.object_], *, timed: bool = True) -> Rung:
    """The costs of a loaded model; `timed` also those of a process that loads its folder, where no file is needed."""
    started = time.process_time()
    tags = _tags(model, test)
    seconds = time.process_time() - started
    gold = np.array([tag for sentence in test.tags for tag in sentence], object)
    milliseconds = [_milliseconds(model, list(words)) for words in test.sentences[:_ASKED]]
    p50, p95 = np.percentile(milliseconds or [0.0], [50, 95])
    return Rung(
        weights=weights,
        right=np.diff(np.append(0, np.cumsum(tags == gold))[test.tags.offsets]).astype(np.int64),
        differing=int((tags != expected).sum()),
        p50_ms=float(p50),
        p95_ms=float(p95),
        tokens_per_second=test.tokens / max(seconds, 1e-9),
        bytes_on_disk=_learned_bytes(model.folder),
        cold_start_seconds=cold_start_seconds(model.folder) if timed and not model.record.origin.file_sha256 else None,
    )


def _learned_bytes(folder: Path) -> int:
    """The bytes of what a model has learned, its words included, as a run counts them; else those of its file."""
    parts = [folder / part for part in (LEARNED, VOCABULARY) if (folder / part).is_dir()] or [folder]
    return sum(file.stat().st_size for part in parts for file in part.rglob("*") if file.is_file())


def _tags(model: KeptModel, test: Corpus) -> NDArray[np.object_]:
    """The tag of each token of a test set: (tokens,)."""
    layers = {name: list(layer) for name, layer in test.sentences.layers.items()}
    predicted = model.tagger.predict(model.encoder.encode(list(test.sentences), layers))
    return np.array([str(tag) for sentence in predicted for tag in sentence], object)


def _milliseconds(model: KeptModel, words: Sequence[str]) -> float:
    layers = {name: [[""] * len(words)] for name in model.record.layers}
    started = time.perf_counter()
    list(model.tagger.predict(model.encoder.encode([words], layers)))
    return 1000 * (time.perf_counter() - started)


def _cold_start_of_file(folder: Path) -> float | None:
    """Wall seconds of a process without seqbench that tags a word with the ONNX file of a folder."""
    return seconds_of_process([str(PROGRAM), str(_file(folder)), "word"])


def _exported(model: KeptModel, tagger: Exportable, folder: Path) -> KeptModel:
    """The model as it tags from its ONNX file, which the folder gets. Raises `UsageError` if it cannot be exported."""
    _file(folder).write_bytes(onnx_of(model))
    return replace(model, folder=folder, tagger=tagger.exported())


def _file(folder: Path) -> Path:
    return folder / f"model{SUFFIX}"


def _reduced(model: KeptModel, weights: str, folder: Path) -> KeptModel:
    """The model with its weights in another type, kept in a folder of its own."""
    if not isinstance(model.tagger, Reducible):
        raise StoreError(f"model {model.record.label!r} cannot be kept in fewer bits")
    tagger = model.tagger.reduced(weights)
    if not isinstance(tagger, Saveable):
        raise StoreError(f"model {model.record.label!r} cannot be kept")
    (folder / LEARNED).mkdir(parents=True)
    tagger.save((folder / LEARNED).absolute())
    shutil.copytree(model.folder / VOCABULARY, folder / VOCABULARY)
    spec = parse(model.record.spec)
    other = replace(model, folder=folder, tagger=tagger)
    record = with_fields(
        model.record,
        spec=written(spec.name, {**spec.fields, "weights": weights}),
        probe=_probe(other),
        files=(),
    )
    return replace(other, record=write_model(folder, record))


def _probe(model: KeptModel) -> Probe:
    """The sentences of the model's probe with the answers that it gives now."""
    probe = model.record.probe
    question = model.encoder.encode(probe.sentences, probe.layers)
    tags = tuple(tuple(map(str, sentence)) for sentence in model.tagger.predict(question))
    if probe.probabilities is None or not isinstance(model.tagger, Probabilistic):
        return with_fields(probe, tags=tags)
    table, numbers = np.asarray(model.tagger.predict_proba(question)), {tag: i for i, tag in enumerate(model.tags)}
    chosen = [numbers[tag] for sentence in tags for tag in sentence]
    certain = table[np.arange(len(chosen)), chosen]
    return with_fields(probe, tags=tags, probabilities=tuple(round(float(p), 6) for p in certain))
