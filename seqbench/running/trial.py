"""A trial: fit on train, predict test, check the answer; then score it. Nothing else ever sees test.

The first part runs where the tagger is, perhaps in a worker process; scores are taken in the process of the run.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace

import numpy as np
from threadpoolctl import threadpool_limits

from seqbench.contracts.convergence import Convergence
from seqbench.contracts.plain_number import plain_number
from seqbench.contracts.plain_text import plain_text
from seqbench.contracts.tagger import Conditions, Noted, Probabilistic, Sized, Tagger, UsesDevice, WarmsUp
from seqbench.contracts.trial import TrialRequest, TrialResult
from seqbench.data.corpus import Ids
from seqbench.data.dataset import Dataset
from seqbench.data.next_word import task_of
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import reason
from seqbench.registry.models import made_from, resolve
from seqbench.registry.specs import parse
from seqbench.results.records import Json
from seqbench.running.confidence import Certainty, certainty
from seqbench.running.left_to_right_check import check_left_to_right
from seqbench.running.prediction_check import checked
from seqbench.running.pretraining_notes import pretraining_notes, pretraining_texts
from seqbench.running.resources import PeakMemory, Stopwatch, process_is_fresh
from seqbench.running.result_check import bounded, checked_cost
from seqbench.running.trained_model import save
from seqbench.running.trial_end import failed
from seqbench.scoring.log_loss import perplexity
from seqbench.scoring.selection import dev_metric


@dataclass
class Recorder:
    """Keeps the reports of a tagger while it is fitted, passes them on, and says when the tagger is to stop."""

    tell: Callable[[Mapping[str, float]], bool | None]
    budget: float | None = None
    convergence: Convergence | None = None
    curve: list[Mapping[str, float]] = field(default_factory=list)
    watch: Stopwatch = field(default_factory=Stopwatch)

    def __call__(self, **report: float | None) -> bool:
        """See `seqbench.contracts.tagger.Report`."""
        numbers = {plain_text(name): plain_number(value) for name, value in report.items()}
        step = {name: number for name, number in numbers.items() if number is not None}
        self.curve.append(step)
        enough = self.budget is not None and self.watch.elapsed >= self.budget
        over = self.convergence is not None and self.convergence.ended(self.curve)
        return bool(self.tell(step)) or enough or over

    def total(self, name: str) -> float:
        """The sum of one reported value over all steps."""
        return sum(step.get(name, 0) for step in self.curve)


def perform(
    request: TrialRequest, dataset: Dataset, registry: Registry, tell: Callable[[Mapping[str, float]], bool | None]
) -> TrialResult:
    """The result of one trial without scores; whatever the tagger raises becomes a failure that names its plugin."""
    with made_from(registry), threadpool_limits(request.threads), redirect_stdout(sys.stderr):
        try:
            model = resolve(registry, parse(request.spec))
            tagger = model.build()
            recorder = Recorder(tell, request.budget, request.convergence, watch=Stopwatch(request.device))
            conditions = _conditions(request, dataset, registry, recorder)
            result = _measured(tagger, dataset, conditions, recorder)
            if task_of(dataset.source):
                result = _of_next_words(tagger, dataset, result)
            return _kept(result, save(tagger, request, dataset, conditions.metric)) if request.keep else result
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 -- a stranger's code may raise anything
            return failed(request, registry, error)


def _kept(result: TrialResult, kept: Mapping[str, Json]) -> TrialResult:
    """The result with what the run must know of its kept model, whose costs of use are among its own."""
    return replace(result, kept=dict(kept), timings={**result.timings, **kept.get("costs", {})})


def _conditions(request: TrialRequest, dataset: Dataset, registry: Registry, recorder: Recorder) -> Conditions:
    return Conditions(
        request.device,
        request.seed,
        request.threads,
        dataset.dev,
        request.budget,
        report=recorder,
        scheme=request.scheme,
        metric=dev_metric(request.select, dataset, registry),
    )


def _measured(tagger: Tagger, dataset: Dataset, conditions: Conditions, recorder: Recorder) -> TrialResult:
    fit, predict = recorder.watch, Stopwatch(conditions.device)
    if isinstance(tagger, WarmsUp):
        tagger.warm_up(conditions)
    _seed(conditions.seed)
    memory = PeakMemory()
    with fit:
        tagger.fit(dataset.train, conditions)
    with predict:
        answer = tagger.predict(dataset.test.sentences)
    peak = memory.bytes() if process_is_fresh(torch=uses_torch(tagger)) else None
    predicted = checked(answer, dataset.test.sentences, dataset.train.tags.vocabulary)
    sure, doubts = _certainty(tagger, dataset, predicted)
    costs = _costs(dataset, recorder, fit, predict)
    parameters = checked_cost("parameters", tagger.parameters) if isinstance(tagger, Sized) else None
    size = {"parameters": parameters, "peak_memory_bytes": peak}
    own = bounded("notes", tagger.notes) if isinstance(tagger, Noted) else ()
    texts = pretraining_texts(tagger)
    notes = (*pretraining_notes(texts, dataset), *doubts, *own)
    result = TrialResult(timings={**costs, **size}, curve=tuple(recorder.curve), predicted=predicted, certainty=sure)
    return replace(result, notes=notes, trained_on=texts)


def _of_next_words(tagger: Tagger, dataset: Dataset, result: TrialResult) -> TrialResult:
    """The result with its perplexity. Raises `PredictionError` if the tagger sees the words that it predicts."""
    if result.predicted is not None:
        check_left_to_right(tagger, dataset, result.predicted)
    known = None if result.certainty is None else perplexity(result.certainty[1])
    return replace(result, timings={**result.timings, "perplexity": known})


def uses_torch(tagger: Tagger) -> bool:
    """Whether a tagger computes with torch, as far as it says so."""
    return isinstance(tagger, UsesDevice) and bool(tagger.uses_device)


def _certainty(tagger: Tagger, dataset: Dataset, predicted: Ids) -> tuple[Certainty | None, list[str]]:
    """Certainty of a tagger, asked for after all that is timed; probabilities that fail cost a note and no trial."""
    if not isinstance(tagger, Probabilistic):
        return None, []
    try:
        return certainty(tagger, dataset.test, predicted, len(dataset.train.tags.vocabulary)), []
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a stranger's code may raise anything
        return None, [f"its probabilities are not stored: {reason(error)}"]


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 -- for taggers that still draw from it


def _costs(dataset: Dataset, recorder: Recorder, fit: Stopwatch, predict: Stopwatch) -> dict[str, float | None]:
    learning = fit.working - recorder.total("dev_seconds")
    passed = recorder.total("tokens") or dataset.train.tokens
    return {
        "fit_seconds": fit.cpu,
        "fit_wall_seconds": fit.wall,
        "predict_seconds": predict.cpu,
        "predict_wall_seconds": predict.wall,
        "train_tokens_per_second": passed / learning if learning > 0 else None,
        "predict_tokens_per_second": dataset.test.tokens / predict.working if predict.working > 0 else None,
    }
