"""CPU seconds and memory of comparing ten models of five seeds: python benchmarks/speed/comparing.py DATA [OPTION...].

Predictions are drawn, not learned: each seed of a model answers most tokens of the test set of DATA with the gold tag
and the others with a random one. They are kept as a run, and `seqbench compare` reads it: all intervals, all pairs
under both questions. Options are passed on (--metric macro_f1). One thread; imports are counted apart.
"""

from __future__ import annotations

import os

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from seqbench.contracts.trial import TrialResult
from seqbench.registry.datasets import load
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.saving import save_dataset, save_trial
from seqbench.results.store import Store
from seqbench.running.plan import Plan, manifest, requests
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored

MODELS, SEEDS = 10, 5


def written(data: str, folder: Path) -> Store:
    """A run of drawn predictions."""
    registry, random = Registry.discover(), np.random.default_rng(0)
    dataset = load(data, registry)
    reference, learned = Reference.of(dataset), len(dataset.tags)
    models = [resolve(registry, parse(f"m{number}=rnn(hidden_dim={number + 1})"), {}) for number in range(MODELS)]
    plan, store = Plan([dataset], models, seeds=SEEDS), Store.create(folder)
    trials = list(requests(plan))
    store.write_manifest(manifest(plan, trials, {}))
    save_dataset(store, dataset)
    for trial in trials:
        wrong = random.random(len(reference.gold)) < 0.05 + 0.002 * int(trial.label[1:])
        predicted = np.where(wrong, random.integers(0, learned, len(wrong)), np.minimum(reference.gold, learned - 1))
        result = scored(TrialResult(predicted=predicted.astype(np.int32)), reference, registry)
        save_trial(store, trial, replace(result, timings={}), reference)
    print(f"{MODELS} models, {SEEDS} seeds, {len(reference.gold):,} tokens, {len(reference.offsets) - 1:,} sentences")
    return store


def cost(*arguments: str) -> tuple[float, float]:
    """CPU seconds of one command with its helpers, and the peak memory in megabytes of the largest process."""
    program = (
        "import resource, sys\n"
        "from seqbench.cli import program\n"
        "program.main(sys.argv[1:], standalone_mode=False)\n"
        "kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)\n"
        "used = [resource.getrusage(kind) for kind in kinds]\n"
        "seconds = sum(u.ru_utime + u.ru_stime for u in used)\n"
        "print(seconds, max(u.ru_maxrss for u in used) / 1024, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    seconds, memory = done.stderr.split()[-2:]
    return float(seconds), float(memory)


def main() -> None:
    """Print what a comparison costs, and what of it is there before anything is compared."""
    with tempfile.TemporaryDirectory() as folder:
        store = written(sys.argv[1], Path(folder) / "run")
        nothing, _ = cost("datasets")
        seconds, memory = cost("compare", str(store.folder), *sys.argv[2:])
    load = " ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"compare: {seconds:.2f} CPU seconds, {memory:,.0f} MB at the peak (load {load})")
    print(f"a command that compares nothing: {nothing:.2f} CPU seconds")


if __name__ == "__main__":
    main()
