"""What every built-in tagger must cope with, whatever it is inside; add a spec to CONTENDERS to put it to the test.

What `seqbench.testing` promises of every tagger (seeds, order, refitting, unknown words...) is tested there.
"""

import numpy as np
import pytest

from seqbench import Conditions, Corpus, Dataset, Probabilistic, Sequences, make
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import parse
from seqbench.running.resources import PeakMemory

SMALL = "embedding_dim=8, hidden_dim=8, epochs=1, min_steps=10"
STEPS = "embedding_dim=8, hidden_dim=8, epochs=1, min_steps=1, bidirectional=False"  # slow on 5,000 tokens
ENCODER = "pretrained(epochs=1, min_steps=4, model='TINY')"  # the one of conftest.py
CONTENDERS = [
    "baseline",
    "majority",
    "hmm",
    "brill",
    "hmm(lexicalized=True, decode='posterior')",
    "crf(iterations=20)",
    "perceptron",
    "perceptron(words=0, cost=0.0)",
    "maxent(iterations=20)",
    "svm",
    f"feedforward({SMALL})",
    f"cnn({SMALL})",
    f"rnn({SMALL})",
    f"gru({SMALL}, bidirectional=False)",
    f"lstm({SMALL}, layers=2, characters='lstm')",
    f"lstm-crf({SMALL})",
    "lstm-tutorial(epochs=3)",
    f"transformer({SMALL}, heads=2)",
    f"mingru({SMALL})",
    f"minlstm({SMALL}, layers=2)",
    f"ssm({SMALL})",
    f"mamba({SMALL}, bidirectional=False)",
    f"linear-attention({SMALL})",
    f"gated-delta({STEPS}, heads=2)",
    f"mlstm({SMALL}, heads=2)",
    f"slstm({STEPS})",
    ENCODER,
    f"distil(teacher='hmm', student='rnn({SMALL})')",
    "stacked(final='perceptron(epochs=2)')",
    f"stacked(base='hmm', final='rnn({SMALL})')",
    "ensemble(members=['hmm', 'perceptron'])",
    "ensemble(members=['hmm', 'baseline', 'majority'], combine='votes')",
]

ALIKE = {"rnn", "gru", "mingru", "minlstm", "ssm", "linear-attention", "gated-delta", "slstm"}
"""Recurrences that are but for the step as lstm, mamba and mlstm: `pytest -m slow`."""

TRAIN = [
    ["The", "dog", "ate", "the", "apple"],
    ["Everybody", "read", "that", "book"],
    ["I", "book", "it"],
    ["It", "ate", "the", "book"],
    ["Stop"],
    [],
    ["The", "cats", "read", "3.14", "e-mails"],
]
TAGS = [
    ["DET", "NN", "V", "DET", "NN"],
    ["NN", "V", "DET", "NN"],
    ["NN", "V", "NN"],
    ["NN", "V", "DET", "NN"],
    ["V"],
    [],
    ["DET", "NN", "V", "NUM", "NN"],
]
TEST = [["The", "cat", "ate", "that"], ["book", "it", "!"], [], ["Łódź"]]
TEST_TAGS = [["DET", "NN", "V", "NN"], ["V", "NN", "PUNCT"], [], ["X"]]
STRANGE = [
    "東京",
    "สวัสดี",
    "مرحبا",
    "Привет",
    "naïve",
    "👩‍👩‍👧",
    "\u200b",
    "\ud7ff",
    "İ",
    "ß",
    "a b",
    "",
    "x" * 3000,
    "𝒳",
    "\x00",
]


def marked(spec):
    return pytest.param(spec, marks=pytest.mark.slow) if parse(spec).name in ALIKE else spec


def of_one_kind(spec):
    """One contender of each kind of memory stands for those that learn from a long sentence as it does."""
    further = parse(spec).name in ALIKE | {"cnn", "mlstm", "ensemble", "maxent", "svm"}
    return pytest.param(spec, marks=pytest.mark.slow) if further else spec


@pytest.fixture(params=map(marked, CONTENDERS))
def spec(request):
    spec = request.param
    return spec.replace("TINY", request.getfixturevalue("encoder")) if spec == ENCODER else spec


@pytest.fixture
def tagger(spec):
    return make(spec)


