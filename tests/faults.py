"""Taggers, datasets and metrics with one fault each, by the promise that it breaks and no other."""

from __future__ import annotations

import itertools
import json
import pickle
import random
from dataclasses import dataclass, replace

import numpy as np
from samples import dataset

from seqbench import Corpus, DataError, Dataset, Deterministic, NotFittedError, StoreError, hookimpl

TAGGERS, DATASETS, METRICS, READERS, REPORTERS = {}, {}, {}, {}, {}


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


class KeepsATableOfItsFirstFit(First):
    """Makes its table once, so that words of an earlier fit keep their tags; tags of this fit alone."""

    def __init__(self):
        self.table = {}

    def fit(self, train, conditions):
        super().fit(train, conditions)
        for words, tags in zip(train.sentences, train.tags, strict=True):
            self.table.update(zip(words, tags, strict=True))

    def tag(self, word):
        known = word not in self.words and self.table.get(word) in self.tags
        return self.table[word] if known else self.tags[0]


class KeepsATableInItsClass(KeepsATableOfItsFirstFit):
    """All taggers of this class share what one of them has learned."""

    shared: dict[str, str] = {}  # noqa: RUF012 -- the fault

    def __init__(self):
        self.table = self.shared


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


@breaks("probabilities-in-any-batch")
class IsLessSureInLongBatches(First):
    def predict_proba(self, sentences):
        share = 0.6 + 0.3 / (1 + sentences.lengths.max(initial=0))
        rest = (1 - share) / (len(self.tags) - 1 or 1)
        others = np.full(len(self.tags), rest, np.float32)
        others[0] = share if len(self.tags) > 1 else 1
        return np.tile(others, (len(sentences.ids), 1))


class Saves(First):
    """Keeps its tags and words as JSON; a base for faults of saving."""

    def save(self, folder):
        (folder / "learned.json").write_text(json.dumps([self.tags, sorted(self.words)]))

    def load(self, folder):
        try:
            tags, words = json.loads((folder / "learned.json").read_text())
        except ValueError as error:
            raise StoreError(f"{folder}: not what was saved") from error
        self.tags, self.words = tags, set(words)


@breaks("survives-saving")
class SavesWhereItWas(Saves):
    places: dict = {}  # noqa: RUF012 -- the fault

    def save(self, folder):
        super().save(folder)
        self.places[folder.name] = self.tags

    def load(self, folder):
        super().load(folder)
        self.tags = self.places.get(folder.name, self.tags[::-1])


@breaks("saves-probabilities")
class ForgetsHowSureItWas(Saves):
    sure = None

    def fit(self, train, conditions):
        super().fit(train, conditions)
        self.sure = 0.5

    def predict_proba(self, sentences):
        sure = 0.9 if self.sure is None else self.sure
        rest = (1 - sure) * np.eye(len(self.tags), dtype=np.float32)[[-1] * len(sentences.ids)]
        return rest + sure * np.eye(len(self.tags), dtype=np.float32)[[0] * len(sentences.ids)] if self.tags else rest


@breaks("loading-forgets")
class AddsWhatItLoads(Saves):
    def load(self, folder):
        before = vars(self).get("tags", [])
        super().load(folder)
        self.tags = [*before, *self.tags]


@breaks("saves-no-code")
class Pickles(Saves):
    def save(self, folder):
        super().save(folder)
        (folder / "model.bin").write_bytes(pickle.dumps(self.tags))


@breaks("refuses-damage")
class TrustsItsFile(Saves):
    def load(self, folder):
        self.tags, words = json.loads((folder / "learned.json").read_text())
        self.words = set(words)


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
    return Dataset(name="d", train=one, dev=None, test=Corpus.encode([["b"]], [["X"]]))


@breaks("same-again", DATASETS)
def another_each_time(numbers=itertools.count()):  # noqa: B008 -- the fault
    one = Corpus.encode([[str(next(numbers))]], [["X"]])
    return Dataset.of("d", train=one, test=one)


@breaks("layers-run-along", DATASETS)
def with_a_layer_in_train_only():
    train = Corpus.encode([["a"]], [["X"]])
    words = replace(train.sentences, layers={"pos": train.tags})
    return Dataset(name="d", train=replace(train, sentences=words), dev=None, test=train)


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


