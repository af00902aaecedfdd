"""Worker processes: the same results as in this process, and a bad plugin costs only its own trials."""

import json
import os
from dataclasses import asdict

import numpy as np
import pytest
from program import without_times
from samples import Constant, dataset

from seqbench import Corpus, Dataset, Sequences, hookimpl
from seqbench.contracts.trial import DatasetReference, TrialRequest, TrialResult
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.rows import read
from seqbench.results.store import Store
from seqbench.running.executors.choose import Ways, executor_for
from seqbench.running.executors.inline import Inline
from seqbench.running.executors.messages import Lines, plain_result, request_of, result_of
from seqbench.running.executors.shared_dataset import pack, unpack
from seqbench.running.executors.worker_pool import Workers, strangers
from seqbench.running.plan import Plan, requests
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


@pytest.mark.parametrize("jobs", [1, 3])
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
        ("raise RuntimeError('out of luck')", "RuntimeError: out of luck (<string>:1)"),
        ("sys.exit(4)", "SystemExit: 4 (<string>:1)"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt (<string>:1)"),
        ("os._exit(4)", "its process ended with exit code 4, 2 times"),
        ("os.abort()", "its process was killed by signal 6 (SIGABRT) (<string>:1), 2 times"),
        ("os.closerange(3, 99)", "its process ended with exit code 1, 2 times"),
        ("os.fork(); time.sleep(0.1)", None),
        ("print('out'); os.write(1, b'out'); os.system('echo out')", None),
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
        ("[bytearray(10**8) for _ in range(50)]", "MemoryError"),
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
    assert strangers("oddly", registry) == set()


def test_one_stranger_brings_all_trials_into_workers_and_none_does_without(registry):
    def chosen(*specs, **ways):
        return type(executor_for(Ways(**ways), registry, [dataset()], specs))

    assert chosen("baseline") is Inline
    assert chosen("baseline", "odd") is Workers
    assert chosen("baseline", jobs=2) is chosen("baseline", timeout=6.0) is chosen("baseline", memory=1) is Workers


def test_a_tagger_of_this_process_cannot_go_elsewhere():
    class HandedOver:
        @hookimpl
        def register_taggers(self, register):
            register("constant", Constant, "")

    registry = Registry()
    registry.add(HandedOver(), "samples")
    assert isinstance(executor_for(Ways(), registry, [], ["constant"]), Inline)
    with pytest.raises(UsageError, match="samples is known to this process only"):
        executor_for(Ways(jobs=2), registry, [], ["constant"])


def test_a_dataset_comes_back_as_it_was_packed():
    words, tags = Sequences.encode([["a", "é\udc80", "b"], [], ["a"]]), Sequences.encode([["X", "Y", "X"], [], ["Z"]])
    layered = Sequences(words.ids, words.offsets, words.vocabulary, {"pos": tags})
    train = Corpus(layered, tags, np.array([0, 2]))
    test = Corpus(Sequences(*vars(Sequences.encode([["new", "a"]])).values()), Sequences.encode([["W", "X"]]))
    test = Corpus(Sequences(*list(vars(test.sentences).values())[:3], {"pos": test.tags}), test.tags)
    whole = Dataset.of("d", train=train, dev=train, test=test, ceiling=0.5, notes=("n",), source="s")
    packed = pack(whole)
    with packed.file:
        again = unpack(json.loads(json.dumps(packed.description)), packed.file.fileno())
    assert again.fingerprint == whole.fingerprint
    assert (again.name, again.ceiling, again.notes, again.source) == ("d", 0.5, ("n",), "s")
    assert again.test.sentences[0] == ["new", "a"]
    assert again.test.sentences.vocabulary[0] is again.train.sentences.vocabulary[0]
    assert not again.train.sentences.ids.flags.writeable


def test_messages_come_back_as_they_were_sent_however_they_are_cut():
    plan = Plan([dataset()], [], 1)
    assert list(requests(plan)) == []
    request = TrialRequest("k", {"a": 1}, "l", "l", 0, DatasetReference("n", "s", "f"), plugins=("x.py",))
    assert request_of(json.loads(json.dumps(asdict(request)))) == request
    predicted = np.array([3, 1, 2], np.int32)
    result = TrialResult({"accuracy": 0.1 + 0.2}, {"m": None}, {"t": 1e-9}, ({"loss": 1.5},), ("note",), predicted)
    from seqbench.running.executors.messages import _encoded

    sent = (json.dumps(plain_result(result), default=_encoded) + "\n").encode() * 2
    lines = Lines()
    received = [message for at in range(0, len(sent), 7) for message in lines.feed(sent[at : at + 7])]
    assert len(received) == 2
    again = result_of(received[1])
    assert (again.scores, again.curve, again.notes, again.failure) == (result.scores, result.curve, ("note",), None)
    assert again.predicted.dtype == np.int32
    assert again.predicted.tolist() == [3, 1, 2]
