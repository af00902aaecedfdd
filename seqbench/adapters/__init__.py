"""Estimators of scikit-learn's kind as taggers: those that take whole sentences, and classifiers of single tokens.

    seqbench.run(models={"crf": lambda: PerSentence(CRF(c1=0.1)), "tree": lambda: PerToken(DecisionTreeClassifier())})

Inherit from `SentenceTagger` or `TokenTagger` instead to give an estimator hyperparameters that a spec can set.
"""

from seqbench.adapters.sentence_tagger import PerSentence, SentenceTagger
from seqbench.adapters.token_features import describe
from seqbench.adapters.token_tagger import PerToken, PerTokenProbabilities, ProbabilisticTokenTagger, TokenTagger

__all__ = [
    "PerSentence",
    "PerToken",
    "PerTokenProbabilities",
    "ProbabilisticTokenTagger",
    "SentenceTagger",
    "TokenTagger",
    "describe",
]