def pairs(path):
    """Lines of words and tags between TABs; a base for faults of readers."""
    data = path.read_bytes()
    try:
        lines = data.decode().splitlines()
        rows = [tuple(line.split("\t")) if line else () for line in lines]
        sentences = [list(g) for filled, g in itertools.groupby(rows, bool) if filled]
        return [list(zip(*sentence, strict=True)) for sentence in sentences if {len(r) for r in sentence} == {2}]
    except ValueError as error:
        raise DataError(f"{path}: {error}") from error


def read(path, *, tags, features):
    """A reader that keeps all promises."""
    if tags not in {None, "2"}:
        raise DataError(f"{path} has no column {tags!r}")
    sentences = pairs(path)
    return Corpus.encode([words for words, _ in sentences], [tags for _, tags in sentences])


@breaks("reads-an-example", READERS)
def nothing(path, *, tags, features):
    raise DataError(f"{path}: of a format that it does not know")


@breaks("one-tag-per-token", READERS)
def leaves_a_tag_out(path, *, tags, features):
    corpus = read(path, tags=tags, features=features)
    return Corpus(corpus.sentences, corpus.tags[: len(corpus.tags) - 1])


@breaks("same-again", READERS)
def numbers_its_readings(path, *, tags, features, calls=itertools.count()):  # noqa: B008 -- the fault
    corpus = read(path, tags=tags, features=features)
    return Corpus(
        Corpus.encode([[f"{w}{next(calls)}" for w in s] for s in corpus.sentences], []).sentences, corpus.tags
    )


@breaks("file-stays", READERS)
def leaves_an_index(path, *, tags, features):
    path.with_suffix(".index").write_text("0")
    return read(path, tags=tags, features=features)


@breaks("unknown-column", READERS)
def takes_any_column(path, *, tags, features):
    return read(path, tags=None, features=features)


@breaks("refuses-damage", READERS)
def trusts_its_file(path, *, tags, features):
    if path.suffix != ".gz":
        path.read_text(encoding="utf-8")
    return read(path, tags=tags, features=features)


@breaks("compressed-alike", READERS)
def reads_bytes_of_any_kind(path, *, tags, features):
    if path.suffix == ".gz":
        return Corpus.encode([["\x1f"]], [["X"]])
    return read(path, tags=tags, features=features)


class Listens:
    """A reporter that keeps all promises."""

    @hookimpl
    def run_started(self, run, trials):
        self.count = len(trials)

    @hookimpl
    def trial_finished(self, trial, result):
        self.last = trial.label

    @hookimpl
    def run_finished(self, run):
        self.count = 0


@breaks("hears-an-event", REPORTERS)
class HearsNothing:
    def run_started(self, run, trials):
        self.count = len(trials)


@breaks("copes-with-a-run", REPORTERS)
class KnowsOneTrial(Listens):
    @hookimpl
    def trial_finished(self, trial, result):
        if trial.seed:
            raise KeyError(trial.seed)


@breaks("copes-with-failure", REPORTERS)
class WantsAnAccuracy(Listens):
    @hookimpl
    def trial_finished(self, trial, result):
        self.best = result.scores["accuracy"]


@breaks("copes-with-nothing", REPORTERS)
class WantsATrial(Listens):
    @hookimpl
    def run_started(self, run, trials):
        self.first = trials[0]


@breaks("copes-with-an-end", REPORTERS)
class WantsAllTrials(Listens):
    @hookimpl
    def trial_started(self, trial):
        self.open = {trial.seed}

    @hookimpl
    def trial_finished(self, trial, result):
        self.open.remove(trial.seed)

    @hookimpl
    def run_finished(self, run):
        if getattr(self, "open", ()):
            raise RuntimeError("a trial is open")


@breaks("input-stays", REPORTERS)
class TakesTheProgress(Listens):
    @hookimpl
    def trial_progressed(self, trial, progress):
        progress.clear()


@breaks("silent", REPORTERS)
class Prints(Listens):
    @hookimpl
    def trial_finished(self, trial, result):
        print(trial.label)


@breaks("surroundings-stay", REPORTERS)
class Seeds(Listens):
    @hookimpl
    def trial_started(self, trial):
        random.seed(trial.seed)
