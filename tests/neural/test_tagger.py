"""What all torch taggers share: padding changes nothing, seeds decide, dev only chooses epochs."""

import copy
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
import torch
from few_sentences import CORPUS, SMALL, TAGS, UNSEEN, WORDS, fitted
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from seqbench import Conditions, Corpus, Probabilistic, SeqbenchError, Sequences, Sized, Tagger, WarmsUp, learned, make
from seqbench.neural import NeuralTagger, WordFeatures, cross_entropy
from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.training_precision import trains_in_bfloat16

SPECS = [
    f"rnn({SMALL})",
    f"gru({SMALL})",
    f"lstm({SMALL})",
    f"lstm({SMALL}, layers=2)",
    f"gru({SMALL}, bidirectional=False)",
    f"lstm({SMALL}, subwords=False)",
    f"rnn({SMALL}, characters='none', optimizer='sgd')",
    f"feedforward({SMALL})",
    f"cnn({SMALL})",
    f"lstm({SMALL}, characters='lstm')",
    f"transformer({SMALL}, heads=2)",
]
HALF = f"lstm({SMALL}, precision='bfloat16')"
if trains_in_bfloat16("cpu"):
    SPECS.append(HALF)
CHAINS = [f"lstm-crf({SMALL})", f"feedforward({SMALL}, crf=True)"]
ALIKE = (f"rnn({SMALL})", f"gru({SMALL})", f"lstm({SMALL}, layers=2)", f"lstm({SMALL}, subwords=False)")


def some(specs):
    """The specs, of which those that are nearly as others are slow."""
    return [pytest.param(spec, marks=pytest.mark.slow) if spec in ALIKE else spec for spec in specs]


def largest_change_by_padding(tagger, sentences):
    """How much the probabilities of a sentence depend on what it is batched with, and on its place."""
    together = np.split(tagger.predict_proba(sentences), sentences.offsets[1:-1])
    alone = [tagger.predict_proba(sentences[i : i + 1]) for i in range(len(sentences))]
    turned = sentences.take(np.arange(len(sentences))[::-1])
    backwards = np.split(tagger.predict_proba(turned), turned.offsets[1:-1])[::-1]
    changes = [abs(a - b).max(initial=0) for other in (alone, backwards) for a, b in zip(together, other, strict=True)]
    return max(changes)


@pytest.mark.parametrize("spec", some([*SPECS, *CHAINS]))
def test_padding_and_order_change_no_score(spec):
    tagger = fitted(make(spec))
    assert largest_change_by_padding(tagger, UNSEEN) < 1e-5
    assert largest_change_by_padding(tagger, CORPUS.sentences) < 1e-5


