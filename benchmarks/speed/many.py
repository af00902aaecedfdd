"""`seqbench show` and `compare` over ten thousand stored trials: python benchmarks/speed/many.py [FOLDER].

Makes a run of 10 datasets (500 sentences of 12 tokens to be tested on), 20 models and 50 seeds, whose predictions are
gold with some tags exchanged, unless FOLDER holds it already; then runs both commands three times each.
"""

from __future__ import annotations

import hashlib
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from seqbench import Corpus, Dataset
from seqbench.contracts.trial import DatasetReference, TrialResult
from seqbench.contracts.trial_key import key_of
from seqbench.registry.discovery import Registry
from seqbench.results.records import write_data
from seqbench.results.store import Store
from seqbench.running.plan import Plan, manifest
from seqbench.scoring.metrics import confusion
from seqbench.scoring.reference import Reference
from seqbench.scoring.scored_trial import scored

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
    trials = []
    for dataset in datasets:
        write_data(store, dataset)
        reference = Reference.of(dataset)
        for model in range(MODELS):
            wrong = 0.05 + 0.005 * model
            variants = []
            for _ in range(DIFFERENT):
                predicted = reference.gold.copy()
                places = random.random(len(predicted)) < wrong
                predicted[places] = random.integers(0, reference.learned, places.sum())
                buffer = io.BytesIO()
                matrix = confusion(reference.outcome(predicted))
                ids = predicted.astype(np.uint8)
                np.savez_compressed(buffer, allow_pickle=False, predicted=ids, confusion=matrix)
                result = scored(TrialResult(predicted=predicted), reference, registry)
                variants.append((buffer.getvalue(), result))
            for seed in range(SEEDS):
                content, result = variants[seed % DIFFERENT]
                about = DatasetReference(dataset.name, dataset.source, dataset.fingerprint)
                identity = {"dataset": dataset.fingerprint, "spec": f"model-{model}", "seed": seed}
                key, label = key_of(identity), f"model-{model}"
                told = {"seqbench": "0", "key": key, "identity": identity, "label": label, "seed": seed}
                timings = {"fit_seconds": 1.0, "predict_seconds": 0.1, "parameters": 1000, "peak_memory_bytes": 1 << 20}
                curve = [{"epoch": epoch, "tokens": 24000, "loss": 1 / epoch} for epoch in range(1, 7)]
                found = {"scores": result.scores, "metrics": result.metrics, "timings": timings, "curve": curve}
                digest = {"notes": [], "npz_sha256": hashlib.sha256(content).hexdigest()}
                path = store.trial_path(label, seed, key)
                path.with_suffix(".npz").write_bytes(content)
                path.write_text(json.dumps({**told, "dataset": asdict(about), **found, **digest}, indent=1))
                trials.append({"dataset": dataset.fingerprint, "label": label, "seed": seed, "key": key})
    models = [{"label": f"model-{n}", "spec": f"model-{n}", "deterministic": False} for n in range(MODELS)]
    about_run = manifest(Plan(datasets, [], SEEDS), [], {})
    store.write_json(store.manifest_path, {**about_run, "models": models, "trials": trials})


def main() -> None:
    """Make and measure."""
    with tempfile.TemporaryDirectory(prefix="many-") as temporary:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else temporary) / "run"
        if not (folder / "run.json").is_file():
            make(folder)
        count = len(list((folder / "trials").glob("*.json")))
        for name in ("show", "compare"):
            seconds = []
            for _ in range(3):
                began = time.monotonic()
                subprocess.run(
                    [sys.executable, "-m", "seqbench", name, str(folder)], check=True, stdout=subprocess.DEVNULL
                )
                seconds.append(time.monotonic() - began)
            told = ", ".join(f"{one:.2f}" for one in seconds)
            print(
                f"seqbench {name} over {count:,} trials: {told} s, median {statistics.median(seconds):.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
