"""Costs of a kept model where it is used: milliseconds a sentence by itself, and bytes on disk."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from seqbench.contracts.tagger import Tagger
from seqbench.data.corpus import Sequences

_SENTENCES = 100


def use_costs(tagger: Tagger, sentences: Sequences, folder: Path) -> dict[str, float | None]:
    """The median and the 95th percentile of milliseconds for single sentences, and the bytes of a folder's files.

    The first sentences are tagged one by one, empty ones left out; None where there is no sentence.
    """
    full = np.flatnonzero(sentences.lengths)[:_SENTENCES]
    milliseconds = [_milliseconds(tagger, sentences.take(full[i : i + 1])) for i in range(len(full))]
    p50, p95 = np.percentile(milliseconds, [50, 95]).tolist() if milliseconds else (None, None)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {"p50_ms": p50, "p95_ms": p95, "bytes_on_disk": size}


def _milliseconds(tagger: Tagger, sentence: Sequences) -> float:
    started = time.perf_counter()
    list(tagger.predict(sentence))
    return 1000 * (time.perf_counter() - started)
