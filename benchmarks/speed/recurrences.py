"""Training speed of each recurrence against `lstm`: tokens passed in a CPU second, as ratios of alternate trainings.

    python benchmarks/speed/recurrences.py [ROUNDS]

Every round trains each model once on the same sentences of the built-in grammar, one after another; the figure of a
model is the median over rounds of its rate by that of `lstm` in the same round. Prints a table in Markdown.
"""

from __future__ import annotations

import statistics
import sys
import time

from seqbench import Conditions, make
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry

NAMES = "lstm", "gru", "rnn", "mingru", "minlstm", "ssm", "mamba", "linear-attention", "gated-delta", "mlstm", "slstm"
SENTENCES = 200


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    train = load("grammar", Registry.discover()).train.part(0, SENTENCES)
    make("lstm").warm_up(Conditions())
    rates: dict[str, list[float]] = {name: [] for name in NAMES}
    for _ in range(rounds):
        for name in NAMES:
            tagger = make(f"{name}(epochs=1, min_steps=1)")
            start = time.process_time()
            tagger.fit(train, Conditions())
            rates[name].append(train.tokens / (time.process_time() - start))
    print("| model | training speed, lstm = 1 | from | to |\n|---|---|---|---|")
    for name in NAMES:
        ratios = [rate / first for rate, first in zip(rates[name], rates["lstm"], strict=True)]
        print(f"| {name} | {statistics.median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f} |")


if __name__ == "__main__":
    main()
