"""One model trained and kept from Python: `seqbench.train(MODEL, data=..., out="models/first")`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict, Unpack

from seqbench.api.arguments import data_of, refuse_unknown, seconds_limit, texts_of
from seqbench.api.option_values import checked, refuse_count
from seqbench.api.session import open_session, progress_shown
from seqbench.comparing.trial_intervals import trial_intervals
from seqbench.registry.plugin_files import files_of
from seqbench.running.executors.choose import Ways
from seqbench.running.request import RunRequest, plan_of
from seqbench.running.training_one import train as train_one
from seqbench.serving.kept_model import KeptModel, load_model


class TrainOptions(TypedDict, total=False):
    """Options of `seqbench train`, each at its default there if it is left out."""

    data: str | Path
    seed: int
    device: str
    threads: int
    epochs: int
    budget: float | str
    data_dir: str | Path
    plugins: Sequence[str | Path]
    without: Sequence[str]
    quiet: bool


def train(model: str, *, out: str | Path, **options: Unpack[TrainOptions]) -> KeptModel:
    """Train one model and keep it in the folder `out`, as `seqbench train` does; the model, loaded.

    `record` of it has the scores on test, `notes` are what the command would say on the way. Raises
    `UsageError` for what does not fit together, `StoreError` if training or keeping fails.
    """
    refuse_unknown("train", options, TrainOptions.__annotations__)
    registry, notes = open_session(options.get("without", ()), options.get("data_dir"), ())
    budget = options.get("budget")
    request = RunRequest(
        data=data_of(options.get("data")),
        models=[model],
        seeds=(options.get("seed", 0),),
        device=options.get("device", "auto"),
        threads=options.get("threads", 1),
        epochs=options.get("epochs"),
        budget=seconds_limit(budget),
        plugins=files_of(options.get("plugins", ())),
        without=texts_of(options.get("without", ())),
        command=sys.argv,
    )
    refuse_count("seed", options.get("seed", 0), least=0)
    plan = plan_of(checked(request), registry, notes.append)
    with progress_shown(registry, quiet=options.get("quiet", False)):
        record = train_one(plan, registry, Path(out), trial_intervals, Ways())
    return replace(load_model(Path(out), registry), notes=(*notes, *(f"note: {note}" for note in record.notes)))
