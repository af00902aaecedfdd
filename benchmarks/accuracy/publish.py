"""Turn a finished run into published results: python benchmarks/accuracy/publish.py RUN NAME.

The models all of whose trials finished go to datasets/seqbench_datasets/published/NAME, a run folder like any other.
Their labels get the version behind them (`NAME@0.1.0`), so that no table mixes them up with one's own models. What
stays out: probabilities (`certainty`, most of a run's bytes), kept models, and what was typed where. `seqbench verify`
checks the folder.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from msgspec.structs import replace

from seqbench.results.records import Manifest, WantedTrial
from seqbench.results.store import Store

PUBLISHED = Path(__file__).resolve().parents[2] / "datasets/seqbench_datasets/published"
_MACHINE = ("processor", "cores")


def publish(run: Path, folder: Path) -> list[str]:
    """Write the published folder of a run, anew; the labels of models that are left out since they did not finish."""
    source = Store.open(run)
    manifest = source.manifest()
    unfinished = sorted({trial.label for trial in manifest.trials if not source.is_finished(trial)})
    shutil.rmtree(folder, ignore_errors=True)
    target = Store.create(folder)
    for dataset in manifest.datasets:
        record = source.dataset(dataset.fingerprint)
        target.write_dataset(record, source.dataset_arrays(record))
    trials = [trial for trial in manifest.trials if trial.label not in unfinished]
    for trial in trials:
        record = source.required_trial(trial)
        arrays = {name: ids for name, ids in source.trial_arrays(record).items() if name != "certainty"}
        target.write_trial(replace(record, label=versioned(record.label, manifest)), arrays)
    target.write_manifest(published(manifest, trials))
    return unfinished


def published(manifest: Manifest, trials: list[WantedTrial]) -> Manifest:
    """What run.json of the published folder says: these trials, the versions and the machine, and no command."""
    labels = {trial.label for trial in trials}
    return replace(
        manifest,
        command=(),
        plan=None,
        folder="",
        earlier=(),
        superseded=(),
        plugins=tuple({part: told for part, told in p.items() if part != "place"} for p in manifest.plugins),
        machine={name: manifest.machine[name] for name in _MACHINE if name in manifest.machine},
        models=tuple(replace(m, label=versioned(m.label, manifest)) for m in manifest.models if m.label in labels),
        trials=tuple(replace(trial, label=versioned(trial.label, manifest)) for trial in trials),
    )


def versioned(label: str, manifest: Manifest) -> str:
    """A label with the version of seqbench behind it."""
    return f"{label}@{manifest.seqbench}"


def main() -> None:
    """Publish the run that the command line names, and say what is left out."""
    run, name = sys.argv[1:]
    for label in publish(Path(run), PUBLISHED / name):
        print(f"left out, not finished: {label}")
    store = Store.open(PUBLISHED / name)
    size = sum(file.stat().st_size for file in store.folder.rglob("*") if file.is_file())
    print(f"{len(store.manifest().trials)} trials, {size / 1e3:,.0f} kB in {store.folder.name}")


if __name__ == "__main__":
    main()
