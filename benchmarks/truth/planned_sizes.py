"""Does what `seqbench power` says find what it should? python benchmarks/truth/planned_sizes.py [ROUNDS].

Plans for a difference by a small simulated run of equal models, then simulates runs of the planned size in which one is
truly better by as much, and counts how often `seqbench compare` says so: it should be in about 80 %.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
from simulated_runs import Shape, simulated
from simulations import found, public_part

from seqbench.comparing.planning import needs
from seqbench.reporting.comparison_report import Comparable

SIZE = 0.01
TEXT = Shape(name="sentences", sentences=300, spread=0.0)
SEEDS = Shape(name="seeds", sentences=4000, seeds=(10,), spread=0.005)
PLANS = 15


def row(shape: Shape, question: str, rounds: int, public: Comparable) -> str:
    """The median of what is planned for a shape, and the share of so many rounds that find the difference with it."""
    planned, random = [], np.random.default_rng(2026)
    for _ in range(PLANS):
        runs = simulated(shape, public, random)
        (measured,) = runs.measured(runs.predictions(runs.listing.datasets[0]))
        (need,) = needs(measured, SIZE, runs.tests)
        planned.append(need.units if question == "a" else need.seeds)
    size = int(np.median([number for number in planned if number]))
    larger = replace(shape, gap=SIZE, **({"sentences": size} if question == "a" else {"seeds": (size,)}))
    share = found(larger, question, rounds, public, random)
    return f"| {shape.name} | {size:,} ({min(planned):,} to {max(planned):,}) | {share} of {rounds} |"


def main() -> None:
    """Print a row for each shape."""
    rounds, public = int(sys.argv[1]) if len(sys.argv) > 1 else 40, public_part()
    print("| to find 1 point | planned | found |\n|---|---:|---:|")
    for shape, question in ((TEXT, "a"), (SEEDS, "b")):
        print(row(shape, question, rounds, public), flush=True)


if __name__ == "__main__":
    main()
