"""Compare the tags that two checkouts of seqbench predict, token by token.

    python benchmarks/truth/same_predictions.py CHECKOUT [--data grammar ...] [--epochs 2]

`git worktree add ../before COMMIT` makes the other checkout. Both train the same built-in taggers with one seed on the
CPU; where the predictions of one differ, the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parents[2]
MODELS = (
    "majority", "baseline", "hmm", "perceptron", "crf", "feedforward", "cnn", "rnn", "gru", "lstm", "lstm-crf",
    "transformer", "lstm-tutorial", 'mix=ensemble(members=["baseline", "hmm"])',
)  # fmt: skip


def predictions(checkout: Path, data: str, epochs: int, folder: Path) -> dict[str, NDArray[np.int64]]:
    """Predicted tag ids (tokens,) by label, of a run by a checkout in a new folder."""
    parts = os.pathsep.join(str(checkout / part) for part in ("", "plugins", "datasets"))
    options = ["--data", data, "--models", ",".join(MODELS), "--epochs", str(epochs), "--device", "cpu", "--quiet"]
    command = [sys.executable, "-P", "-m", "seqbench", "run", *options, "--out", str(folder)]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": parts}, check=True, stdout=subprocess.DEVNULL)
    records = [path for path in (folder / "trials").glob("*.json") if not path.name.endswith(".failed.json")]
    return {json.loads(path.read_text())["label"]: np.load(path.with_suffix(".npz"))["predicted"] for path in records}


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--data", action="append")
    parser.add_argument("--epochs", type=int, default=2)
    options = parser.parse_args()
    wrong = 0
    for data in options.data or ["grammar"]:
        with tempfile.TemporaryDirectory() as place:
            now, before = (predictions(checkout.resolve(), data, options.epochs, Path(place, name))
                           for name, checkout in (("now", HERE), ("before", options.checkout)))  # fmt: skip
        for label in MODELS:
            name = label.partition("=")[0]
            pair = now.get(name), before.get(name)
            same = pair[0] is not None and pair[1] is not None and np.array_equal(*pair)
            tokens = 0 if pair[0] is None else len(pair[0])
            print(f"{data}, {name}: {f'the same {tokens:,} tags' if same else 'DIFFERENT'}", flush=True)
            wrong += not same
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
