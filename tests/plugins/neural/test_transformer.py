"""The transformer from scratch: positions by rotation, attention that sees the whole sentence and no padding."""

import pytest
import torch
from torch import nn

from seqbench import Conditions, Corpus, SeqbenchError, Sequences, make
from seqbench_plugins.neural._rotary import rotated, turns
from seqbench_plugins.neural.transformer import Layer, TransformerTagger


def test_products_of_rotated_vectors_depend_on_the_distance_alone():
    query, key = torch.randn(2, 1, 16, generator=torch.Generator().manual_seed(0)).unbind()
    angles = turns(9, 16, torch.device("cpu"))
    products = rotated(query.expand(9, 16), angles) @ rotated(key.expand(9, 16), angles).T
    for distance in range(-8, 9):
        along = products.diagonal(distance)
        assert torch.allclose(along, along[:1].expand_as(along), atol=1e-4)
    assert products.diagonal(1)[0] != pytest.approx(products.diagonal(-1)[0].item())
    assert torch.allclose(rotated(query.expand(9, 16), angles).norm(dim=1), query.norm().expand(9), atol=1e-5)


def test_attention_is_the_softmax_of_products_over_the_tokens_that_are_seen():
    layer = Layer(TransformerTagger(heads=1, hidden_dim=4))
    states = torch.randn(1, 3, 4, generator=torch.Generator().manual_seed(0))
    seen = torch.tensor([[[[True, True, False]]]])
    queries, keys, values = (part @ states[0].T for part in layer.projection.weight.chunk(3))
    bias = layer.projection.bias.chunk(3)
    queries, keys, values = ((part.T + b) for part, b in zip((queries, keys, values), bias, strict=True))
    angles = turns(3, 4, torch.device("cpu"))
    weights = torch.softmax(rotated(queries, angles) @ rotated(keys, angles)[:2].T / 2, 1)
    expected = nn.functional.linear(weights @ values[:2], layer.answer.weight, layer.answer.bias)
    assert torch.allclose(layer.attention(states, seen)[0], expected, atol=1e-6)


def test_it_learns_what_takes_the_order_of_far_words():
    """The tag of each x tells on which side of it the mark stands."""
    places = [(length, at) for length in (4, 5, 6) for at in range(length)]
    words = [["x"] * at + ["mark"] + ["x"] * (length - at - 1) for length, at in places]
    tags = [["before"] * at + ["M"] + ["after"] * (length - at - 1) for length, at in places]
    tagger = make("transformer(embedding_dim=8, hidden_dim=16, heads=2, dropout=0.0, inner_dropout=0.0, min_steps=150)")
    tagger.fit(Corpus.encode(words, tags), Conditions())
    assert list(tagger.predict(Sequences.encode(words))) == tags


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("hidden_dim=100", r"hidden_dim must be a multiple of 2 \* heads = 16, was: 100"),
        ("heads=0", "heads must be above 0, was: 0"),
        ("inner_dropout=1.0", "inner_dropout must be from 0 up to 1, was: 1.0"),
    ],
)
def test_sizes_that_do_not_fit_are_refused(field, message):
    with pytest.raises(SeqbenchError, match=message):
        make(f"transformer({field})")
