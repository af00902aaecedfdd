"""The floor: one tag for everything."""

from collections import Counter

from seqbench import Conditions, Corpus, Dataset
from seqbench_plugins.counting.majority import Majority


def test_every_token_gets_the_most_frequent_tag_and_the_first_of_equals():
    tags = [["A", "B"], ["B", "A", "C"]]
    data = Dataset.of(
        "x", train=Corpus.encode([["a", "b"], ["c", "d", "e"]], tags), test=Corpus.encode([["z"]], [["C"]])
    )
    tagger = Majority()
    tagger.fit(data.train, Conditions())
    assert Counter(t for sentence in tags for t in sentence)["A"] == 2
    assert [list(x) for x in tagger.predict(data.test.sentences)] == [["A"]]
    assert [list(x) for x in tagger.predict(data.train.sentences)] == [["A", "A"], ["A", "A", "A"]]
    assert tagger.parameters == 1
