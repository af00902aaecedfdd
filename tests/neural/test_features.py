"""Words as vectors: what depends on a form alone is computed once, and is the same as token by token."""

import numpy as np
import torch
from few_sentences import CORPUS

from seqbench import Sequences
from seqbench.neural import Shape, WordFeatures
from seqbench.neural.batches_by_length import Encoded
from seqbench.neural.features import CharacterConvolution
from seqbench.neural.vocabulary import Alphabet


def test_features_computed_once_a_form_equal_those_computed_for_each_token():
    alphabet = Alphabet.of(CORPUS.sentences)
    encoded = Encoded(CORPUS.sentences, alphabet, "cpu")
    features = WordFeatures(Shape.of(CORPUS, alphabet), embedding_dim=16).eval()
    whole = features(encoded.batch(np.array([0, 1])))
    for row, sentence in enumerate((0, 1)):
        for step, word in enumerate(CORPUS.sentences[sentence]):
            single = Encoded(Sequences.encode([[word]]), alphabet, "cpu").batch(np.array([0]))
            assert torch.allclose(features(single)[0, 0], whole[row, step], atol=1e-6)
    assert whole.shape == (2, 5, features.width)


def test_characters_are_convolved_in_windows_of_three():
    features = WordFeatures(Shape.of(CORPUS), embedding_dim=16)
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


def test_training_reads_less_padding_and_has_the_same_gradients():
    random = torch.Generator().manual_seed(0)
    convolution = CharacterConvolution(30)
    lengths = torch.randint(0, 12, (300, 1), generator=random)
    characters = torch.randint(1, 30, (300, 12), generator=random) * (torch.arange(12) < lengths)
    weights = torch.randn(300, convolution.width, generator=random)
    read, gradients = [], []
    convolution.window.register_forward_hook(lambda _module, inputs, _output: read.append(inputs[0][..., 0].numel()))
    for training in (False, True):
        convolution.train(training).zero_grad()
        read.append(0)
        (convolution(characters) * weights).sum().backward()
        gradients.append([weight.grad.clone() for weight in convolution.parameters()])
    whole, parts = read[1], sum(read[3:])
    assert whole == 300 * 12
    assert parts < 0.75 * whole
    assert all(torch.allclose(a, b, atol=1e-4) for a, b in zip(*gradients, strict=True))


class Lengths(torch.nn.Module):
    """Reads of a form how long it is."""

    width = 1

    def forward(self, characters):
        return (characters > 0).sum(1, keepdim=True).float()


def test_characters_may_be_read_by_a_module_of_one_s_own():
    features = WordFeatures(Shape.of(CORPUS), embedding_dim=4, characters=Lengths())
    batch = Encoded(CORPUS.sentences, Alphabet.of(CORPUS.sentences), "cpu").batch(np.array([1]))
    assert features(batch)[0, :, -1].tolist() == [len(word) for word in CORPUS.sentences[1]]
