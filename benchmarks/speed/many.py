"""`seqbench show` and `compare` over ten thousand stored trials: python benchmarks/speed/many.py [FOLDER].

    python benchmarks/speed/many.py [FOLDER] [--before CHECKOUT] [--rounds 5]

Makes a run of 10 datasets (500 sentences of 12 tokens to be tested on), 20 models and 50 seeds, whose predictions are
gold with some tags exchanged, unless FOLDER holds it already; then runs both commands three times each. With `--before`
both are run in turns with those of another checkout, on the run that its own benchmark makes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from _checkouts import HERE, environment, ratios, seconds
from msgspec.structs import replace

from seqbench import Corpus, Dataset
from seqbench.contracts.trial import DatasetReference, TrialResult
from seqbench.contracts.trial_key import key_of
from seqbench.registry.discovery import Registry
from seqbench.results.records import ModelSummary, TrialRecord, WantedTrial
from seqbench.results.saving import save_dataset
from seqbench.results.store import Store
from seqbench.results.trial_scores import Scores
from seqbench.running.plan import Plan, manifest
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored
from seqbench.scoring.tag_scores import confusion

DATASETS, MODELS, SEEDS = 10, 20, 50
UNSEEN = 0.2  # share of tokens whose tag is not the usual one of their word
SENTENCES, LENGTH, TAGS, WORDS = 500, 12, 17, 2000
DIFFERENT = 5  # sets of predictions for each model that are scored; its seeds share them


def corpus(random: np.random.Generator, sentences: int) -> Corpus:
    """Words and tags drawn at random."""
    words = random.zipf(1.3, (sentences, LENGTH)) % WORDS
    tags = (words + (random.random(words.shape) < UNSEEN)) % TAGS
    return Corpus.encode([[f"w{w}" for w in row] for row in words], [[f"T{t}" for t in row] for row in tags])


def make(folder: Path) -> None:
    """Write the run; quickly, since what is measured is reading."""
    random, store, registry = np.random.default_rng(0), Store.create(folder), Registry.discover()
    train = corpus(random, 2000)
    datasets = [Dataset.of(f"data-{n}", train=train, test=corpus(random, SENTENCES)) for n in range(DATASETS)]
    trials: list[WantedTrial] = []
    for dataset in datasets:
        save_dataset(store, dataset)
        for model in range(MODELS):
            variants = list(drawn(random, Reference.of(dataset), 0.05 + 0.005 * model, registry))
            for seed in range(SEEDS):
                record = trial(dataset, f"model-{model}", seed, variants[seed % DIFFERENT])
                store.trial_path(record, ".npz").write_bytes(variants[seed % DIFFERENT].arrays)
                store.trial_path(record).write_text(json.dumps(msgspec.to_builtins(record), indent=1))
                trials.append(WantedTrial(dataset=dataset.fingerprint, label=record.label, seed=seed, key=record.key))
    models = tuple(ModelSummary(label=f"model-{n}", spec=f"model-{n}") for n in range(MODELS))
    store.write_manifest(replace(manifest(Plan(datasets, [], SEEDS), [], {}), models=models, trials=tuple(trials)))


@dataclass(frozen=True)
class Variant:
    """Predictions that several trials share: their scores, and their arrays as the bytes of an .npz."""

    result: TrialResult
    arrays: bytes


def drawn(random: np.random.Generator, reference: Reference, wrong: float, registry: Registry) -> Iterator[Variant]:
    """Predictions of which such a share is drawn at random."""
    for _ in range(DIFFERENT):
        predicted = reference.gold.copy()
        places = random.random(len(predicted)) < wrong
        predicted[places] = random.integers(0, reference.learned, places.sum())
        buffer, matrix = io.BytesIO(), confusion(reference.outcome(predicted))
        np.savez_compressed(buffer, predicted=predicted.astype(np.uint8), confusion=matrix)
        yield Variant(scored(TrialResult(predicted=predicted), reference, registry), buffer.getvalue())


def trial(dataset: Dataset, label: str, seed: int, variant: Variant) -> TrialRecord:
    """A finished trial of that label and seed."""
    identity = {"dataset": dataset.fingerprint, "spec": label, "seed": seed}
    return TrialRecord(
        seqbench="0",
        key=key_of(identity),
        identity=identity,
        label=label,
        seed=seed,
        dataset=DatasetReference(dataset.name, dataset.source, dataset.fingerprint),
        scores=msgspec.convert(variant.result.scores, Scores),
        metrics=dict(variant.result.metrics),
        timings={"fit_seconds": 1.0, "predict_seconds": 0.1, "parameters": 1000, "peak_memory_bytes": 1 << 20},
        curve=tuple({"epoch": epoch, "tokens": 24000, "loss": 1 / epoch} for epoch in range(1, 7)),
        npz_sha256=hashlib.sha256(variant.arrays).hexdigest(),
    )


def folder_of(checkout: Path, parent: Path) -> Path:
    """The folder of the run that this benchmark of a checkout makes: each reads what it has written itself."""
    folder = parent / checkout.resolve().name / "run"
    if not (folder / "run.json").is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        code = "import sys, pathlib; sys.path.insert(0, '.'); import many; many.make(pathlib.Path(sys.argv[1]))"
        place = {"cwd": checkout / "benchmarks/speed", "env": environment(checkout)}
        subprocess.run([sys.executable, "-P", "-c", code, str(folder)], check=True, **place)
    return folder


def compared(before: Path, parent: Path, rounds: int) -> None:
    """Time both commands here and in the checkout `before`, in turns."""
    own, other = folder_of(HERE, parent), folder_of(before, parent)
    ratios({name: ([name, str(own)], [name, str(other)]) for name in ("show", "compare")}, before, rounds)


def main() -> None:
    """Make and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="holds the run, or gets it")
    parser.add_argument("--before", type=Path, help="another checkout of seqbench, to be timed in turns with this one")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="many-") as temporary:
        parent = options.folder or Path(temporary)
        if options.before:
            compared(options.before, parent, options.rounds)
        else:
            measured(parent / "run")


def measured(folder: Path) -> None:
    """Time both commands three times each."""
    if not (folder / "run.json").is_file():
        make(folder)
    count = len(list((folder / "trials").glob("*.json")))
    for name in ("show", "compare"):
        walls = [seconds([name, str(folder)], HERE)[0] for _ in range(3)]
        printed = ", ".join(f"{wall:.2f}" for wall in walls)
        print(
            f"seqbench {name} over {count:,} trials: {printed} s, median {statistics.median(walls):.2f} s", flush=True
        )


if __name__ == "__main__":
    main()
