"""What all torch taggers share: padding changes nothing, seeds decide, dev only chooses epochs."""

import copy
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from seqbench import Conditions, Corpus, Probabilistic, SeqbenchError, Sequences, Sized, Tagger, WarmsUp, make
from seqbench.neural import NeuralTagger, WordFeatures, reverse_within
from seqbench.neural.batching import Encoded, grouped
from seqbench.neural.features import CharacterConvolution
from seqbench.neural.loss import IGNORED, TokenWise
from seqbench.neural.precision import trains_in_bfloat16
from seqbench.neural.training import Schedule, Trainer, rarity
from seqbench.neural.vocabulary import Alphabet

WORDS = ["The dog ate the apple", "Everybody read that book", "I", "It is a very long Book that I read to the dog"]
TAGS = ["DET NN V DET NN", "NN V DET NN", "NN", "NN V DET ADV ADJ NN DET NN V PART DET NN"]
CORPUS = Corpus.encode([s.split() for s in WORDS], [t.split() for t in TAGS])
UNSEEN = Sequences.encode([["Ünknown", "żebra", "чай"], ["a"], [], ["the", "x" * 99, "dog"], [], ["read"] * 17, ["I"]])
SMALL = "embedding_dim=16, hidden_dim=8, epochs=2, min_steps=8"
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


def fitted(tagger, corpus=CORPUS, **conditions):
    tagger.fit(corpus, Conditions(**conditions))
    return tagger


def largest_change_by_padding(tagger, sentences):
    """How much the probabilities of a sentence depend on what it is batched with, and on its place."""
    together = np.split(tagger.predict_proba(sentences), sentences.offsets[1:-1])
    alone = [tagger.predict_proba(sentences[i : i + 1]) for i in range(len(sentences))]
    turned = sentences.take(np.arange(len(sentences))[::-1])
    backwards = np.split(tagger.predict_proba(turned), turned.offsets[1:-1])[::-1]
    changes = [abs(a - b).max(initial=0) for other in (alone, backwards) for a, b in zip(together, other, strict=True)]
    return max(changes)


@pytest.mark.parametrize("spec", [*SPECS, *CHAINS])
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


@pytest.mark.parametrize("spec", SPECS)
def test_probabilities_sum_to_1_and_agree_with_predict(spec):
    tagger = fitted(make(spec))
    probabilities = tagger.predict_proba(UNSEEN)
    assert probabilities.shape == (len(UNSEEN.ids), len(CORPUS.tags.vocabulary))
    assert np.allclose(probabilities.sum(1), 1, atol=1e-5)
    assert np.array_equal(probabilities.argmax(1), tagger.predict(UNSEEN).ids)


@pytest.mark.parametrize("spec", [*SPECS, *CHAINS, "lstm-tutorial(epochs=2)"])
def test_the_same_seed_gives_the_same_tags_and_refitting_forgets(spec):
    first, second = fitted(make(spec), seed=3), make(spec)
    fitted(second, Corpus.encode([["other"]], [["X"]]), seed=9)
    fitted(second, seed=3)
    assert list(first.predict(UNSEEN)) == list(second.predict(UNSEEN))
    if isinstance(first, Probabilistic):
        assert np.array_equal(first.predict_proba(UNSEEN), second.predict_proba(UNSEEN))
        assert not np.array_equal(first.predict_proba(UNSEEN), fitted(second, seed=4).predict_proba(UNSEEN))


@pytest.mark.parametrize("spec", [*SPECS, *CHAINS, "lstm-tutorial(epochs=2)"])
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


@pytest.mark.parametrize("cell", ["lstm", "rnn"])
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
    found = [accuracies_on_dev(tag) for tag in ("NN", "DET", "V", "ADV")]
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


class Steep(nn.Module):
    """Scores that follow the lengths of the sentences."""

    def __init__(self):
        super().__init__()
        self.map = nn.Linear(1, 1)

    def forward(self, batch):
        return self.map(batch.lengths.float().unsqueeze(1))


