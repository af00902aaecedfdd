"""Promises of reporters: every event of a run is heard, and nothing of the run is changed by listening."""

from __future__ import annotations

import copy
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np

from seqbench.contracts.trial import DatasetReference, Failure, TrialRequest, TrialResult
from seqbench.registry.discovery import Registry
from seqbench.testing.promise import Make, Promise, require

EVENTS = ("run_started", "trial_started", "trial_progressed", "trial_finished", "run_finished")

_DATASET = DatasetReference("tutorial", "tutorial", "0" * 32)
_TRIALS = [
    TrialRequest(f"{seed:012x}", {"spec": "baseline"}, "baseline", "baseline(length=3)", seed, _DATASET)
    for seed in range(2)
]


def _run() -> dict[str, object]:
    """Records of a run, as run.json has them."""
    dataset = {"name": "tutorial", "fingerprint": "0" * 32, "source": "tutorial"}
    started = "2026-01-31T12:00:00+00:00"
    return {"seqbench": "1.0", "command": ["seqbench", "run"], "started": started, "datasets": [dataset]}


def _finished() -> TrialResult:
    return TrialResult(
        scores={"accuracy": 0.5, "macro_f1": 0.5, "accuracy_unknown": None},
        metrics={"span-f1": None, "first": 0.25},
        timings={"fit_seconds": 0.5, "parameters": None, "threads": 1},
        curve=({"epoch": 1, "loss": 0.5},),
        predicted=np.zeros(4, np.int32),
    )


def _failed() -> TrialResult:
    return TrialResult(failure=Failure("mine", None, "ValueError: no", "Traceback\nValueError: no"))


@contextmanager
def _listening(make: Make) -> Iterator[Registry]:
    """A registry in which one new reporter alone hears the events, in a folder of its own until the block ends."""
    with tempfile.TemporaryDirectory() as temporary, chdir(temporary):
        registry = Registry()
        registry.add(make(), "reporter")
        yield registry


def _trial(registry: Registry, trial: TrialRequest, result: TrialResult) -> None:
    registry.emit("trial_started", trial=trial)
    registry.emit("trial_progressed", trial=trial, progress={"epoch": 1, "tokens": 4, "loss": 0.5, "seconds": 0.1})
    registry.emit("trial_progressed", trial=trial, progress={"loss": 0.25})
    registry.emit("trial_finished", trial=trial, result=result)


def _whole(registry: Registry) -> None:
    """A run of two trials, which both finish."""
    registry.emit("run_started", run=_run(), trials=_TRIALS)
    for trial in _TRIALS:
        _trial(registry, trial, _finished())
    registry.emit("run_finished", run=_run())


def _with_a_failure(registry: Registry) -> None:
    registry.emit("run_started", run=_run(), trials=_TRIALS[:1])
    _trial(registry, _TRIALS[0], _failed())
    registry.emit("run_finished", run=_run())


def _with_nothing_left(registry: Registry) -> None:
    registry.emit("run_started", run=_run(), trials=[])
    registry.emit("run_finished", run=_run())


def _given_up(registry: Registry) -> None:
    registry.emit("run_started", run=_run(), trials=_TRIALS)
    registry.emit("trial_started", trial=_TRIALS[0])
    registry.emit("run_finished", run=_run())


def _survives(events: Callable[[Registry], None], what: str) -> Callable[[Make], None]:
    """The check that a reporter hears these events without an error."""

    def check(make: Make) -> None:
        with _listening(make) as registry:
            lost = len(registry.losses)
            events(registry)
            for loss in registry.losses[lost:]:
                require(kept=False, broken=f"{what}, it raised {loss.reason}")

    return check


def _hears(make: Make) -> None:
    with _listening(make) as registry:
        names = registry.hooks_of("reporter") if "reporter" in registry.plugins else set()
        own = sorted(names & set(EVENTS))
        lost = f" ({registry.losses[0].reason})" if registry.losses else ""
        require(own, f"it hears no event{lost}; write @seqbench.hookimpl before a method called {', '.join(EVENTS)}")


def _input_stays(make: Make) -> None:
    with _listening(make) as registry:
        run, trials, result, progress = _run(), list(_TRIALS), _finished(), {"epoch": 1.0, "loss": 0.5}
        before = repr(copy.deepcopy((run, trials, vars(result), progress)))
        registry.emit("run_started", run=run, trials=trials)
        registry.emit("trial_started", trial=_TRIALS[0])
        registry.emit("trial_progressed", trial=_TRIALS[0], progress=progress)
        registry.emit("trial_finished", trial=_TRIALS[0], result=result)
        registry.emit("run_finished", run=run)
        after = repr((run, trials, vars(result), progress))
        require(before == after, f"what it heard is no longer {before[:200]}... but {after[:200]}...")


def _silent(make: Make) -> None:
    with redirect_stdout(StringIO()) as printed, _listening(make) as registry:
        _whole(registry)
    text = printed.getvalue()
    require(
        not text, f"it printed {text[:100]!r}; standard output belongs to results: write to a file or to sys.stderr"
    )


def _surroundings(make: Make) -> None:
    with _listening(make) as registry:
        random.random()  # noqa: S311 -- a state that nobody can have seeded
        before = _state()
        _whole(registry)
        for name, state in _state().items():
            require(state == before[name], f"it changed the {name} of the process, from which taggers draw or read")


def _state() -> dict[str, str]:
    """State that every trial of a process shares, by name."""
    numpy = repr(np.random.get_state())  # noqa: NPY002 -- which taggers may draw from
    return {"state of random": repr(random.getstate()), "state of numpy.random": numpy, "folder": str(Path.cwd())}


REPORTERS = (
    Promise("hears-an-event", "hears an event of a run", _hears),
    Promise("copes-with-a-run", "hears a run of two trials without an error", _survives(_whole, "in a run")),
    Promise("copes-with-failure", "hears of a failed trial", _survives(_with_a_failure, "told of a failed trial")),
    Promise("copes-with-nothing", "hears of a run with nothing to do", _survives(_with_nothing_left, "without trials")),
    Promise("copes-with-an-end", "hears of a run that is given up", _survives(_given_up, "when a run was given up")),
    Promise("input-stays", "does not modify what it hears", _input_stays),
    Promise("silent", "prints nothing to standard output", _silent),
    Promise("surroundings-stay", "leaves random state and folder of the process as they were", _surroundings),
)
