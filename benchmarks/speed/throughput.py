"""What `--jobs 2` gains over `--jobs 1`, beside what two bare matrix products gain.

    python benchmarks/speed/throughput.py [--data NAME|PATH] [--model SPEC] [--trials 12] [--rounds 3]

Each round takes one and two processes that do nothing but multiply matrices, then the same trials with --jobs 1 and
with --jobs 2, as whole commands: starting, reading and storing included. Two cores that share a memory and a clock do
not do twice the work of one, so what counts is the ratio of both gains. Prints the load of the machine with each round.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

BARE = """
import sys, time
import numpy
a = numpy.random.default_rng(0).random((768, 768), numpy.float32)
a @ a
print("ready", flush=True)
sys.stdin.readline()
began, done = time.perf_counter(), 0
while time.perf_counter() - began < float(sys.argv[1]):
    a @ a
    done += 1
print(done * 2 * 768**3 / 1e9 / (time.perf_counter() - began))
"""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
WANTED = 0.92


@dataclass(frozen=True)
class Ran:
    """One command: its wall seconds, those of fit and predict of all trials, and CPU seconds of fit a trial."""

    wall: float
    trials: float
    cpu: float


def bare(processes: int, seconds: float) -> float:
    """GFLOP/s of so many processes together, which begin when all of them are ready."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BARE, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_THREAD},
        )
        for _ in range(processes)
    ]
    pipes = [(process.stdin, process.stdout) for process in running]
    for _, told in pipes:
        if told:
            told.readline()
    for start, _ in pipes:
        if start:
            start.write(b"go\n")
            start.flush()
    return sum(float(process.communicate()[0]) for process in running)


def run(asked: argparse.Namespace, jobs: int) -> Ran:
    """All trials in a new folder."""
    with tempfile.TemporaryDirectory(prefix="throughput-") as folder:
        command = ["run", "--models", asked.model, "--seeds", str(asked.trials), "--jobs", str(jobs), "--quiet"]
        data = ["--data", asked.data, "--device", "cpu", "--out", f"{folder}/run", "--format", "csv"]
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "seqbench", *command, *data],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD},
        )
        wall = time.perf_counter() - began
        found = [json.loads(path.read_text())["timings"] for path in Path(folder, "run/trials").glob("*.json")]
    if len(found) != asked.trials:
        raise SystemExit(f"{len(found)} of {asked.trials} trials finished")
    trials = sum(one["fit_wall_seconds"] + one["predict_wall_seconds"] for one in found)
    return Ran(wall, trials, statistics.fmean(one["fit_seconds"] for one in found))


def round_of(asked: argparse.Namespace) -> tuple[float, float]:
    """What two do over one: bare, and with trials."""
    load = os.getloadavg()[0]
    products = [bare(processes, asked.seconds) for processes in (1, 2)]
    one, two = run(asked, 1), run(asked, 2)
    products = [statistics.fmean(pair) for pair in zip(products, [bare(n, asked.seconds) for n in (1, 2)], strict=True)]
    gains = products[1] / products[0], one.wall / two.wall
    print(
        f"load {load:.1f}; products {products[0]:.0f} and {products[1]:.0f} GFLOP/s: {gains[0]:.2f}x; "
        f"{asked.trials} trials {one.wall:.1f} s and {two.wall:.1f} s: {gains[1]:.2f}x; ratio {gains[1] / gains[0]:.3f}"
    )
    beside = one.wall - one.trials, two.wall - two.trials / 2
    print(f"  beside fit and predict: {beside[0]:.1f} s with --jobs 1, {beside[1]:.1f} s with --jobs 2; "
          f"CPU seconds of fit a trial: {one.cpu:.2f} and {two.cpu:.2f}", flush=True)  # fmt: skip
    return gains


def main() -> None:
    """Measure and print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default="grammar")
    parser.add_argument("--model", default="lstm")
    parser.add_argument("--trials", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each bare product")
    asked = parser.parse_args()
    print(f"{asked.trials} trials of {asked.model} on {asked.data}", flush=True)
    found = [round_of(asked) for _ in range(asked.rounds)]
    products, trials = (statistics.median(one[part] for one in found) for part in (0, 1))
    ratio = statistics.median(two / bare_two for bare_two, two in found)
    print(
        f"medians of {asked.rounds} rounds: products gain {products:.2f}x, trials {trials:.2f}x; "
        f"median ratio {ratio:.3f} (wanted: at least {WANTED})"
    )


if __name__ == "__main__":
    main()
