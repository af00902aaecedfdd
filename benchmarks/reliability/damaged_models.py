"""Damaged model folders, as many as asked for: each must be refused with one sentence, and none may be executed.

    python benchmarks/reliability/damaged_models.py FOLDERS [SEED [SECONDS]]

Good models of several kinds are damaged in the ways of `tests/damage.py`, half of them before the folder's own sizes
and checksums are written again. Prints how many were refused, the time, and the highest memory of the process; it ends
after so many folders, or so many seconds.
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
    "lstm-tutorial(epochs=2)",
    f"lstm({SMALL})",
    f"lstm({SMALL}, weights='int8')",
    f"lstm({SMALL}, weights='bfloat16')",
    f"lstm-crf({SMALL})",
    f"cnn({SMALL})",
    f"distil(student='rnn({SMALL})', teacher='hmm', folds=2)",
    "stacked(folds=2)",
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


def good_models(folder: Path, plugin: Path) -> list[Path]:
    """Models to damage, one of each kind that is kept in another way, and one with other weights.

    `svm` is kept as `maxent` is, and without probabilities weights of the other cannot be told from its own.
    """
    encoder = f"pretrained(model={tiny_bert(folder / 'bert')!r}, epochs=1)"
    specs = [(spec, 0) for spec in (*SPECS, encoder)] + [(f"lstm({SMALL})", 1)]
    return [
        kept(spec, folder / f"good{number}", seed=seed, plugins=[plugin]) for number, (spec, seed) in enumerate(specs)
    ]


def fault(folder: Path, registry: Registry) -> str:
    """What is wrong with the answer to a damaged folder, "" if it was refused with one sentence."""
    try:
        load_model(folder, registry)
    except SeqbenchError as error:
        return "more than one line" if "\n" in str(error) else ""
    except Exception as error:  # noqa: BLE001 -- that is what is looked for
        return f"{type(error).__name__}: {error}"
    return "not refused"


def main() -> int:
    """Damage and load; the exit code is 1 if a damage was not refused."""
    wanted, seed, most = (int(text) for text in [*sys.argv[1:], *("1000", "0", "1000000")[len(sys.argv) - 1 :]])
    wrong, number = [], 0
    with tempfile.TemporaryDirectory() as temporary:
        place, plugin = Path(temporary), Path(temporary) / "regression.py"
        plugin.write_text(REGRESSION)
        registry = Registry.discover([plugin])
        good = good_models(place, plugin)
        before, start = memory(), time.monotonic()
        for folder, said in islice(damaged(good, place / "damaged", Random(seed)), wanted):  # noqa: S311 -- nothing secret
            number += 1
            if text := fault(folder, registry):
                wrong.append(f"{text}: {said}")
            if time.monotonic() - start > most:
                break
        seconds = time.monotonic() - start
    print("\n".join(wrong[:20]))
    print(f"{number:,} damaged folders, {number - len(wrong):,} refused with one sentence, {len(wrong):,} not")
    print(f"executed: {'yes' if MARK in os.environ else 'none'}; {seconds:.0f} s")
    print(f"highest memory before the first {before} MiB, after the last {memory()} MiB")
    return int(bool(wrong) or MARK in os.environ)


if __name__ == "__main__":
    sys.exit(main())
