"""Transformation-based tagging: rules learned from errors, one after the other."""

import numpy as np
import pytest

from seqbench import Conditions, Corpus, DataError, UsageError, make
from seqbench_plugins._shared import training_memory
from seqbench_plugins.counting._transformations import Surroundings, learn

TRAIN = Corpus.encode(
    [["to", "book"], ["a", "book"], ["the", "book"], ["to", "walk"], ["a", "walk"], ["the", "walk"]],
    [["TO", "VB"], ["DT", "NN"], ["DT", "NN"], ["TO", "VB"], ["DT", "NN"], ["DT", "NN"]],
)


def fitted(**fields):
    tagger = (
        make("brill", **fields) if not fields else make(f"brill({', '.join(f'{k}={v}' for k, v in fields.items())})")
    )
    tagger.fit(TRAIN, Conditions())
    return tagger


def test_one_rule_corrects_what_the_word_alone_leaves_open():
    assert fitted(gain=1).predict([["to", "book"], ["a", "walk"]]) == [["TO", "VB"], ["DT", "NN"]]
    assert fitted(rules=0).predict([["to", "book"]]) == [["TO", "NN"]]
    assert fitted(gain=3).predict([["to", "book"]]) == [["TO", "NN"]]  # the rule corrects two tokens


def test_each_rule_is_the_one_that_corrects_most_where_those_before_it_err():
    random = np.random.default_rng(0)
    words = [[f"w{i}" for i in random.integers(0, 3, 8)] for _ in range(40)]
    tags = [[f"T{(int(w[1]) + (i and int(s[i - 1][1]))) % 3}" for i, w in enumerate(s)] for s in words]
    tagger, wrong = make("brill(gain=1, rules=9)"), []
    tagger.fit(Corpus.encode(words, tags), Conditions(report=lambda **step: wrong.append(step["loss"])))
    steps = -np.diff(wrong)
    assert (steps > 0).all()
    predicted = tagger.predict(words)
    last = np.mean([a != b for p, t in zip(predicted, tags, strict=True) for a, b in zip(p, t, strict=True)])
    assert last <= wrong[-1]
    assert last < wrong[0] / 2


def test_what_cannot_be_is_refused():
    with pytest.raises(UsageError, match="gain at least 1, was: 5, 0"):
        make("brill(rules=5, gain=0)")


def test_so_many_tags_that_their_rules_cannot_be_numbered_are_refused():
    around = Surroundings.of(np.zeros(1, np.int64), np.array([0, 1]), words=10, tags=10**5)
    with pytest.raises(DataError, match="100,000 tags beside 10 words have more rules than 64 bits can number"):
        learn(np.zeros(1, np.int64), np.ones(1, np.int64), around, 1, lambda *_: True)


def test_tags_that_the_machine_has_no_memory_for_are_refused_with_the_figure(monkeypatch):
    monkeypatch.setattr(training_memory, "_physical", lambda: 1 << 20)
    words = [[f"w{n}" for n in range(200)]]
    with pytest.raises(DataError, match="with 200 tags, training brill would take"):
        make("brill").fit(Corpus.encode(words, words), Conditions())
