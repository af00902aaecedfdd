"""Taggers without a network, against what people use.

    python benchmarks/accuracy/classics.py FOLDER [hmm perceptron crf]

FOLDER holds train.conllu (or .gz), dev.conllu and test.conllu. Prints CPU seconds of training, tokens per CPU second of
tagging, accuracy on dev, and ratios, all from one run of one thread (set OMP_NUM_THREADS=1).
"""

from __future__ import annotations

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pycrfsuite
from nltk.tag.perceptron import PerceptronTagger
from nltk.tag.tnt import TnT

from seqbench import Conditions, Dataset, Sequences, Tagger
from seqbench_datasets.readers.conllu import read
from seqbench_plugins._shared.word_shapes import PROPERTIES
from seqbench_plugins.counting.hmm import HMM
from seqbench_plugins.linear._features import OF_WORDS, Features
from seqbench_plugins.linear.crf import CRF
from seqbench_plugins.linear.perceptron import Perceptron

Tags = Iterable[Iterable[str]]
Tagging = Callable[[Sequences], Tags]


@dataclass(frozen=True)
class Measured:
    """CPU seconds of training, tokens per CPU second of tagging dev, share of right tags."""

    fit: float
    rate: float
    accuracy: float

    @classmethod
    def of(cls, dataset: Dataset, train: Callable[[], Tagging]) -> Measured:
        """Train, then tag dev; sentences are decoded beforehand for those that want lists of str."""
        assert dataset.dev is not None  # noqa: S101 -- checked when it was read
        gc.collect()
        start = time.process_time()
        tag = train()
        fit = time.process_time() - start
        start = time.process_time()
        tags = tag(dataset.dev.sentences)
        seconds = time.process_time() - start
        right = sum(x == y for a, b in zip(tags, dataset.dev.tags, strict=True) for x, y in zip(a, b, strict=True))
        return cls(fit, dataset.dev.tokens / seconds, right / dataset.dev.tokens)


def ours(tagger: Tagger, dataset: Dataset) -> Callable[[], Tagging]:
    """One of seqbench's taggers."""

    def train() -> Tagging:
        tagger.fit(dataset.train, Conditions())
        return tagger.predict

    return train


def with_tnt(pairs: list[list[tuple[str, str]]]) -> Callable[[], Tagging]:
    """NLTK's second-order model with a beam."""

    def train() -> Tagging:
        tagger = TnT()
        tagger.train(pairs)
        return lambda sentences: [[tag for _, tag in tagger.tag(sentence)] for sentence in sentences]

    return train


def with_perceptron(pairs: list[list[tuple[str, str]]]) -> Callable[[], Tagging]:
    """NLTK's greedy averaged perceptron."""

    def train() -> Tagging:
        random.seed(0)
        tagger = PerceptronTagger(load=False)
        tagger.train(pairs)
        return lambda sentences: [[tag for _, tag in tagger.tag(sentence)] for sentence in sentences]

    return train


def by_hand(words: list[list[str]], tags: list[list[str]], parameters: dict[str, float]) -> Callable[[], Tagging]:
    """python-crfsuite with the same templates as text, written as its users write them."""

    def train() -> Tagging:
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params(parameters)
        for sentence, labels in zip(words, tags, strict=True):
            trainer.append(features_by_hand(sentence), labels)
        path = Path(tempfile.mkdtemp()) / "model"
        trainer.train(str(path))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        return lambda sentences: [tagger.tag(features_by_hand(sentence)) for sentence in sentences]

    return train


def features_by_hand(sentence: list[str]) -> list[list[str]]:
    """Each template of each token as text."""
    templates = [[_place(part) for part in text.split()] for text in OF_WORDS.split(";")]
    own = [{name: of(word) for name, of in PROPERTIES.items()} for word in sentence]
    beyond = dict.fromkeys(PROPERTIES, "<>")
    padded = [beyond, beyond, *own, beyond, beyond]
    return [
        [f"{number}={'|'.join([str(padded[i + 2 + shift][name]) for name, shift in template])}"
         for number, template in enumerate(templates)]
        for i in range(len(sentence))
    ]  # fmt: skip


def _place(part: str) -> tuple[str, int]:
    return (part[:-2], int(part[-2:])) if part[-2] in "+-" else (part, 0)


def compare(name: str, dataset: Dataset, ways: dict[str, Callable[[], Tagging]]) -> None:
    """Print all ways, and the ratios of the first to the last."""
    found = {way: Measured.of(dataset, train) for way, train in ways.items()}
    print(name)
    for way, m in found.items():
        print(f"  {way:22} fit {m.fit:6.2f} s, tags {m.rate:9,.0f} tokens/s, dev {100 * m.accuracy:.2f} %")
    *own, other = found.values()
    for way, m in zip(ways, own, strict=False):
        print(f"  {way}: training {other.fit / m.fit:.2f}, tagging {m.rate / other.rate:.2f} times as fast")


def measure_features(dataset: Dataset) -> None:
    """Tokens per CPU second of feature extraction."""
    times = [time.process_time()]
    features, _ = Features.learn(dataset.train)
    times.append(time.process_time())
    features.of(dataset.test.sentences)
    times.append(time.process_time())
    learned, looked_up = (later - earlier for earlier, later in pairwise(times))
    tokens = dataset.train.tokens / learned, dataset.test.tokens / looked_up
    print(f"features: {tokens[0]:,.0f} tokens/s learned from train, {tokens[1]:,.0f} looked up in test")


def main() -> None:
    """Read the corpus, then measure what was asked for."""
    folder, *names = sys.argv[1:]
    (train,) = Path(folder).glob("train.conllu*")
    splits = {name: read(Path(folder) / f"{name}.conllu") for name in ("dev", "test")}
    dataset = Dataset.of("corpus", train=read(train), **splits)
    words, tags = list(dataset.train.sentences), list(dataset.train.tags)
    pairs = [list(zip(sentence, labels, strict=True)) for sentence, labels in zip(words, tags, strict=True)]
    HMM().fit(dataset.dev or dataset.train, Conditions())  # what is loaded on first use is not measured
    measure_features(dataset)
    if "hmm" in names or not names:
        own = {"hmm": ours(HMM(), dataset), "hmm(lexicalized=True)": ours(HMM(lexicalized=True), dataset)}
        compare("hmm", dataset, {**own, "NLTK TnT": with_tnt(pairs)})
    if "perceptron" in names or not names:
        own = {f"perceptron(epochs={n})": ours(Perceptron(epochs=n), dataset) for n in (8, 2)}
        compare("perceptron", dataset, {**own, "NLTK PerceptronTagger": with_perceptron(pairs)})
    if "crf" in names or not names:
        crf = CRF()
        own = {"crf": ours(crf, dataset)}
        compare("crf", dataset, {**own, "python-crfsuite by hand": by_hand(words, tags, crf.parameters_of_crfsuite())})


if __name__ == "__main__":
    main()