def dataset(train=TRAIN, tags=TAGS, test=TEST, test_tags=TEST_TAGS):
    return Dataset.of("small", train=Corpus.encode(train, tags), test=Corpus.encode(test, test_tags))


def tagged(tagger, data, sentences=None):
    """Fit, tag, and check what every answer must be: one tag of train for each token."""
    tagger.fit(data.train, Conditions())
    return answers(tagger, data, data.test.sentences if sentences is None else sentences)


def answers(tagger, data, sentences):
    found = [list(tags) for tags in tagger.predict(sentences)]
    assert [len(tags) for tags in found] == sentences.lengths.tolist()
    assert {tag for tags in found for tag in tags} <= set(data.tags)
    if isinstance(tagger, Probabilistic):
        probabilities = tagger.predict_proba(sentences)
        assert probabilities.shape == (len(sentences.ids), len(data.tags))
        assert probabilities.dtype == np.float32
        assert probabilities.sum(1) == pytest.approx(np.ones(len(sentences.ids)), abs=1e-5)
        assert (probabilities >= 0).all()
    return found


def test_every_built_in_is_put_to_these_tests():
    assert {parse(spec).name for spec in CONTENDERS} >= set(Registry.discover().taggers)


def test_tags_unseen_in_train_empty_and_unknown_sentences_are_no_trouble(tagger):
    tagged(tagger, dataset())


def test_no_sentences_at_all_get_no_tags(tagger):
    data = dataset()
    assert tagged(tagger, data, data.test.sentences[:0]) == []
    assert answers(tagger, data, data.test.sentences[2:3]) == [[]]


@pytest.mark.parametrize("place", ["train", "test"])
def test_characters_of_any_script_are_words_like_others(tagger, place):
    tags = [["NN"] * len(STRANGE)]
    data = {
        "train": dataset(train=[*TRAIN, STRANGE], tags=[*TAGS, *tags]),
        "test": dataset(test=[STRANGE], test_tags=tags),
    }[place]
    tagged(tagger, data)
    answers(tagger, data, data.train.sentences)


def test_identical_sentences_with_different_tags_are_learned_from(tagger):
    tagged(tagger, dataset(train=[["a", "b"]] * 4, tags=[["X", "Y"], ["Y", "X"], ["X", "X"], ["Y", "Y"]]))


def test_a_sentence_of_5000_tokens_is_tagged_whole_in_bounded_memory(tagger):
    """At most 60 kB a token: one table of all pairs of tokens, in single precision, would take 100 MB by itself."""
    data = dataset()
    tagger.fit(data.train, Conditions())
    long = Sequences.encode([["The", "dog", "ate", "zebras", "!"] * 1000]).extend(data.train.sentences)
    peak = PeakMemory()
    answers(tagger, data, long)
    assert (peak.bytes() or 0) < 5000 * 60_000


@pytest.mark.parametrize("spec", [*map(of_one_kind, CONTENDERS)], indirect=True)
def test_sentences_of_1_and_of_5000_tokens_are_learned_from_in_bounded_memory(spec):
    tagger = make(spec.replace("min_steps=10", "min_steps=2"))
    long = ["The", "dog", "ate"] * 1667
    data = dataset(train=[*TRAIN, long], tags=[*TAGS, ["DET", "NN", "V"] * 1667])
    peak = PeakMemory()
    tagged(tagger, data)
    assert (peak.bytes() or 0) < 5000 * 120_000


def test_where_train_has_one_tag_everything_gets_it(tagger):
    data = dataset(tags=[["T"] * len(sentence) for sentence in TRAIN])
    assert {tag for tags in tagged(tagger, data) for tag in tags} == {"T"}


def test_a_layer_beside_the_words_is_no_trouble(tagger):
    def corpus(sentences, tags):
        words, labels = Sequences.encode(sentences), Sequences.encode(tags)
        layer = Sequences.encode([[word[-1:] for word in sentence] for sentence in sentences])
        return Corpus(Sequences(words.ids, words.offsets, words.vocabulary, {"pos": layer}), labels)

    data = Dataset.of("layered", train=corpus(TRAIN, TAGS), test=corpus(TEST, TEST_TAGS))
    tagged(tagger, data)
