"""The error explorer's data: words and tags of all models as numbers, packed so that a browser reads them at once."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench.comparing.error_analysis.words import Words
from seqbench.reporting import safe_text
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions

AnyIntegers = NDArray[np.integer]


@dataclass(frozen=True)
class Packed:
    """Numbers, little-endian and in base64, of the type with so many bits."""

    bits: int
    base64: str

    @classmethod
    def of(cls, numbers: AnyIntegers) -> Packed:
        """The numbers (none negative) in the smallest type that holds them all."""
        most = int(numbers.max(initial=0))
        bits = 8 if most < 1 << 8 else 16 if most < 1 << 16 else 32
        return cls(bits, base64.b64encode(numbers.astype(f"<u{bits // 8}").tobytes()).decode("ascii"))


def explorer(report: DatasetReport) -> dict[str, object] | None:
    """Data of the explorer, None where there is no prediction; forms are empty where words are not known."""
    predictions = report.predictions
    if predictions is None:
        return None
    order = [row.key for row in report.rows if row.key in predictions.keys]
    forms, words = _words(report.words)
    return {
        "tags": [safe_text.line(tag) for tag in predictions.tags],
        "forms": forms,
        "words": vars(Packed.of(words)),
        "offsets": vars(Packed.of(predictions.reference.offsets)),
        "gold": vars(Packed.of(predictions.reference.gold)),
        "known": vars(Packed.of(predictions.reference.known.astype(np.uint8))),
        **_origins(report.words),
        "models": [_model(predictions, key, report.names[key]) for key in order],
    }


def _words(words: Words | None) -> tuple[list[str], AnyIntegers]:
    """The distinct forms of test, and the place of each token's form among them."""
    if words is None:
        return [], np.zeros(0, np.uint8)
    forms, places = words.forms()
    return [safe_text.line(form) for form in forms], places


def _origins(words: Words | None) -> dict[str, object]:
    """Files, the number of each sentence's file, its line and its name; nothing where these are not known."""
    origins = words.origins() if words else None
    if origins is None:
        return {"files": [], "names": []}
    sent_ids: Iterable[bytes] = origins.sent_ids if origins.sent_ids is not None else ()
    return {
        "files": [safe_text.line(Path(file).name) for file in origins.files],
        "file": vars(Packed.of(origins.numbers)),
        "lines": vars(Packed.of(origins.lines)),
        "names": [safe_text.line(name.decode(errors="replace").strip()) for name in sent_ids],
    }


def _model(predictions: Predictions, key: ModelKey, name: str) -> dict[str, object]:
    """A model with the tag that most of its seeds give each token, and how many seeds are right."""
    ids = predictions.of(key).ids
    right = (ids == predictions.reference.gold).sum(0)
    return {
        "name": safe_text.line(name),
        "seeds": len(ids),
        "given": vars(Packed.of(usual(ids, len(predictions.tags)))),
        "right": vars(Packed.of(right)),
    }


def usual(ids: AnyIntegers, tags: int) -> AnyIntegers:
    """The tag that most seeds (seeds, tokens) give to each token, of equally many the first."""
    if len(ids) == 1 or bool((ids == ids[0]).all()):
        return np.asarray(ids[0])
    votes = _votes(ids, tags)
    return np.asarray(votes.argmax(1))


def _votes(ids: AnyIntegers, tags: int) -> AnyIntegers:
    """How many seeds give each tag: (tokens, tags)."""
    tokens = ids.shape[1]
    votes = np.zeros((tokens, tags), np.uint16)
    places: Sequence[int] | AnyIntegers = np.arange(tokens)
    for seed in ids:
        votes[places, seed] += 1
    return votes