def test_long_gradients_are_clipped():
    """Plain gradient descent at rate 1 moves the weights by the gradient: never further than `clip`."""
    network = Steep()
    before = torch.cat([weights.detach().flatten().clone() for weights in network.parameters()])
    schedule = Schedule(epochs=1, passes=1, steps=1, learning_rate=1.0)
    trainer = Trainer.of(network, schedule, lambda scores, tags: 1000 * (scores - tags).sum(), "sgd", clip=0.5)
    batch = Encoded(CORPUS.sentences, Alphabet.of(CORPUS.sentences), "cpu").batch(np.arange(2))
    trainer.epoch(1, lambda: iter([(batch, torch.zeros(2))]))
    after = torch.cat([weights.detach().flatten() for weights in network.parameters()])
    assert (after - before).norm().item() == pytest.approx(0.5, rel=1e-3)


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
    network, objective = tagger._network.to("meta"), tagger._objective.to("meta")
    encoded = Encoded(CORPUS.sentences, tagger._alphabet, "meta")
    hidden = torch.zeros(len(tagger._alphabet.counts), device="meta")
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


@pytest.mark.parametrize("spec", [spec for spec in [*SPECS, *CHAINS] if "bfloat16" not in spec])  # not on that device
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


@pytest.mark.skipif(trains_in_bfloat16("cpu"), reason="this processor has bfloat16 products")
def test_a_precision_that_the_processor_lacks_is_refused_in_one_sentence():
    with pytest.raises(SeqbenchError, match="precision='bfloat16' cannot be trained on this cpu: .* leave precision"):
        fitted(make(HALF))


@pytest.mark.parametrize(("precision", "trained_in"), [("float32", torch.float32), ("bfloat16", torch.bfloat16)])
def test_only_products_in_training_are_of_lower_precision(precision, trained_in):
    if precision == "bfloat16" and not trains_in_bfloat16("cpu"):
        pytest.skip("this processor has no bfloat16 products")
    tagger = fitted(make(f"lstm({SMALL}, precision={precision!r})"))
    seen, scorer = [], tagger._network
    scorer.network.layers[0].forwards.register_forward_hook(lambda _cell, _inputs, found: seen.append(found[0].dtype))
    batch = Encoded(CORPUS.sentences, tagger._alphabet, "cpu").batch(np.arange(4))
    scores = [scorer.train()(batch), scorer.eval()(batch)]
    assert seen == [trained_in, torch.float32]
    torch.autograd.backward(scores[0].sum())
    dtypes = {numbers.dtype for weights in scorer.parameters() for numbers in (weights, weights.grad)}
    assert {*dtypes, *(found.dtype for found in scores)} == {torch.float32}


@pytest.mark.parametrize("field", ["epochs=0", "batch_tokens=0", "dropout=1.0", "layers=0", "word_dropout=-1"])
def test_impossible_hyperparameters_are_refused(field):
    with pytest.raises(SeqbenchError, match=f"{field.partition('=')[0]} must be .*, was: "):
        make(f"lstm({field})")


def test_input_is_not_modified():
    before = copy.deepcopy((list(CORPUS.sentences), list(CORPUS.tags)))
    fitted(make(f"lstm({SMALL})")).predict(CORPUS.sentences)
    assert (list(CORPUS.sentences), list(CORPUS.tags)) == before


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5))
def test_reversing_turns_each_sentence_round_and_leaves_the_padding(lengths):
    time = max(lengths) + 1
    order = reverse_within(torch.tensor(lengths), time)
    for row, length in zip(order.tolist(), lengths, strict=True):
        assert row == [*reversed(range(length)), *range(length, time)]


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 20))
def test_batches_hold_every_sentence_with_tokens_once_and_stay_within_their_size(lengths, tokens):
    groups = grouped(np.array(lengths, np.int64), tokens)
    assert sorted(i for group in groups for i in group) == [i for i, n in enumerate(lengths) if n]
    for group in groups:
        sizes = [lengths[i] for i in group]
        assert len(group) == 1 or max(sizes) * len(group) <= tokens


def test_the_loss_is_the_mean_over_tokens_and_ignores_the_padding():
    scores = torch.randn(2, 3, 4, generator=torch.Generator().manual_seed(0))
    tags = torch.tensor([[1, 3, 0], [2, IGNORED, IGNORED]])
    by_hand = [-torch.log_softmax(scores[b, t], 0)[tags[b, t]] for b, t in ((0, 0), (0, 1), (0, 2), (1, 0))]
    assert TokenWise().loss(scores, tags).item() == pytest.approx(sum(by_hand).item() / 4)


