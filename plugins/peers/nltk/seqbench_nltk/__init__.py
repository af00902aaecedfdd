"""NLTK's trainable taggers, as plugins of seqbench."""

from seqbench import hookimpl


@hookimpl
def register_taggers(register):
    """Four taggers; listing them does not import NLTK."""
    home = "seqbench_nltk.taggers"
    register("nltk-unigram", f"{home}:Unigram", "NLTK's UnigramTagger, the most frequent tag for unknown words")
    register("nltk-tnt", f"{home}:TnT", "NLTK's TnT, a hidden Markov model of second order")
    register("nltk-hmm", f"{home}:HMM", "NLTK's hidden Markov model of first order")
    register("nltk-perceptron", f"{home}:Perceptron", "NLTK's averaged perceptron, from left to right")
