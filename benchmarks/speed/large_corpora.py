"""Reading and learning from very large column files: python benchmarks/speed/large_corpora.py [TOKENS] [MODEL ...].

Makes a file of words and tags drawn at random (10 million tokens unless said otherwise), encodes it into a cache, opens
it from there, and trains models on it. Each step is a process of its own, which prints tokens a second of CPU time, CPU
and wall seconds, and its most memory (mapped pages of the cache's files included).
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from seqbench import Conditions, Corpus, DataAccess, make
from seqbench.registry.data_argument import parsed
from seqbench.registry.discovery import Registry
from seqbench.registry.reading import read

LENGTH, WORDS, TAGS, SENTENCES_AT_ONCE = 20, 200_000, 17, 50_000
OTHER = 0.1  # of the tokens have the second tag of their word


def write(path: Path, tokens: int) -> None:
    """Write sentences of 20 tokens; words are as frequent as in text (Zipf), each has one or two tags."""
    random = np.random.default_rng(0)
    lines = [f"w{word}\tT{(word + other) % TAGS}\n" for word in range(WORDS) for other in (0, 1)]
    gap = len(lines)
    lines.append("\n")
    with path.open("w", encoding="utf-8") as file:
        for start in range(0, tokens // LENGTH, SENTENCES_AT_ONCE):
            shape = min(SENTENCES_AT_ONCE, tokens // LENGTH - start), LENGTH
            words, others = random.zipf(1.1, shape) % WORDS, random.random(shape) < OTHER
            chosen = np.pad(2 * words + others, ((0, 0), (0, 1)), constant_values=gap)
            file.write("".join(map(lines.__getitem__, chosen.ravel().tolist())))


def measured(what: str, tokens: int, work: Callable[[], object]) -> None:
    """Print how long a piece of work takes, and the memory behind it."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    rate = f"{tokens / cpu / 1e6:.2f}M tokens a CPU second"
    print(f"{what}: {rate} ({cpu:.2f} s, wall {wall:.2f} s), peak {memory:.2f} GB", flush=True)


def corpus_of(path: Path) -> Corpus:
    """Corpus of a file as every command reads it, with a cache beside the file."""
    registry = Registry.discover()
    registry.access = DataAccess(cache=path.parent / "cache")
    return read(path, parsed(str(path)), registry)


def step(path: Path, name: str) -> None:
    """Print the measurement of one step."""
    if name in {"encoded", "opened again"}:
        measured(name, int(sys.argv[1]), lambda: corpus_of(path))
        return
    corpus = corpus_of(path)
    if name == "fingerprint":
        measured(name, corpus.tokens, corpus.digest)
        return
    tagger = make(name)
    measured(f"{name} learns", corpus.tokens, lambda: tagger.fit(corpus, Conditions()))


def main() -> None:
    """Write, encode, open, learn."""
    tokens = int(sys.argv[1]) if sys.argv[1:] else 10_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.tsv"
        write(path, tokens)
        print(f"{tokens:,} tokens, {path.stat().st_size / 1e6:,.0f} MB", flush=True)
        for name in ["encoded", "opened again", "fingerprint", *(sys.argv[2:] or ["baseline", "hmm"])]:
            process = multiprocessing.get_context("spawn").Process(target=step, args=(path, name))
            process.start()
            process.join()


if __name__ == "__main__":
    main()
