"""Taggers, datasets and metrics with one fault each, by the promise that it breaks and no other."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

import numpy as np
from samples import dataset

from seqbench import Corpus, Dataset, Deterministic, NotFittedError

TAGGERS, DATASETS, METRICS = {}, {}, {}


def of(promises):
    """The faults of these promises of taggers, by name."""
    return [(promise.name, TAGGERS[promise.name]) for promise in promises]


def breaks(promise, faults=TAGGERS):
    def keep(fault):
        faults[promise] = fault
        return fault

    return keep


class First:
    """Gives every token the first tag of train: keeps all promises; a base for faults."""

    def __getattr__(self, name):
        """What only `fit` sets, such as `tags`, is not there before."""
        raise NotFittedError(f"{name} comes with fit")

    def fit(self, train, conditions):
        self.tags = list(train.tags.vocabulary)
        self.words = set(train.sentences.vocabulary)

    def predict(self, sentences):
        return [[self.tag(word) for word in sentence] for sentence in sentences]

    def tag(self, word):
        return self.tags[0]


@breaks("one-tag-per-token")
class DropsTheFourthToken(First):
    def predict(self, sentences):
        return [tags[:3] for tags in super().predict(sentences)]


@breaks("only-taught-tags")
class InventsATag(First):
    def tag(self, word):
        return "XYZ" if len(word) > 20 else self.tags[0]


@breaks("unknown-words")
class LooksWordsUp(First):
    def tag(self, word):
        return dict.fromkeys(self.words, self.tags[0])[word]


@breaks("odd-sizes")
class StumblesOverEmptySentences(First):
    def predict(self, sentences):
        return [[self.tags[0]] * len(s) for s in sentences if s[0]]


@breaks("smallest-train")
class WantsTwoTags(First):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        if len(self.tags) < 2:
            raise ValueError("there must be two classes")


@breaks("order-does-not-matter")
class CountsSentences(First):
    def predict(self, sentences):
        return [[self.tags[i % len(self.tags)]] * len(s) for i, s in enumerate(sentences)]


@breaks("batch-does-not-matter")
class LooksAround(First):
    def predict(self, sentences):
        return [[self.tags[len(sentences) % len(self.tags)]] * len(s) for s in sentences]


@breaks("same-seed-same-tags")
class IgnoresTheSeed(First):
    draws = itertools.count()

    def fit(self, train, conditions):
        super().fit(train, conditions)
        self.tags = self.tags[::-1] if next(self.draws) % 2 else self.tags


@breaks("seeds-do-not-matter")
class SaysThatNoSeedMatters(First, Deterministic):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        self.tags = self.tags[conditions.seed % len(self.tags) :]


@breaks("input-stays")
class ChangesTrain(First):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        train.sentences.ids.flags.writeable = True
        train.sentences.ids[:] = 0


@breaks("needs-no-dev")
class NeedsDev(First):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        self.dev_tokens = conditions.dev.tokens


@breaks("dev-teaches-nothing")
class LearnsDev(First):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        dev = conditions.dev or train
        pairs = zip(dev.sentences, dev.tags, strict=True)
        self.seen = {w: t for ws, ts in pairs for w, t in zip(ws, ts, strict=True) if w not in self.words}

    def tag(self, word):
        return self.seen.get(word, self.tags[0])


@breaks("predict-learns-nothing")
class RemembersIdsOfUnknownWords(First):
    def fit(self, train, conditions):
        super().fit(train, conditions)
        self.memory = {}

    def predict(self, sentences):
        answers = []
        for number, words in enumerate(sentences):
            ids = sentences.ids[sentences.offsets[number] :]
            answers.append([self.remembered(int(i), word) for i, word in zip(ids, words, strict=False)])
        return answers

    def remembered(self, number, word):
        return self.tags[0] if word in self.words else self.memory.setdefault(number, self.tags[len(word) % 2])


@breaks("refit-forgets")
class AddsToWhatItKnew(First):
    fits = 0

    def fit(self, train, conditions):
        super().fit(train, conditions)
        self.fits += 1

    def tag(self, word):
        return self.tags[(self.fits - 1) % len(self.tags)]


@breaks("not-fitted")
class AnswersBeforeItHasLearned(First):
    tags = ("NOUN",)


@breaks("device-honoured")
class ChoosesItsDevice(First):
    def fit(self, train, conditions):
        import torch

        super().fit(train, conditions)
        self.weights = {"out": [torch.zeros(2, device="meta")]}


@breaks("threads-respected")
class TakesTwoThreads(First):
    def fit(self, train, conditions):
        import torch

        super().fit(train, conditions)
        torch.set_num_threads(2)


@breaks("spec-round-trip")
@dataclass(kw_only=True)
class ChangesItsHyperparameter(First):
    length: int = 3

    def __post_init__(self):
        self.length += 1


@breaks("probabilities-sum-to-one")
class Doubles(First):
    def predict_proba(self, sentences):
        return np.eye(len(self.tags), dtype=np.float32)[[0] * len(sentences.ids)] * 2


@breaks("probabilities-agree")
class ThinksOtherwise(First):
    def predict_proba(self, sentences):
        return np.eye(len(self.tags), dtype=np.float32)[[1] * len(sentences.ids)]


@breaks("steps-equal-whole")
class StepsElsewhere(First):
    def start(self):
        return 0 * len(self.tags)

    def step(self, state, form, layers=None):
        return np.eye(len(self.tags), dtype=np.float32)[state], 1


@breaks("survives-saving")
class SavesWhereItWas(First):
    def save(self, folder):
        (folder / "tags").write_text(" ".join(self.tags))
        self.places[folder.name] = self.tags

    def load(self, folder):
        self.tags = self.places.get(folder.name, (folder / "tags").read_text().split()[::-1])
        self.words = set()

    places: dict = {}  # noqa: RUF012 -- the fault


@breaks("counts-parameters")
class HasHalfAParameter(First):
    @property
    def parameters(self):
        return len(self.tags) / 2 + 0.25


@breaks("train-and-test", DATASETS)
def without_test():
    return Dataset.of("d", train=dataset().train, test=Corpus.encode([], []))


@breaks("one-tag-per-token", DATASETS)
def with_a_tag_too_few():
    return Dataset.of("d", train=Corpus.encode([["a", "b"]], [["X"]]), test=Corpus.encode([["a"]], [["X"]]))


@breaks("vocabularies-of-train", DATASETS)
def encoded_apart():
    one = Corpus.encode([["a"]], [["X"]])
    return Dataset("d", one, None, Corpus.encode([["b"]], [["X"]]))


@breaks("same-again", DATASETS)
def another_each_time(numbers=itertools.count()):  # noqa: B008 -- the fault
    one = Corpus.encode([[str(next(numbers))]], [["X"]])
    return Dataset.of("d", train=one, test=one)


@breaks("layers-run-along", DATASETS)
def with_a_layer_in_train_only():
    train = Corpus.encode([["a"]], [["X"]])
    words = replace(train.sentences, layers={"pos": train.tags})
    return Dataset("d", replace(train, sentences=words), None, train)


@breaks("number-or-none", METRICS)
def not_a_number(outcome):
    return float("nan") if len(outcome.gold) and (outcome.gold != outcome.predicted).all() else 1.0


@breaks("no-sentence", METRICS)
def divides(outcome):
    return int((outcome.gold == outcome.predicted).sum()) / len(outcome.gold)


@breaks("same-again", METRICS)
def counts_calls(outcome, calls=itertools.count()):  # noqa: B008 -- the fault
    return next(calls) % 2 if (outcome.gold != outcome.predicted).sum() in (1, 2, 3, 4) else 0.5


@breaks("order-does-not-matter", METRICS)
def of_the_first_token(outcome):
    return float(outcome.gold[0] == 0) if len(outcome.gold) else None


@breaks("counts-agree", METRICS)
class CountsOtherThings:
    def __call__(self, outcome):
        return 0.5

    def counts(self, outcome):
        return np.ones((len(outcome.offsets) - 1, 1), np.int64)

    def score(self, sums):
        return sums[..., 0] * 0 + 1
