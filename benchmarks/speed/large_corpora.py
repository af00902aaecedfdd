"""Reading and learning from very large column files: python benchmarks/speed/large_corpora.py [TOKENS] [MODEL ...].

Makes a file of words and tags drawn at random (10 million tokens unless said otherwise), reads it, and trains models on
it; prints tokens a second of CPU time, CPU and wall seconds, and the most memory of the process so far.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from seqbench import Conditions, make
from seqbench_datasets.readers.columns import read

Result = TypeVar("Result")
LENGTH, WORDS, TAGS, SENTENCES_AT_ONCE = 20, 200_000, 17, 50_000
OTHER = 0.1  # of the tokens have the second tag of their word


def write(path: Path, tokens: int) -> None:
    """Write sentences of 20 tokens; words are as frequent as in text (Zipf), each has one or two tags."""
    random = np.random.default_rng(0)
    lines = [[f"w{word}\tT{(word + other) % TAGS}\n" for word in range(WORDS)] for other in (0, 1)]
    with path.open("w", encoding="utf-8") as file:
        for start in range(0, tokens // LENGTH, SENTENCES_AT_ONCE):
            shape = min(SENTENCES_AT_ONCE, tokens // LENGTH - start), LENGTH
            words, others = random.zipf(1.1, shape) % WORDS, random.random(shape) < OTHER
            for row, other in zip(words.tolist(), others.tolist(), strict=True):
                file.write("".join(lines[way][word] for word, way in zip(row, other, strict=True)) + "\n")


def measured(what: str, tokens: int, work: Callable[[], Result]) -> Result:
    """Print how long a piece of work takes, and the memory behind it."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{what}: {tokens / cpu / 1e6:.2f}M tokens a CPU second ({cpu:.1f} s, wall {wall:.1f} s), peak {memory:.2f} GB"
    )
    return result


def main() -> None:
    """Write, read, learn."""
    tokens = int(sys.argv[1]) if sys.argv[1:] else 10_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.tsv"
        write(path, tokens)
        print(f"{tokens:,} tokens, {path.stat().st_size / 1e6:,.0f} MB")
        corpus = measured("read", tokens, lambda: read(path))
    measured("fingerprint", tokens, corpus.digest)
    for spec in sys.argv[2:] or ["baseline", "hmm"]:
        tagger = make(spec)
        measured(f"{spec} learns", tokens, lambda tagger=tagger: tagger.fit(corpus, Conditions()))


if __name__ == "__main__":
    main()
