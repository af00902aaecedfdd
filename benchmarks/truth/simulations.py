"""Is what `seqbench compare` prints true? python benchmarks/truth/simulations.py [ROUNDS [--rope] [SHAPE...]].

Simulates runs of taggers whose true scores are known (`simulated_runs`), lets the functions behind the command print
its tables, reads the claims in them (`printed_claims`) and counts: commands with any false claim, intervals of single
scores that hold the true score, and how often a difference of the size that a command said it would often miss is found
(in trained models, question a, that no seed moves). Prints a table in Markdown, a row for each shape of comparison,
each rate with its standard error. Models of one command share its text: errors are those of commands, not of intervals.
Each shape has random numbers of its own: a row is the same by itself and among others.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from printed_claims import Printed, printed
from simulated_runs import Shape, SimulatedRuns, simulated, true_score

from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_report import Comparable, Question
from seqbench.reporting.comparison_texts import comparison_texts
from seqbench.results.listing import Listing
from seqbench.scoring.registered_metrics import countables

MOST_MODELS = 5
METRICS = ("accuracy", "macro_f1", "span-f1")
SHAPES = (
    Shape(name="2 models, 2,000 sentences"),
    Shape(name="2 models, 50 sentences", sentences=50),
    Shape(name="2 models, 50 sentences at 99.8 %", sentences=50, accuracy=0.998, spread=0.0001),
    Shape(name="2 models, 2,000 sentences at 99.8 %", accuracy=0.998, spread=0.0001),
    Shape(name="2 models, 6 documents", documents=6, sentences=300),
    Shape(name="2 models, 19 documents", documents=19, sentences=600),
    Shape(name="2 models, 20 documents", documents=20, sentences=600),
    Shape(name="2 models, 300 documents", documents=300, sentences=1500),
    Shape(name="10 models, 600 sentences", models=10, sentences=600),
    Shape(name="40 models, 600 sentences", models=40, sentences=600),
    Shape(name="2 models, 2 seeds", seeds=(2,), sentences=600, spread=0.004),
    Shape(name="2 models, 3 seeds", seeds=(3,), sentences=600, spread=0.004),
    Shape(name="2 models, 5 seeds", seeds=(5,), sentences=600, spread=0.004),
    Shape(name="2 models, 10 seeds", seeds=(10,), sentences=600, spread=0.004),
    Shape(name="2 seeds against 10", seeds=(2, 10), sentences=600, spread=0.004),
    Shape(name="deterministic against 3 seeds", seeds=(0, 3), sentences=600, spread=0.004),
    Shape(name="10 models, 5 seeds", models=10, seeds=(5,), sentences=600, spread=0.004),
    Shape(name="span F1, 2 models", metric="span-f1", sentences=600, spread=0.0),
    Shape(name="macro F1, frequent tags", metric="macro_f1", sentences=600, spread=0.0),
    Shape(name="macro F1, rare tags", metric="macro_f1", sentences=600, rare=True, spread=0.0),
    Shape(name="2 models, 10 folds", folds=10, sentences=200, by_dataset=0.004),
    Shape(name="5 models, 5 folds", models=5, folds=5, sentences=200, by_dataset=0.004),
    Shape(name="2 models, 10 random splits", resplits=10, sentences=200, by_dataset=0.004),
    Shape(name="2 models, 6 datasets", datasets=6, sentences=200, by_dataset=0.004),
    Shape(name="5 models, 10 datasets", models=5, datasets=10, sentences=200, by_dataset=0.004),
    Shape(name="10 models, 20 datasets", models=10, datasets=20, sentences=200, by_dataset=0.004),
)


def beside_a_rope(shape: Shape) -> Shape:
    """The shape with a first model that is truly better by a little more than the rope: "equal" is always false."""
    gap = 0.01 if shape.accuracy + 0.01 < 1 else 0.001
    spread = min(shape.spread, gap / 5)
    return replace(shape, name=f"{shape.name}, --rope {100 * gap:g}", gap=gap, rope=gap * 0.999, spread=spread)


BESIDE_A_ROPE = tuple(
    beside_a_rope(shape) for shape in SHAPES if shape.metric == "accuracy" and shape.models <= MOST_MODELS
)
_A_PART = 4  # of the rounds, for what a difference of the size that would be missed does


@dataclass
class Tally:
    """Counts over the rounds of one shape; `intervals` of each command: how many hold the true score, of how many."""

    rounds: int = 0
    false: int = 0
    intervals: list[tuple[int, int]] = field(default_factory=list)
    missed: dict[str, list[float]] = field(default_factory=dict)
    seconds: float = 0.0


def public_part() -> Comparable:
    """What does not change from round to round: the registered metrics, and the question with all pairs."""
    registry = Registry.discover()
    empty = Listing(stores=(), datasets=(), models=(), names={}, metrics={})
    metrics = countables(registry, METRICS, metrics=METRICS)
    return Comparable(listing=empty, metrics=metrics, question=Question(pairs=True), against=None)


def compared(runs: SimulatedRuns) -> Printed:
    """What the command prints of these runs."""
    return printed(comparison_texts(runs, "table"))


def tally_of(shape: Shape, rounds: int, public: Comparable, random: np.random.Generator) -> Tally:
    """Commands of one shape with their false claims."""
    tally, began = Tally(rounds), time.monotonic()
    truth_of_metric = None if shape.metric == "accuracy" else true_score(shape, public.metrics[shape.metric])
    for _ in range(rounds):
        runs = simulated(shape, public, random)
        told = compared(runs)
        tally.false += any(not claim.is_true(runs.truth) for claim in told.claims)
        held = []
        for (dataset, model), (low, high) in told.intervals.items():
            question = "b" if len(shape.seeds) > 1 or shape.seeds[0] != 1 else "a"
            true = runs.truth[question, dataset][model] if truth_of_metric is None else truth_of_metric
            held.append(low - 0.00005 <= true <= high + 0.00005)
        tally.intervals.append((sum(held), len(held)))
        for question, size in told.missed.items():
            tally.missed.setdefault(question, []).append(size)
    tally.seconds = time.monotonic() - began
    return tally


def share(counts: Sequence[tuple[int, int]]) -> str:
    """A share of all, in percent, with its standard error if what one command counts hangs together."""
    held, of = np.array(counts, float).reshape(-1, 2).T
    if not of.sum():
        return "none printed"
    mean = held.sum() / of.sum()
    error = np.sqrt(np.sum((held - mean * of) ** 2) * len(of) / max(1, len(of) - 1)) / of.sum()
    return f"{100 * mean:.1f} % ± {100 * error:.1f}"


def found(shape: Shape, question: str, rounds: int, public: Comparable, random: np.random.Generator) -> str:
    """Share of pairs with the first model that are told apart where it is truly better by the gap of the shape."""
    counts = []
    for _ in range(rounds):
        runs = simulated(shape, public, random)
        claims = compared(runs).claims
        pairs = {claim.worse for claim in claims if claim.question == question and claim.better == "m0" and claim.worse}
        counts.append((len(pairs), shape.models - 1))
    return share(counts)


def row(shape: Shape, rounds: int, public: Comparable) -> list[str]:
    """Cells of the table for one shape."""
    random = np.random.default_rng([2026, zlib.crc32(shape.name.encode())])
    tally = tally_of(shape, rounds, public, random)
    told = []
    for question, sizes in tally.missed.items():
        size = float(np.median(sizes))
        if (
            shape.metric == "accuracy"
            and shape.rope is None
            and not shape.folds
            and not shape.resplits
            and shape.datasets == 1
            and size + shape.accuracy < 1
        ):
            better = replace(shape, gap=size, spread=0.0 if question == "a" else shape.spread)
            rate = found(better, question, max(1, rounds // _A_PART), public, random)
            told.append(f"({question}) {100 * size:.2f} points: {rate}")
    false, coverage = f"{tally.false} of {rounds}", share(tally.intervals)
    return [shape.name, false, coverage, "; ".join(told) or "-", f"{1000 * tally.seconds / rounds:.0f} ms"]


def main() -> None:
    """Print the table, a row as soon as it is there, and the false claims of all commands."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    rope, names = "--rope" in sys.argv[2:], [name for name in sys.argv[2:] if name != "--rope"]
    shapes = [shape for shape in (BESIDE_A_ROPE if rope else SHAPES) if not names or shape.name in names]
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core: no further processes are forked
    public, load = public_part(), " ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{time.strftime('%Y-%m-%d %H:%M')}, load {load}\n")
    columns = ["first model better by the rope" if rope else "all models equal"]
    columns += ["commands with a false claim", "intervals that hold the true score"]
    columns += ["a difference said to be often missed: found in", "a command"]
    print(f"| {' | '.join(columns)} |\n|---|---:|---:|---|---:|", flush=True)
    false = 0
    for shape in shapes:
        cells = row(shape, rounds, public)
        false += int(cells[1].split()[0])
        print(f"| {' | '.join(cells)} |", flush=True)
    commands = rounds * len(shapes)
    print(
        f"\nfalse claims in {false} of {commands} commands: {share([(1, 1)] * false + [(0, 1)] * (commands - false))}"
    )


if __name__ == "__main__":
    main()
