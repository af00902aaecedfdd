"""Probabilities of ONNX files against those of torch, in whole padded batches of uneven sentences, for every network.

    python benchmarks/truth/onnx_equality.py 2000 [FOLDER]

Each built-in network is trained on `grammar` for an epoch and exported; both tag the same made-up sentences of 1 to
200 words, many of them unknown. FOLDER is a kept model that is measured as well. Prints the largest difference of each.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import numpy as np
from kept import loaded

from seqbench import Conditions, Exportable, Probabilistic, Tagger, UsageError, make
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

SPECS = [
    "rnn", "gru", "lstm", "lstm(characters='lstm', layers=2)", "lstm(bidirectional=False, subwords=False)",
    "lstm-crf", "cnn", "feedforward", "transformer", "transformer(crf=True)", "mingru", "minlstm", "mamba", "ssm",
    "linear-attention", "gated-delta", "mlstm", "slstm",
]  # fmt: skip
LONGEST = 200


def sentences(count: int, words: list[str]) -> list[list[str]]:
    """Sentences of 1 to 200 words, most of them short; a third of the words is made up."""
    random = np.random.default_rng(0)
    known = np.array([*words, *("x" * size for size in range(1, len(words) // 2))], object)
    return [random.choice(known, min(size, LONGEST)).tolist() for size in random.geometric(0.05, count)]


def measured(tagger: Tagger, words: list[list[str]]) -> str:
    """The largest difference, or the reason why there is no file."""
    if not isinstance(tagger, Exportable) or not isinstance(tagger, Probabilistic):
        return "no network"
    try:
        start = time.process_time()
        exported = tagger.exported()
        seconds = time.process_time() - start
    except UsageError as error:
        return f"refused: {error}"
    difference = np.abs(exported.predict_proba(words) - tagger.predict_proba(words)).max()  # type: ignore[attr-defined]
    return f"largest difference {difference:.1e}, exported in {seconds:.1f} s of CPU"


def main() -> None:
    """Print a line for each network."""
    count = int(sys.argv[1])
    train = load("grammar", Registry.discover()).train
    made = sentences(count, list(map(str, train.sentences.vocabulary)))
    print(f"{count:,} sentences of 1 to {max(map(len, made))} words, {sum(map(len, made)):,} tokens")
    for spec in SPECS:
        tagger = make(spec)
        tagger.epochs = 1  # type: ignore[attr-defined]
        tagger.fit(train, Conditions(seed=0))
        print(f"{spec}: {measured(tagger, made)}", flush=True)
    for folder in sys.argv[2:]:
        model = loaded(Path(folder))
        real = sentences(count, list(map(str, model.encoder.vocabularies.words)))
        print(f"{model.record.label}, kept: {measured(model.tagger, real)}")


if __name__ == "__main__":
    main()
