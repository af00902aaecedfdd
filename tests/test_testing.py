"""Every built-in keeps its promises, and each seeded fault is caught by the promise that it breaks."""

import random
import subprocess
import sys

import numpy as np
import pytest
from samples import Constant

from seqbench import Corpus, make
from seqbench.registry import Registry
from seqbench.testing import broken_promises

QUICK = dict.fromkeys(
    ("rnn", "gru", "lstm", "lstm-crf", "cnn", "feedforward"), ", epochs=1, min_steps=20, embedding_dim=8, hidden_dim=8"
)
QUICK["transformer"] = f"{QUICK['lstm']}, heads=2"
QUICK["lstm-tutorial"] = ", epochs=3"
QUICK["ensemble"] = ", members=['hmm', 'perceptron']"
ELSEWHERE = {"pretrained"}  # needs an encoder: tests/test_pretrained.py makes one
NAMES = [name for name in Registry.discover().taggers if name not in ELSEWHERE]
SPECS = [f"{name}({QUICK[name][2:]})" if name in QUICK else name for name in NAMES]


@pytest.mark.parametrize("spec", SPECS)
def test_every_built_in_keeps_every_promise(spec):
    assert [(promise.name, why) for promise, why in broken_promises(lambda: make(spec))] == []


class Dropping(Constant):
    def predict(self, sentences):
        return [["NOUN"] * min(len(s), 4) for s in sentences]


class Inventing(Constant):
    def predict(self, sentences):
        return [["XYZ" if len(w) == 50 else self.known for w in s] for s in sentences]

    def fit(self, train, conditions):
        self.known = train.tags.vocabulary[0]


class Learned(Constant):
    """Right about single words; a base for faults."""

    def fit(self, train, conditions):
        self.tags = list(train.tags.vocabulary)

    def predict(self, sentences):
        return [[self.tags[0]] * len(s) for s in sentences]


class FailingOnEmpty(Learned):
    def predict(self, sentences):
        return [[self.tags[0]] * len(s) for s in sentences if s[0]]


class Unseeded(Learned):
    def predict(self, sentences):
        words = np.random.default_rng().integers(0, len(self.tags), 4).tolist()
        return [[self.tags[words[len(w) % 4]] for w in s] for s in sentences]


class Remembering(Learned):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        self.fits = getattr(self, "fits", 0) + 1

    def predict(self, sentences):
        return [[self.tags[(self.fits - 1) % len(self.tags)]] * len(s) for s in sentences]


class Ordered(Learned):
    def predict(self, sentences):
        return [[self.tags[i % len(self.tags)]] * len(s) for i, s in enumerate(sentences)]


class Peeking(Learned):
    """Looks at the other sentences of a batch."""

    def predict(self, sentences):
        return [[self.tags[len(sentences) % len(self.tags)]] * len(s) for s in sentences]


class Unsure(Learned):
    def predict_proba(self, sentences):
        return np.full((len(sentences.ids), len(self.tags)), 0.5, np.float32)


class Forgetful(Learned):
    """Says of each token by itself what it says of whole sentences by their length."""

    def predict(self, sentences):
        return [[self.tags[len(s) % len(self.tags)]] * len(s) for s in sentences]

    def start(self):
        return None

    def step(self, state, form, layers=None):
        return np.eye(len(self.tags), dtype=np.float32)[1], state


class Modifying(Learned):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        train.sentences.ids.flags.writeable = True
        train.sentences.ids[0] = train.sentences.ids[1]


@pytest.mark.parametrize(
    ("fault", "promise"),
    [
        (Dropping, "one-tag-per-token"),
        (Inventing, "only-taught-tags"),
        (FailingOnEmpty, "odd-sizes"),
        (Unseeded, "same-seed-same-tags"),
        (Remembering, "refit-forgets"),
        (Ordered, "order-does-not-matter"),
        (Peeking, "batch-does-not-matter"),
        (Unsure, "probabilities"),
        (Modifying, "input-stays"),
        (Forgetful, "steps"),
    ],
)
def test_a_fault_is_caught_by_its_promise(fault, promise):
    random.seed(0)
    assert promise in {broken.name for broken, _ in broken_promises(fault)}


def test_a_tagger_that_raises_breaks_every_promise_with_its_error():
    class Raising(Constant):
        def fit(self, train: Corpus, conditions):
            raise RuntimeError("out of luck")

    found = dict(broken_promises(Raising))
    assert set(found.values()) == {"raised RuntimeError: out of luck"}


def test_the_command_says_which_promise_is_broken(tmp_path):
    plugin = tmp_path / "bad.py"
    plugin.write_text(
        "from seqbench import hookimpl\n"
        "class Bad:\n"
        "    def fit(self, train, conditions): pass\n"
        "    def predict(self, sentences): return [['Q'] * len(s) for s in sentences]\n"
        "@hookimpl\n"
        "def register_taggers(register): register('bad', Bad, 'bad')\n"
    )
    command = [sys.executable, "-m", "seqbench", "check", "--plugin", plugin]
    good = subprocess.run([*command, "baseline"], capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout.count("kept")) == (0, 10)
    bad = subprocess.run([*command, "bad"], capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert "bad: gives only tags of the training set, also to unknown words: BROKEN:" in bad.stdout
