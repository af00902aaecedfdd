"""CPU seconds of `seqbench report` for many models and seeds: the page of simulated taggers on a corpus.

    python benchmarks/speed/page.py ../shared/data/ud-english-ewt [--models 10] [--seeds 5] [--times 3]

The taggers give each word its most frequent tag, and a share of tags at random. Prints the seconds of the first page
(which puts the libraries of its pictures together), the median of later ones (which read them from the cache), and the
size of the file.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

_PLUGIN = '''"""Most frequent tags with noise."""
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Annotated
import random

from seqbench import hookimpl


@hookimpl
def register_taggers(register):
    register("noisy", Noisy, "the most frequent tag of each word, with noise")


@dataclass(kw_only=True)
class Noisy:
    noise: Annotated[float, "share of tags that are drawn"] = 0.05

    def fit(self, train, conditions):
        counts = defaultdict(Counter)
        for words, tags in zip(train.sentences, train.tags):
            for word, tag in zip(words, tags):
                counts[word][tag] += 1
        self.best = {word: tags.most_common(1)[0][0] for word, tags in counts.items()}
        self.tags = sorted({tag for tags in counts.values() for tag in tags})
        for epoch in range(1, 11):
            score = 0.8 + epoch / 100 + random.random() / 100
            conditions.report(epoch=epoch, tokens=1000, loss=3 / epoch, dev_accuracy=score, dev_score=score)

    def predict(self, sentences):
        usual = self.tags[0]
        return [
            [random.choice(self.tags) if random.random() < self.noise else self.best.get(word, usual) for word in words]
            for words in sentences
        ]
'''


def main() -> None:
    """Fill a run, write its page several times, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("--models", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plugin, run, page = (Path(folder) / name for name in ("noisy.py", "run", "page.html"))
        plugin.write_text(_PLUGIN, encoding="utf-8")
        models = ",".join(f"m{number}=noisy(noise={number / 100})" for number in range(1, options.models + 1))
        filled = ["run", "--data", options.data, "--models", models, "--seeds", str(options.seeds), "--out", str(run)]
        _seconds([*filled, "--plugin", str(plugin), "--quiet"], folder)
        report = ["report", str(run), "--plugin", str(plugin), "--out", str(page)]
        first, *later = (_seconds(report, folder) for _ in range(options.times + 1))
        print(f"{options.models} models x {options.seeds} seeds on {options.data}: {page.stat().st_size:,} bytes")
        print(f"CPU: first page {first:.2f} s, later pages {statistics.median(later):.2f} s (median of {len(later)})")


def _seconds(arguments: list[str], cache: str) -> float:
    """CPU seconds of a command, with caches in a folder of their own."""
    before = os.times()
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    command = [sys.executable, "-m", "seqbench", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return sum(os.times()[2:4]) - sum(before[2:4])


if __name__ == "__main__":
    main()
