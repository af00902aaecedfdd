"""What the harness itself costs: python benchmarks/speed/overhead.py DATA [RUN].

Runs baseline, rnn, gru and lstm with three seeds for one epoch and counts the CPU seconds of everything but imports,
fit and predict. With the folder of a full run of the same grid, also prints the share of that run that they would be.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from seqbench.registry.discovery import Registry
from seqbench.results.rows import read
from seqbench.results.store import Store

MODELS = ("baseline", "rnn", "gru", "lstm")


def work_of(store: Store) -> float:
    """CPU seconds of fit and predict of all trials."""
    trials = [trial for row in read([store]).rows for trial in row.trials if trial]
    return sum((trial.timings["fit_seconds"] or 0) + (trial.timings["predict_seconds"] or 0) for trial in trials)


def main() -> None:
    """Measure in this process."""
    import sklearn.metrics  # noqa: F401 -- imports are not the harness's work
    import torch  # noqa: F401 -- the same

    import seqbench.neural  # noqa: F401 -- the same
    from seqbench.registry.datasets import load
    from seqbench.registry.models import resolve
    from seqbench.registry.specs import parse
    from seqbench.reporting.result_tables import summary
    from seqbench.running.plan import Plan
    from seqbench.running.runner import run

    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        registry = Registry.discover()
        dataset = load(sys.argv[1], registry)
        models = [resolve(registry, parse(m), {} if m == "baseline" else {"epochs": 1}) for m in MODELS]
        store = Store.create(Path(folder) / "run")
        run(Plan([dataset], models, seeds=3), registry, store, print)
        summary(read([store]), "table")
        overhead = time.process_time() - start - work_of(store)
    print(f"the harness took {overhead:.2f} CPU seconds for {1 + 3 * 3} trials, reading the data included")
    if len(sys.argv) > 2:  # noqa: PLR2004 -- an optional argument
        work = work_of(Store.open(Path(sys.argv[2])))
        print(f"that is {100 * overhead / (overhead + work):.2f} % of the full run ({work:.0f} s of fit and predict)")


if __name__ == "__main__":
    main()
