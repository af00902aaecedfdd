"""Damaged model folders, as many as asked for: each must be refused with one sentence, and none may be executed.

    python benchmarks/reliability/damaged_models.py 100000

Good models of several kinds are damaged in the ways of `tests/damage.py`, half of them before the folder's own sizes
and checksums are written again. Prints how many were refused, the time, and the highest memory of the process.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from damage import MARK, damaged
from encoders import tiny_bert
from kept import SMALL, kept

from seqbench import SeqbenchError
from seqbench.registry.discovery import Registry
from seqbench.serving.kept_model import load_model

SPECS = [
    "baseline",
    "brill",
    "majority",
    "hmm",
    "hmm(lexicalized=True)",
    "perceptron(epochs=1)",
    "crf(iterations=3)",
    "maxent(iterations=3)",
    "svm(iterations=3)",
    "lstm-tutorial(epochs=2)",
    f"lstm({SMALL})",
    f"lstm({SMALL}, weights='int8')",
    f"lstm({SMALL}, weights='bfloat16')",
    f"lstm-crf({SMALL})",
    f"cnn({SMALL})",
    f"distil(student='rnn({SMALL})', teacher='hmm', folds=2)",
    "ensemble(members=['hmm', 'baseline'])",
    "regression",
]
REGRESSION = """from seqbench import hookimpl
from seqbench.adapters import PerTokenProbabilities
from sklearn.linear_model import LogisticRegression
class Regression(PerTokenProbabilities):
    def __init__(self): super().__init__(LogisticRegression())
@hookimpl
def register_taggers(register): register("regression", Regression, "logistic regression, kept by skops")
"""


def memory() -> int:
    """The highest memory of this process, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    """Damage and load; the exit code is 1 if a damage was not refused."""
    wanted, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0  # noqa: PLR2004
    wrong, number = [], 0
    with tempfile.TemporaryDirectory() as temporary:
        place, plugin = Path(temporary), Path(temporary) / "regression.py"
        plugin.write_text(REGRESSION)
        registry = Registry.discover([plugin])
        encoder = f"pretrained(model={tiny_bert(place / 'bert')!r}, epochs=1)"
        specs = [(spec, 0) for spec in (*SPECS, encoder)] + [(f"lstm({SMALL})", 1)]  # one of them with other weights
        good = [
            kept(spec, place / f"good{number}", seed=seed, plugins=[plugin])
            for number, (spec, seed) in enumerate(specs)
        ]
        number = 0
        before, start = memory(), time.monotonic()
        for folder, said in islice(damaged(good, place / "damaged", Random(seed)), wanted):  # noqa: S311 -- nothing secret
            number += 1
            try:
                load_model(folder, registry)
                wrong.append(f"not refused: {said}")
            except SeqbenchError as error:
                if "\n" in str(error):
                    wrong.append(f"more than one line: {said}")
            except Exception as error:  # noqa: BLE001 -- that is what is looked for
                wrong.append(f"{type(error).__name__}: {error}: {said}")
        seconds = time.monotonic() - start
    print("\n".join(wrong[:20]))
    print(f"{number:,} damaged folders, {number - len(wrong):,} refused with one sentence, {len(wrong):,} not")
    print(f"executed: {'yes' if MARK in os.environ else 'none'}; {seconds:.0f} s")
    print(f"highest memory before the first {before} MiB, after the last {memory()} MiB")
    return int(bool(wrong) or MARK in os.environ)


if __name__ == "__main__":
    sys.exit(main())
