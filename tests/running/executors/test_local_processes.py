"""Worker processes: the same results as in this process, and a bad plugin costs only its own trials."""

import os

import pytest
from program import without_times
from samples import dataset

from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.executors.local_processes import strangers
from seqbench.running.plan import Plan
from seqbench.running.runner import run

PLUGIN = '''
"""Taggers that do what they are told to."""
import os, random, sys, time
from dataclasses import dataclass
from pathlib import Path
import numpy as np
from program import without_times
from samples import Constant, Seeded
from seqbench import hookimpl

@dataclass(kw_only=True)
class Odd:
    how: str = "well"
    place: str = ""

    def fit(self, train, conditions):
        exec(self.how)

    def predict(self, sentences):
        return [["NN"] * len(sentence) for sentence in sentences]

@hookimpl
def register_taggers(register):
    register("odd", Odd, "")
    register("seeded", Seeded, "")
'''

SLOW = pytest.mark.slow  # tests/test_hostile.py has the like


@pytest.fixture
def registry(tmp_path):
    file = tmp_path / "odd.py"
    file.write_text(PLUGIN)
    return Registry.discover([file])


def ran(registry, folder, *specs, seeds=1, data=None, **ways):
    models = [resolve(registry, parse(spec)) for spec in specs]
    plan = Plan([data or dataset()], models, seeds)
    store = Store.create(folder)
    executor = executor_for(Ways(isolate=True, **ways), registry, plan.datasets, [m.spec for m in models])
    run(plan, registry, store, lambda _: None, executor)
    return {row.key.label: row for row in read([store]).rows}


def trial_files(folder):
    return {path.name: path for path in (folder / "trials").iterdir()}


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=SLOW), 3])
def test_workers_give_what_this_process_gives(registry, tmp_path, jobs):
    specs = ("baseline", "perceptron(epochs=2)", "seeded")
    ran(registry, tmp_path / "workers", *specs, seeds=2, jobs=jobs)
    models = [resolve(registry, parse(spec)) for spec in specs]
    run(Plan([dataset()], models, 2), registry, Store.create(tmp_path / "inline"), lambda _: None)
    here, there = trial_files(tmp_path / "inline"), trial_files(tmp_path / "workers")
    assert here.keys() == there.keys()
    for name, path in here.items():
        if name.endswith(".npz"):
            assert path.read_bytes() == there[name].read_bytes()
        else:
            assert without_times(path) == without_times(there[name])


@pytest.mark.parametrize(
    ("how", "why"),
    [
        pytest.param("raise RuntimeError('out of luck')", "RuntimeError: out of luck (<string>:1)", marks=SLOW),
        pytest.param("sys.exit(4)", "SystemExit: 4 (<string>:1)", marks=SLOW),
        pytest.param("raise KeyboardInterrupt", "KeyboardInterrupt (<string>:1)", marks=SLOW),
        ("os._exit(4)", "its process ended with exit code 4, 2 times"),
        pytest.param("os.abort()", "its process was killed by signal 6 (SIGABRT) (<string>:1), 2 times", marks=SLOW),
        ("os.closerange(3, 99)", "its process ended with exit code 1, 2 times"),
        pytest.param("os.fork(); time.sleep(0.1)", None, marks=SLOW),
        pytest.param("print('out'); os.write(1, b'out'); os.system('echo out')", None, marks=SLOW),
    ],
)
def test_whatever_a_plugin_does_costs_its_own_trial_only(registry, tmp_path, how, why):
    rows = ran(registry, tmp_path / "run", "baseline", f"x=odd(how={how!r})", "seeded")
    assert rows["baseline"].status == rows["seeded"].status == "finished"
    assert rows["x"].status == ("failed" if why else "finished")
    if why:
        assert rows["x"].failures[0].error.endswith(why)
        assert "plugin odd" in rows["x"].failures[0].error


def test_a_trial_that_takes_too_long_is_ended_and_says_where_it_was(registry, tmp_path):
    rows = ran(registry, tmp_path / "run", "baseline", "x=odd(how='time.sleep(99)')", timeout=6.0)
    assert rows["baseline"].status == "finished"
    assert rows["x"].failures[0].error == "plugin odd: no result within 6 seconds (--timeout) (<string>:1)"


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("np.ones(10**9)", "Unable to allocate"),
        pytest.param("[bytearray(10**8) for _ in range(50)]", "MemoryError", marks=SLOW),
        ("x = [os.fork() and bytearray(3 * 10**8) for _ in range(2)]; time.sleep(99)", "more memory than 800 MiB"),
    ],
)
def test_a_trial_that_takes_too_much_memory_is_ended(registry, tmp_path, how, why):
    rows = ran(registry, tmp_path / "run", "baseline", f"x=odd(how={how!r})", memory=800 * 2**20)
    assert rows["baseline"].status == "finished"
    assert why in rows["x"].failures[0].error


def test_a_worker_that_dies_once_costs_an_attempt_and_no_trial(registry, tmp_path):
    once = f"p = Path({str(tmp_path / 'been')!r}); p.exists() or (p.touch(), os._exit(1))"
    rows = ran(registry, tmp_path / "run", f"x=odd(how={once!r})")
    assert rows["x"].status == "finished"


def test_what_a_stranger_changes_in_its_process_reaches_no_other_trial(registry, tmp_path):
    change = "os.chdir('/'); os.environ['X'] = '1'; np.ones = None; sys.modules['json'] = None"
    rows = ran(registry, tmp_path / "run", f"a=odd(how={change!r})", "b=odd(how='assert np.ones')")
    assert (rows["a"].status, rows["b"].status) == ("finished", "finished")
    assert "X" not in os.environ


def test_own_taggers_share_a_worker_and_strangers_get_their_own(registry, tmp_path):
    note = f"open({str(tmp_path / 'log')!r}, 'a').write(f'{{os.getpid()}} {{os.getppid()}}\\n')"
    ran(registry, tmp_path / "run", f"a=odd(how={note!r})", f"b=odd(how={note + ' '!r})")
    processes, parents = zip(*(line.split() for line in (tmp_path / "log").read_text().splitlines()), strict=True)
    assert len({*processes, str(os.getpid())}) == 3
    assert set(parents) == {str(os.getpid())}


def test_a_spec_needs_the_plugins_of_all_taggers_that_it_names(registry):
    plugin = registry.taggers["odd"].plugin
    assert strangers("odd(how='x')", registry) == {plugin}
    assert strangers('ensemble(members=["baseline", "seeded(rate=2)"])', registry) == {plugin}
    assert strangers("perceptron(epochs=3)", registry) == set()
