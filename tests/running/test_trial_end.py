"""The end of a trial: whatever a plugin's result breaks is a failed trial of that plugin, and the run goes on."""

import pytest
from runs import plan_of, registry_of
from samples import Constant

from seqbench.contracts.trial import TrialResult
from seqbench.errors import SeqbenchError, StoreError
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running.plan import requests
from seqbench.running.runner import run
from seqbench.running.trial_end import Keeper, failed
from seqbench.scoring.reference import Reference


class MuteError(SeqbenchError):
    """An error that cannot be printed."""

    def __str__(self):
        raise ZeroDivisionError


class Interrupting(BaseException):
    """No `Exception`."""


def tagger(fit=lambda conditions: None, **properties):
    """A tagger that finishes, with these properties."""

    class Odd(Constant):
        def fit(self, train, conditions):
            fit(conditions)

    for name, value in properties.items():
        setattr(Odd, name, property(lambda self, value=value: value))
    return Odd


def raising(error):
    def fit(conditions):
        raise error

    return tagger(fit)


FAILING = {
    "nan": (tagger(parameters=float("nan")), "parameters must be a number of at least 0 or None, was: nan"),
    "text": (tagger(parameters="many"), "parameters must be a number of at least 0 or None, was: 'many'"),
    "huge": (tagger(parameters=10**400), "parameters must be a number"),
    "list": (tagger(parameters=[3]), "parameters must be a number"),
    "surrogate": (raising(ValueError("\udc80")), r"ValueError: \udc80"),
    "mute": (raising(MuteError()), "MuteError"),
    "interrupting": (raising(Interrupting("x")), "Interrupting: x"),
    "nothing": (tagger(notes=None), "TypeError"),
}
FINISHING = {
    "noted": (tagger(notes=["half \udc80"]), r"half \udc80"),
    "reporting": (tagger(lambda c: c.report(**{"\udcff": 1, "loss": float("nan"), "large": 10**400})), None),
}


def test_a_result_that_breaks_something_is_a_failed_trial_and_the_others_finish(tmp_path):
    things = {name: thing for name, (thing, _) in {**FAILING, **FINISHING}.items()}
    registry = registry_of(constant=Constant, **things)
    store = Store.create(tmp_path / "run")
    run(plan_of(registry, *things, "constant"), registry, store, lambda _note: None)
    rows = {row.key.label: row for row in read([store]).rows}
    assert {name for name, row in rows.items() if row.status == "finished"} == {"constant", *FINISHING}
    for name, (_, why) in FAILING.items():
        assert why in rows[name].failures[0].error
    assert FINISHING["noted"][1] in rows["noted"].notes
    assert rows["reporting"].finished_trials[0].curve == ({r"\udcff": 1},)


def test_a_folder_that_cannot_be_written_is_no_fault_of_a_plugin(tmp_path):
    registry = registry_of(constant=Constant)
    plan = plan_of(registry, "constant")
    (request,) = requests(plan)
    (tmp_path / "trials").write_text("in the way")
    with pytest.raises(StoreError):
        Keeper(Store(tmp_path), registry).keep(request, TrialResult(), Reference.of(plan.datasets[0]))


def test_a_failure_names_the_plugin(tmp_path):
    registry = registry_of(constant=Constant)
    (request,) = requests(plan_of(registry, "constant"))
    failure = failed(request, registry, ValueError("x")).failure
    assert (failure.plugin, failure.error) == ("samples", "ValueError: x")
