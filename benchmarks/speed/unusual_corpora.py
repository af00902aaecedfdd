"""Many tags, or one long sentence: python benchmarks/speed/unusual_corpora.py TAGS TOKENS LENGTH [SPEC ...].

Words and tags are drawn at random; nine of ten tokens have the first tag of their word. Each tagger fits and tags 2,000
other tokens, with probabilities where it knows them, in a process of its own that may use 300 CPU seconds. Prints CPU
seconds of fit and of tagging, and megabytes above what the process held before, or why the tagger refuses. Networks
train for one epoch, without dev.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time

import numpy as np

from seqbench import Conditions, Corpus, DataError, Probabilistic, Sequences, make
from seqbench.contracts.tagger import WarmsUp
from seqbench.data.corpus import offsets_of, strings
from seqbench.running.resources import PeakMemory

COUNTING = ("baseline", "brill", "hmm", "hmm(lexicalized=True)")
LINEAR = ("perceptron(epochs=2)", "maxent", "svm", "crf")
NETWORKS = (
    *("rnn", "gru", "lstm", "lstm-crf", "cnn", "transformer", "feedforward", "mingru", "minlstm", "ssm", "mamba"),
    *("mlstm", "slstm", "gated-delta", "linear-attention"),
)
SPECS = (*COUNTING, *LINEAR, *(f"{name}(epochs=1)" for name in NETWORKS))
WORDS, OTHER, MOST_SECONDS, TAGGED = 5_000, 0.1, 300, 2_000


def corpora(tags: int, tokens: int, length: int) -> tuple[Corpus, Sequences]:
    """Train, and other sentences of 20 tokens (of one piece where train is one sentence); all tags occur in train."""
    random = np.random.default_rng(0)
    words = (random.zipf(1.3, tokens + TAGGED) - 1) % WORDS
    first = random.integers(0, tags, WORDS)
    ids = np.where(random.random(len(words)) < OTHER, first[words] + 1, first[words]) % tags
    every = random.permutation(tokens)[:tags]
    ids[every] = np.arange(len(every))
    forms, names = strings(f"w{word}" for word in range(WORDS)), strings(f"T{tag}" for tag in range(tags))
    cut, named = offsets_of(np.full(tokens // length, length)), ((words, forms), (ids, names))
    sentences, gold = (Sequences(all_ids[: cut[-1]].astype(np.int32), cut, texts) for all_ids, texts in named)
    other = offsets_of(np.full(max(1, TAGGED // length), min(length, TAGGED)))
    tagged = Sequences(words[tokens : tokens + other[-1]].astype(np.int32), other, forms)
    return Corpus(sentences.compact(), gold.compact()), tagged.extend(sentences.compact())


def work(spec: str, tags: int, tokens: int, length: int) -> None:
    """Fit and tag with one tagger, and print the figures."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    train, other = corpora(tags, tokens, length)
    tagger = make(spec)
    if isinstance(tagger, WarmsUp):
        tagger.warm_up(Conditions())
    peak, start = PeakMemory(), time.process_time()
    try:
        tagger.fit(train, Conditions())
    except DataError as error:
        print(f"{spec}: refuses after {time.process_time() - start:.1f} s: {error}", flush=True)
        return
    fitted = time.process_time()
    tagger.predict(other)
    if isinstance(tagger, Probabilistic):
        tagger.predict_proba(other)
    megabytes, end = (peak.bytes() or 0) / 1e6, time.process_time()
    print(f"{spec}: fit {fitted - start:.1f} s, tagging {end - fitted:.1f} s, {megabytes:,.0f} MB", flush=True)


def main() -> None:
    """Each tagger in a process of its own."""
    tags, tokens, length = map(int, sys.argv[1:4])
    for spec in sys.argv[4:] or SPECS:
        process = multiprocessing.get_context("spawn").Process(target=work, args=(spec, tags, tokens, length))
        process.start()
        process.join()
        if process.exitcode:
            print(f"{spec}: ended by {process.exitcode} (limit: {MOST_SECONDS} CPU seconds)", flush=True)


if __name__ == "__main__":
    main()
