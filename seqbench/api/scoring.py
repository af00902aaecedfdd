"""Predictions of other systems scored from Python: `seqbench.score("gold.tsv", "theirs=predicted.tsv")`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from seqbench.api.arguments import refuse_unknown, texts_of
from seqbench.api.option_values import refuse_other
from seqbench.api.rows import Rows
from seqbench.api.session import new_run_folder, open_session
from seqbench.contracts.metric import SpanSettings
from seqbench.registry.odd_span_tags import with_span_notes
from seqbench.results import external_predictions
from seqbench.results.store import Store
from seqbench.spans import POLICIES


class ScoreOptions(TypedDict, total=False):
    """Options of `seqbench score`, each at its default there if it is left out."""

    train: str | Path
    out: str | Path
    missing: Literal["refuse", "wrong"]
    data_dir: str | Path
    plugins: Sequence[str | Path]
    scheme: str
    policy: str
    without_types: Sequence[str]


def score(gold: str | Path, *predictions: str | Path, **options: Unpack[ScoreOptions]) -> Rows:
    """The rows of predictions that other systems wrote, and a run's folder, as `seqbench score --out` makes them.

    `predictions` are files, or texts LABEL=FILE; a label that comes again is another seed of the same system.
    """
    refuse_unknown("score", options, ScoreOptions.__annotations__)
    refuse_other("missing", options.get("missing", "refuse"), ("refuse", "wrong"))
    refuse_other("policy", options.get("policy", "conlleval"), POLICIES)
    registry, notes = open_session((), options.get("data_dir"), ())
    for file in texts_of(options.get("plugins", ())):
        registry.add_file(Path(file))
    trained, wrong = options.get("train"), options.get("missing") == "wrong"
    dataset, text = external_predictions.gold_of(str(gold), None if trained is None else str(trained), registry)
    listed = [str(prediction) for prediction in predictions]
    dataset, scored = external_predictions.predictions(listed, dataset, text, registry, missing_is_wrong=wrong)
    policy, types = options.get("policy", "conlleval"), tuple(options.get("without_types", ()))
    spans = SpanSettings(scheme=options.get("scheme"), policy=policy, without=types)
    dataset = with_span_notes(dataset, spans)
    store = Store.create(Path(options.get("out") or new_run_folder()))
    call = external_predictions.Call(["score", str(gold), *listed], spans)
    external_predictions.write(store, dataset, scored, registry, call)
    return Rows([store], registry, None, notes)