def test_a_network_that_starts_in_the_padding_is_caught():
    class Careless(NeuralTagger):
        def build(self, shape):
            class Network(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.features = WordFeatures(shape, embedding_dim=8)
                    self.rnn = nn.LSTM(self.features.width, 4, batch_first=True, bidirectional=True)
                    self.output = nn.Linear(8, shape.tags)

                def forward(self, batch):
                    return self.output(self.rnn(self.features(batch))[0])

            return Network()

    assert largest_change_by_padding(fitted(Careless(epochs=2)), CORPUS.sentences) > 1e-5


@pytest.mark.parametrize("spec", some(SPECS))
def test_probabilities_sum_to_1_and_agree_with_predict(spec):
    tagger = fitted(make(spec))
    probabilities = tagger.predict_proba(UNSEEN)
    assert probabilities.shape == (len(UNSEEN.ids), len(CORPUS.tags.vocabulary))
    assert np.allclose(probabilities.sum(1), 1, atol=1e-5)
    assert np.array_equal(probabilities.argmax(1), tagger.predict(UNSEEN).ids)


@pytest.mark.parametrize("spec", some([*SPECS, *CHAINS, "lstm-tutorial(epochs=2)"]))
def test_the_same_seed_gives_the_same_tags_and_refitting_forgets(spec):
    first, second = fitted(make(spec), seed=3), make(spec)
    fitted(second, Corpus.encode([["other"]], [["X"]]), seed=9)
    fitted(second, seed=3)
    assert list(first.predict(UNSEEN)) == list(second.predict(UNSEEN))
    if isinstance(first, Probabilistic):
        assert np.array_equal(first.predict_proba(UNSEEN), second.predict_proba(UNSEEN))
        assert not np.array_equal(first.predict_proba(UNSEEN), fitted(second, seed=4).predict_proba(UNSEEN))


@pytest.mark.parametrize("spec", some([*SPECS, *CHAINS, "lstm-tutorial(epochs=2)"]))
def test_odd_input_is_coped_with(spec):
    tagger = make(spec)
    assert isinstance(tagger, Tagger)
    assert isinstance(tagger, WarmsUp)
    tagger.warm_up(Conditions())
    for corpus in (CORPUS, Corpus.encode([["one"]], [["TAG"]]), Corpus.encode([["a"], []], [["X"], []])):
        fitted(tagger, corpus)
        assert isinstance(tagger, Sized)
        assert tagger.parameters > 0
        for sentences in (UNSEEN, Sequences.encode([]), Sequences.encode([[]])):
            tags = tagger.predict(sentences)
            assert [len(t) for t in tags] == [len(s) for s in sentences]
            assert {tag for t in tags for tag in t} <= set(corpus.tags.vocabulary)


@pytest.mark.parametrize("cell", ["lstm", pytest.param("rnn", marks=pytest.mark.slow)])
def test_a_few_sentences_are_learned(cell):
    tagger = fitted(make(f"{cell}(embedding_dim=16, hidden_dim=16, epochs=2, dropout=0.1)"))
    assert list(tagger.predict(CORPUS.sentences)) == list(CORPUS.tags)


def test_a_very_long_sentence_is_tagged_whole():
    tagger = fitted(make(f"lstm({SMALL})"))
    assert len(tagger.predict(Sequences.encode([["dog", "ate"] * 2500]))[0]) == 5000


def test_layers_reach_the_network():
    """The same word has the tag that its layer says: only a tagger that sees the layer can learn it."""
    words = [["x", "x", "x"], ["x"], ["x", "x"]] * 4
    tags = [["A", "B", "A"], ["B"], ["B", "A"]] * 4
    sentences = Sequences.encode(words)
    layered = Sequences(sentences.ids, sentences.offsets, sentences.vocabulary, {"pos": Sequences.encode(tags)})
    tagger = fitted(make("rnn(embedding_dim=8, hidden_dim=8, min_steps=150)"), Corpus(layered, Sequences.encode(tags)))
    assert list(tagger.predict(layered)) == tags
    strange = Sequences.encode([["never", "seen"]])
    unknown = Sequences(strange.ids, strange.offsets, strange.vocabulary, {"pos": Sequences.encode([["?", "A"]])})
    assert tagger.predict(unknown)[0][1] == "A"


def accuracies_on_dev(tag):
    """Those told for each epoch, and that of the tagger in the end, on a dev set that has one tag only."""
    told = []

    def report(**step):
        told.append(step)
        return False

    dev = Corpus.encode([s.split() for s in WORDS], [[tag] * len(t.split()) for t in TAGS]).extend(CORPUS)
    tagger = make("lstm(embedding_dim=8, hidden_dim=4, epochs=5, min_steps=200)")
    tagger.fit(CORPUS, Conditions(dev=dev, report=report))
    assert [step["epoch"] for step in told] == [1, 2, 3, 4, 5]
    right = [given == tag for tags in tagger.predict(dev.sentences) for given in tags]
    return [step["dev_accuracy"] for step in told], sum(right) / len(right)


def test_the_best_epoch_by_dev_is_kept_and_told():
    found = [accuracies_on_dev(tag) for tag in ("NN", "V")]
    assert all(kept == pytest.approx(max(told)) for told, kept in found)
    assert any(told[-1] < max(told) for told, _ in found)


def test_dev_chooses_and_teaches_nothing():
    dev = Corpus.encode([["dog"]], [["V"]]).extend(CORPUS)
    without, beside = (fitted(make(f"lstm({SMALL}, epochs=1)".replace("epochs=2, ", "")), dev=d) for d in (None, dev))
    assert np.array_equal(without.predict_proba(UNSEEN), beside.predict_proba(UNSEEN))


def test_a_report_can_stop_the_training():
    told = []

    def report(**step):
        told.append(step)
        return True

    make(f"lstm({SMALL})").fit(CORPUS, Conditions(report=report))
    assert len(told) == 1


@pytest.mark.parametrize(
    "spec",
    [
        "rnn(embedding_dim=8, hidden_dim=4, optimizer='sgd', learning_rate=1e30, clip=1e30, epochs=9)",
        f"cnn({SMALL}, learning_rate=1e38)",
        f"lstm-crf({SMALL}, learning_rate=1e38)",
        f"transformer({SMALL}, heads=2, learning_rate=1e38)",
        "lstm-tutorial(learning_rate=1e38, epochs=9)",
    ],
)
def test_a_loss_that_is_no_number_names_epoch_and_learning_rate(spec):
    with pytest.raises(SeqbenchError, match=r"loss became (nan|inf) in epoch \d+ at learning rate .*; choose"):
        fitted(make(spec))


class Devices(TorchDispatchMode):
    """Where the results of all operations are, of those in the backward pass too."""

    def __init__(self):
        super().__init__()
        self.seen = set()

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        result = operation(*args, **(kwargs or {}))
        self.seen |= {part.device.type for part in tree_leaves(result) if isinstance(part, torch.Tensor)}
        return result


def devices_of(tagger):
    """Those of one step of training and of tagging on the device `meta`, which only tracks shapes."""
    learnt = learned(tagger)
    network, objective = learnt.scorer.to("meta"), learnt.objective
    encoded = Encoded(CORPUS.sentences, learnt.alphabet, "meta")
    hidden = torch.zeros(len(learnt.alphabet.counts), device="meta")
    targets = torch.zeros((len(CORPUS), CORPUS.sentences.lengths.max()), dtype=torch.int64, device="meta")
    batch = encoded.batch(np.arange(len(CORPUS)), hidden)
    with Devices() as devices:
        torch.autograd.backward(objective.loss(network.train()(batch), targets))
        scores = network.eval()(batch)
        objective.best(scores, batch.mask)
        objective.probabilities(scores, batch.mask)
    given = tree_leaves([vars(batch.forms), vars(batch)])
    devices.seen |= {part.device.type for part in given if isinstance(part, torch.Tensor)}
    return devices.seen


@pytest.mark.parametrize(
    "spec", some(spec for spec in [*SPECS, *CHAINS] if "bfloat16" not in spec)
)  # not on that device
def test_no_tensor_is_made_on_another_device(spec):
    assert devices_of(fitted(make(spec))) == {"meta"}


def test_a_network_that_forgets_the_device_is_caught():
    class Careless(NeuralTagger):
        def build(self, shape):
            class Network(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.places, self.output = nn.Embedding(99, 8), nn.Linear(8, shape.tags)

                def forward(self, batch):
                    return self.output(self.places(torch.arange(batch.mask.shape[1]))).expand(len(batch.mask), -1, -1)

            return Network()

    assert devices_of(fitted(Careless(epochs=1))) == {"meta", "cpu"}


@pytest.mark.parametrize("field", ["epochs=0", "batch_tokens=0", "dropout=1.0", "layers=0", "word_dropout=-1"])
def test_impossible_hyperparameters_are_refused(field):
    with pytest.raises(SeqbenchError, match=f"{field.partition('=')[0]} must be .*, was: "):
        make(f"lstm({field})")


def test_input_is_not_modified():
    before = copy.deepcopy((list(CORPUS.sentences), list(CORPUS.tags)))
    fitted(make(f"lstm({SMALL})")).predict(CORPUS.sentences)
    assert (list(CORPUS.sentences), list(CORPUS.tags)) == before


class Affine(nn.Module):
    """An affine map of word features."""

    def __init__(self, shape):
        super().__init__()
        self.features = WordFeatures(shape, embedding_dim=8, subwords=False)
        self.output = nn.Linear(self.features.width, shape.tags)

    def forward(self, batch):
        return self.output(self.features(batch))


@dataclass(kw_only=True)
class Plain(NeuralTagger):
    min_steps: int = 60

    def build(self, shape):
        return Affine(shape)


AMBIGUOUS = Corpus.encode([["saw"]] * 20, [["V"]] * 15 + [["NN"]] * 5)
"""A word that is a verb three times as often as a noun."""


class Weighted(Plain):
    """Counts each tag as much as any other, however rare it is."""

    def loss(self, train):
        counts = np.bincount(train.tags.ids)
        return partial(cross_entropy, weights=torch.from_numpy(len(train.tags.ids) / counts))


def test_weights_of_tags_are_part_of_the_loss():
    taggers = [fitted(kind(word_dropout=0.0, epochs=20), AMBIGUOUS) for kind in (Plain, Weighted)]
    plain, weighted = (tagger.predict_proba(AMBIGUOUS.sentences)[0] for tagger in taggers)
    assert plain == pytest.approx([0.75, 0.25], abs=0.03)
    assert weighted == pytest.approx([0.5, 0.5], abs=0.03)


class Squared(Plain):
    """The squared error of the scores against 1 for the gold tag."""

    def loss(self, train):
        tags = len(train.tags.vocabulary)

        def squared(scores, gold):
            known = gold >= 0
            return (scores[known] - nn.functional.one_hot(gold[known], tags)).square().sum(1).mean()

        return squared


def test_a_loss_of_one_s_own_is_what_is_learned_by_and_reported():
    tagger, losses = Squared(epochs=30, word_dropout=0.0), []
    tagger.fit(AMBIGUOUS, Conditions(report=lambda **step: losses.append(step["loss"])))
    scores = torch.from_numpy(tagger.predict_proba(AMBIGUOUS.sentences[:1])).log()
    assert (scores[0, 0] - scores[0, 1]).item() == pytest.approx(0.75 - 0.25, abs=0.03)
    assert losses[-1] == pytest.approx(0.75 * 2 * 0.25**2 + 0.25 * 2 * 0.75**2, abs=0.03)


def test_the_usual_loss_written_out_gives_the_very_same_tagger():
    class Usual(Plain):
        def loss(self, train):
            return cross_entropy

    usual, default = (fitted(kind()).predict_proba(UNSEEN) for kind in (Usual, Plain))
    assert np.array_equal(usual, default)


def test_a_loss_of_one_s_own_and_a_random_field_do_not_go_together():
    with pytest.raises(SeqbenchError, match="with crf=True a network learns by its own likelihood; leave out crf"):
        fitted(Squared(crf=True))


def test_warming_up_asks_for_no_loss_of_one_s_own():
    class OfKnownTags(Plain):
        def loss(self, train):
            return partial(
                cross_entropy, weights=torch.tensor([{"V": 1.0, "NN": 2.0}[t] for t in train.tags.vocabulary])
            )

    tagger = OfKnownTags()
    tagger.warm_up(Conditions())
    fitted(tagger, AMBIGUOUS)


def test_patience_ends_a_training_whose_dev_gets_no_better():
    dev, steps = Corpus.encode([["dog"]], [["NN"]]).extend(CORPUS), []
    tagger = make(f"rnn({SMALL}, patience=2)".replace("epochs=2", "epochs=40"))
    tagger.fit(CORPUS, Conditions(dev=dev, report=lambda **step: steps.append(step)))
    scores = [step["dev_accuracy"] for step in steps]
    assert len(scores) == scores.index(max(scores)) + 3 < 40


def test_what_has_no_effect_without_dev_is_noted():
    tagger = fitted(make(f"rnn({SMALL}, patience=2)"))
    assert tagger.notes == [
        "there is no dev data, so that patience and anneal_factor have no effect: all epochs were run"
    ]


def test_fields_at_their_defaults_change_no_bit():
    spelt = "schedule='linear', anneal_factor=1.0, anneal_patience=3, patience=0, weight_decay=0.0"
    one, two = (
        fitted(make(spec), dev=CORPUS).predict_proba(UNSEEN) for spec in (f"rnn({SMALL})", f"rnn({SMALL}, {spelt})")
    )
    assert np.array_equal(one, two)


def test_a_training_that_fails_leaves_nothing_learned():
    tagger = fitted(make(f"cnn({SMALL})"))
    tagger.learning_rate = 1e38
    with pytest.raises(SeqbenchError, match="loss became"):
        fitted(tagger)
    with pytest.raises(SeqbenchError, match="CNNTagger is not fitted"):
        tagger.predict(UNSEEN)


class TagShare:
    """The share of tokens with one tag: a metric that is no accuracy."""

    name = "share"

    def __call__(self, predicted, gold):
        return float(np.mean(predicted.ids == 1))


def test_the_epoch_is_chosen_by_the_metric_of_the_conditions():
    steps = []
    tagger = make(f"rnn({SMALL})".replace("epochs=2", "epochs=6"))
    tagger.fit(CORPUS, Conditions(dev=CORPUS, metric=TagShare(), report=lambda **step: steps.append(step)))
    scores = [step["dev_score"] for step in steps]
    assert len({*scores}) > 1
    predicted = tagger.predict(CORPUS.sentences)
    assert float(np.mean(predicted.ids == 1)) == max(scores)
