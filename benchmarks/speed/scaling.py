"""One and ten million tokens read, encoded, fitted and scored by the baseline: python benchmarks/speed/scaling.py FILE.

Each size runs in a process of its own. Prints CPU seconds, peak memory and their ratio.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

SIZES = (1_000_000, 10_000_000)


def work(path: Path) -> None:
    """Read, encode, fit, score; prints what it took. The file is train, its last tenth dev and test."""
    from seqbench import Conditions, Dataset, make
    from seqbench.scoring.reference import Reference
    from seqbench.scoring.scored_trial import core_scores as scores
    from seqbench_datasets.readers.conllu import read

    make("baseline")
    scores(Reference.of(_tiny()).outcome(np.zeros(1, np.int32)))  # imports what is needed, untimed
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    times = [time.process_time()]
    corpus = read(path)
    times.append(time.process_time())
    cut = len(corpus) // 10 * 9
    dataset = Dataset.of("repeated", train=corpus.part(0, cut), test=corpus.part(cut, len(corpus)))
    times.append(time.process_time())
    tagger = make("baseline")
    tagger.fit(dataset.train, Conditions())
    predicted = np.asarray(tagger.predict(dataset.test.sentences).ids)  # type: ignore[attr-defined]
    times.append(time.process_time())
    found = scores(Reference.of(dataset).outcome(predicted))
    times.append(time.process_time())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    parts = " ".join(f"{b - a:.3f}" for a, b in pairwise(times))
    held = corpus.sentences.ids.nbytes + corpus.tags.ids.nbytes + 2 * corpus.sentences.offsets.nbytes
    print(corpus.tokens, times[-1] - times[0], peak, held, found["accuracy"], parts)


def _tiny() -> object:
    from seqbench import Corpus, Dataset

    corpus = Corpus.encode([["a"]], [["X"]])
    return Dataset.of("tiny", train=corpus, test=corpus)


def main() -> None:
    """Repeat the file to each size and measure."""
    text = Path(sys.argv[1]).read_bytes().rstrip(b"\n") + b"\n\n"
    tokens = sum(line[:1].isdigit() and line.split(b"\t", 1)[0].isdigit() for line in text.split(b"\n"))
    seconds = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "repeated.conllu"
            with path.open("wb") as file:
                for _ in range(round(size / tokens)):
                    file.write(text)
            done = subprocess.run(
                [sys.executable, __file__, "--work", path], check=True, capture_output=True, text=True
            )
        read, total, peak, held, accuracy, *parts = done.stdout.split()
        seconds.append(float(total))
        print(
            f"{int(read):,} tokens: {float(total):.2f} CPU s (read, encode, fit + predict, score: {' '.join(parts)}), "
            f"peak {float(peak) / int(read):.0f} bytes a token, held {int(held) / int(read):.1f}, "
            f"accuracy {accuracy[:6]}"
        )
    print(f"ten times the tokens take {seconds[1] / seconds[0]:.1f} times as long")


if __name__ == "__main__":
    if sys.argv[1] == "--work":
        work(Path(sys.argv[2]))
    else:
        main()
