"""Every built-in keeps its promises, and each promise has a fault that only it catches."""

import subprocess
import sys

import faults
import pytest

from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.testing import DATASETS, METRICS, PROMISES, broken_promises, promised, subjects

QUICK = dict.fromkeys(
    ("rnn", "gru", "lstm", "lstm-crf", "cnn", "feedforward"), ", epochs=1, min_steps=6, embedding_dim=8, hidden_dim=8"
)
QUICK["transformer"] = f"{QUICK['lstm']}, heads=2"
QUICK["lstm-tutorial"] = ", epochs=3"
QUICK["ensemble"] = ", members=['hmm', 'perceptron']"
ELSEWHERE = {"pretrained"}  # needs an encoder: tests/plugins/neural/test_pretrained.py makes one
BUILT_IN = Registry.discover()
NAMES = [name for name in BUILT_IN.taggers if name not in ELSEWHERE]
SPECS = [f"{name}({QUICK[name][2:]})" if name in QUICK else name for name in NAMES]

test_every_built_in_keeps = promised(*SPECS, *BUILT_IN.datasets, *BUILT_IN.metrics)
test_what_the_faults_start_from_keeps = promised(faults.First)


@pytest.mark.parametrize(("promise", "fault"), faults.TAGGERS.items())
def test_a_fault_of_a_tagger_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault)] == [promise]


@pytest.mark.parametrize(("promise", "fault"), faults.DATASETS.items())
def test_a_fault_of_a_dataset_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(fault, DATASETS)] == [promise]


@pytest.mark.parametrize(("promise", "fault"), faults.METRICS.items())
def test_a_fault_of_a_metric_is_caught_by_its_promise_alone(promise, fault):
    made = fault if isinstance(fault, type) else lambda: fault
    assert [broken.name for broken, _ in broken_promises(made, METRICS)] == [promise]


def test_every_promise_has_its_fault():
    names = [[promise.name for promise in promises] for promises in (PROMISES, DATASETS, METRICS)]
    assert [set(one) for one in names] == [set(faults.TAGGERS), set(faults.DATASETS), set(faults.METRICS)]
    assert all(len(set(one)) == len(one) for one in names)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (faults.DropsTheFourthToken, "[['the', 'man', 'saw', 'fish']] have [4] tokens, and got [3] tags"),
        (faults.LooksWordsUp, f"[['{'x' * 50}']] raised KeyError: '{'x' * 50}'"),
        (faults.StumblesOverEmptySentences, "[[]] raised IndexError"),
        (faults.CountsSentences, "[['dogs', 'run'], ['a', 'dog', 'ran']] got"),
        (faults.LooksAround, "['dogs', 'run'] got ['NOUN', 'NOUN'] alone"),
        (faults.ChangesItsHyperparameter, "built again from ChangesItsHyperparameter(length=4), its length is 5"),
        (faults.ChoosesItsDevice, "asked to compute on 'cpu', it keeps weights.out[0] on 'meta'"),
    ],
)
def test_a_failure_tells_the_smallest_example(fault, told):
    [(_, seen)] = broken_promises(fault)
    assert seen.startswith(told)


def test_a_tagger_that_raises_breaks_promises_with_its_error_and_its_place():
    class Raising(faults.First):
        def fit(self, train, conditions):
            raise RuntimeError("out of luck")

    found = dict(broken_promises(Raising))
    assert len(found) == len(PROMISES) - 2  # that no seed changes it, and its spec, ask nothing of fit
    assert all("RuntimeError: out of luck" in seen for seen in found.values())


PLUGIN = """
from seqbench import hookimpl
class Bad:
    def fit(self, train, conditions): pass
    def predict(self, sentences): return [['Q'] * len(s) for s in sentences]
@hookimpl
def register_taggers(register): register('bad', Bad, 'bad')
@hookimpl
def register_metrics(register): register('half', lambda outcome: 0.5, 'always the same')
"""


def test_the_command_checks_a_plugin_file_and_says_which_promise_is_broken(tmp_path):
    file = tmp_path / "bad.py"
    file.write_text(PLUGIN)
    done = subprocess.run(
        [sys.executable, "-m", "seqbench", "check", file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("half: ") == len(METRICS)
    assert "bad: gives only tags of the training set, also to unknown words: BROKEN: ['dogs', 'run'] got" in done.stdout
    assert done.stdout.count("BROKEN") == 2, "the other is that it cannot be fitted on one word with one tag"


def test_the_command_leaves_with_0_where_all_is_kept():
    command = [sys.executable, "-m", "seqbench", "check", "baseline", "span-f1", "tutorial"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("kept")) == (0, len(PROMISES) + len(METRICS) + len(DATASETS))


@pytest.mark.parametrize(
    ("text", "told"),
    [("no-such-thing", "no tagger is named"), ("no_such.py", "there is no plugin file")],
)
def test_what_is_not_there_is_a_usage_error(text, told):
    with pytest.raises(UsageError, match=told):
        list(subjects(Registry.discover(), text))