def test_features_computed_once_a_form_equal_those_computed_for_each_token():
    alphabet = Alphabet.of(CORPUS.sentences)
    encoded = Encoded(CORPUS.sentences, alphabet, "cpu")
    features = WordFeatures(_shape_of(alphabet), embedding_dim=16).eval()
    whole = features(encoded.batch(np.array([0, 1])))
    for row, sentence in enumerate((0, 1)):
        for step, word in enumerate(CORPUS.sentences[sentence]):
            single = Encoded(Sequences.encode([[word]]), alphabet, "cpu").batch(np.array([0]))
            assert torch.allclose(features(single)[0, 0], whole[row, step], atol=1e-6)
    assert whole.shape == (2, 5, features.width)


def _shape_of(alphabet):
    from seqbench.neural.tagger import _shape

    return _shape(alphabet, 3)


def test_characters_are_convolved_in_windows_of_three():
    features = WordFeatures(_shape_of(Alphabet.of(CORPUS.sentences)), embedding_dim=16)
    convolution = features.characters
    word = torch.tensor([[3, 5, 2, 0, 0]])
    embedded = [torch.zeros(24), *convolution.embedding(word[0, :3]), torch.zeros(24)]
    windows = [convolution.window(torch.cat(embedded[i : i + 3])).relu() for i in range(3)]
    assert torch.allclose(convolution(word)[0], torch.stack(windows).amax(0), atol=1e-6)


def test_many_forms_are_convolved_as_few_are():
    random = torch.Generator().manual_seed(0)
    convolution = CharacterConvolution(30)
    lengths = torch.randint(0, 12, (700, 1), generator=random)
    characters = torch.randint(1, 30, (700, 12), generator=random) * (torch.arange(12) < lengths)
    few = torch.cat([convolution.eval()(part) for part in characters.split(100)])
    assert torch.allclose(convolution(characters), few, atol=1e-6)


def test_unknown_forms_keep_what_is_known_of_their_parts():
    alphabet = Alphabet.of(CORPUS.sentences)
    lexicon = alphabet.lexicon(Sequences.encode([["DOG", "dogs", "Zzz"]]).vocabulary)
    assert lexicon.words.tolist() == [alphabet.words["dog"], 0, 0]
    assert lexicon.cased.tolist() == [0, 0, 0]
    assert lexicon.affixes[1, :3].tolist() == [alphabet.affixes[n][p] for n, p in enumerate(("d", "do", "dog"))]
    assert lexicon.characters[1, :3].tolist() == [alphabet.characters[c] for c in "dog"]
    assert lexicon.characters[2, :4].tolist() == [1, 1, 1, 0]


def test_rare_words_are_hidden_more_often():
    assert rarity(np.array([0, 1, 9]), 1.0).tolist() == pytest.approx([0.5, 0.5, 0.1])


def test_the_learning_rate_rises_then_falls_and_small_corpora_are_repeated():
    schedule = Schedule.of(epochs=2, batches=5, learning_rate=1.0, min_steps=100)
    assert (schedule.passes, schedule.steps) == (10, 100)
    rates = [schedule.rate(step) for step in range(100)]
    assert max(rates) <= 1.0
    assert rates.index(max(rates)) == 9
    assert math.isclose(rates[0], 0.1)
    assert 0 < rates[-1] < 0.02
    assert Schedule.of(6, 200, 1.0, 300).passes == 1


def test_the_strong_preset_is_larger_and_learns_for_longer_and_what_is_given_beside_it_wins():
    plain, strong = make("lstm"), make("lstm(preset='strong', epochs=9)")
    assert strong.epochs == 9
    assert strong.hidden_dim > plain.hidden_dim
    assert make("lstm-crf(preset='strong')").epochs == 12
    assert make("lstm(preset='fast')").epochs < plain.epochs
    with pytest.raises(ValueError, match="is for specs"):
        type(plain)(preset="strong")
