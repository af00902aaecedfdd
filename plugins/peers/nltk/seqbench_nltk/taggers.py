"""NLTK's taggers learn from lists of (word, tag), and tag one sentence at a time."""

import random
from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from seqbench import Deterministic, learned


class NLTKTagger:
    """What all of them share; `train(sentences)` returns NLTK's tagger."""

    def fit(self, train, conditions):
        """Hand the sentences over as NLTK wants them; it cannot learn from a sentence without a word."""
        random.seed(conditions.seed)
        pairs = zip(train.sentences, train.tags, strict=True)
        self._fitted = self.train([list(zip(words, tags, strict=True)) for words, tags in pairs if words])

    def predict(self, sentences):
        """NLTK's tags."""
        tagger = learned(self)
        return [[tag for _, tag in tagger.tag(words)] if words else [] for words in sentences]


@dataclass(kw_only=True)
class Unigram(NLTKTagger, Deterministic):
    """`nltk.tag.UnigramTagger`; words that it does not know get the most frequent tag."""

    cutoff: Annotated[int, "words must have had their tag more often than that"] = 0

    def train(self, sentences):
        """A table of words, and the tag behind it."""
        from nltk.tag import DefaultTagger, UnigramTagger

        tags = Counter(tag for sentence in sentences for _, tag in sentence)
        usual = DefaultTagger(tags.most_common(1)[0][0])
        return UnigramTagger(sentences, backoff=usual, cutoff=self.cutoff)


@dataclass(kw_only=True)
class TnT(NLTKTagger, Deterministic):
    """`nltk.tag.tnt.TnT` (Brants 2000): tags depend on the two before; unknown words are told by their endings."""

    beam: Annotated[int, "how much less probable a path may be and still be followed"] = 1000
    capitals: Annotated[bool, "tell words with a capital apart"] = False

    def train(self, sentences):
        """Counts of tags in threes, and of words."""
        from nltk.tag.tnt import TnT as Tagger

        tagger = Tagger(N=self.beam, C=self.capitals)
        tagger.train(sentences)
        return tagger


@dataclass(kw_only=True)
class HMM(NLTKTagger, Deterministic):
    """`nltk.tag.hmm.HiddenMarkovModelTagger`, trained by counting, with Lidstone's estimate."""

    gamma: Annotated[float, "added to every count"] = 0.1

    def train(self, sentences):
        """Counts of tags in pairs, and of words."""
        from nltk.probability import LidstoneProbDist
        from nltk.tag.hmm import HiddenMarkovModelTrainer

        return HiddenMarkovModelTrainer().train_supervised(
            sentences, estimator=lambda counts, bins: LidstoneProbDist(counts, self.gamma, bins + 1)
        )


@dataclass(kw_only=True)
class Perceptron(NLTKTagger):
    """`nltk.tag.PerceptronTagger`, greedy from left to right, its weights averaged."""

    iterations: Annotated[int, "passes over train"] = 5

    def train(self, sentences):
        """Weights; the order of sentences is drawn anew after each pass."""
        from nltk.tag import PerceptronTagger

        tagger = PerceptronTagger(load=False)
        tagger.train(sentences, nr_iter=self.iterations)
        return tagger
