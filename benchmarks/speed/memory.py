"""Peak memory of every contender, on a corpus and on ten times as much.

    python benchmarks/speed/memory.py DATA [SPEC...]

Each trial runs in a process of its own, for one epoch (a tenth of CRFsuite's iterations), without dev. The large corpus
repeats the sentences; words seen once get a new form in every copy, so that the vocabulary grows too, as that of a real
corpus would. Prints megabytes above what the process held before, and how much more the larger corpus takes.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from seqbench import Conditions, Corpus, Sequences, make
from seqbench.contracts.tagger import WarmsUp
from seqbench.data.corpus import offsets_of, strings
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.running.resources import PeakMemory

SPECS = (
    "majority",
    "baseline",
    "hmm",
    "hmm(lexicalized=True)",
    "perceptron(epochs=1)",
    "crf(iterations=6)",
    "feedforward(epochs=1)",
    "cnn(epochs=1)",
    "transformer(epochs=1)",
    "rnn(epochs=1)",
    "gru(epochs=1)",
    "lstm(epochs=1)",
    "lstm-crf(epochs=1)",
)
TIMES = 10


def repeated(corpus: Corpus, times: int) -> Corpus:
    """The corpus so many times over, the words that it has once under another form each time."""
    words, tags = corpus.sentences, corpus.tags
    once = np.bincount(words.ids, minlength=len(words.vocabulary))[words.ids] == 1
    ids = np.concatenate([words.ids + copy * len(words.vocabulary) * once for copy in range(times)])
    forms = [f"{form}{copy or ''}" for copy in range(times) for form in words.vocabulary]
    offsets = offsets_of(np.tile(words.lengths, times))
    sentences = Sequences(ids.astype(np.int32), offsets, strings(forms)).compact()
    return Corpus(sentences, Sequences(np.tile(tags.ids, times), offsets, tags.vocabulary))


def work(data: str, spec: str, times: int) -> None:
    """Fit and tag; prints the peak in bytes, the tokens and the weights."""
    dataset = load(data, Registry.discover())
    train = repeated(dataset.train, times)
    tagger = make(spec)
    if isinstance(tagger, WarmsUp):
        tagger.warm_up(Conditions())
    peak = PeakMemory()
    tagger.fit(train, Conditions())
    tagger.predict(dataset.test.sentences.extend(train.sentences))
    print(peak.bytes(), train.tokens, getattr(tagger, "parameters", 0))


def main() -> None:
    """One line a contender."""
    data, *specs = sys.argv[1:]
    print("| model | MB | MB on ten times the tokens | growth | weights | weights then |\n|---|---|---|---|---|---|")
    for spec in specs or SPECS:
        found = []
        for times in (1, TIMES):
            command = [sys.executable, __file__, "--work", data, spec, str(times)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found.append([int(number) for number in done.stdout.split()])
        (small, _, weights), (large, _, more) = found
        growth = f"{large / small:.1f}x"
        print(f"| {spec} | {small / 1e6:.0f} | {large / 1e6:.0f} | {growth} | {weights:,} | {more:,} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--work":
        work(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()
