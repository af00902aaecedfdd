"""Characters read letter by letter, against PyTorch's own packed sequences."""

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from seqbench import Conditions, Corpus, make
from seqbench.neural import Shape, WordFeatures
from seqbench_plugins.neural._characters import CharacterLSTM

LETTERS = torch.tensor([[3, 5, 2, 0, 0], [4, 2, 3, 5, 6], [6, 0, 0, 0, 0]])


def test_forms_are_read_from_both_ends_and_never_in_the_padding():
    reader = CharacterLSTM(8, dim=4, hidden=3)
    packed = nn.LSTM(4, 3, batch_first=True, bidirectional=True)
    for name, weights in reader.forwards.named_parameters():
        getattr(packed, name).data.copy_(weights)
    for name, weights in reader.backwards.named_parameters():
        getattr(packed, f"{name}_reverse").data.copy_(weights)
    lengths = torch.tensor([3, 5, 1])
    _, (ends, _) = packed(
        pack_padded_sequence(reader.embedding(LETTERS), lengths, batch_first=True, enforce_sorted=False)
    )
    assert torch.allclose(reader(LETTERS), torch.cat([ends[0], ends[1]], 1), atol=1e-6)


def test_a_form_of_no_letters_has_features_too():
    assert CharacterLSTM(8)(torch.zeros(2, 1, dtype=torch.int64)).shape == (2, 128)


def test_word_features_take_a_reader_of_your_own():
    class Length(nn.Module):
        width = 1

        def forward(self, characters):
            return (characters > 0).sum(1, keepdim=True).float()

    features = WordFeatures(Shape(words=5, cased=5, tags=2, characters=8, affixes=(3,)), characters=Length())
    assert features.width == 100 + 50 + 25 + 1
    assert features.characters(LETTERS).flatten().tolist() == [3, 5, 1]


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_letters_alone_can_tell_the_tag(cell):
    """Whether the two letters of a word are in the order of the alphabet."""
    words = [a + b for a in "abcdef" for b in "abcdef" if a != b]
    tags = ["up" if word[0] < word[1] else "down" for word in words]
    corpus = Corpus.encode([[word] for word in words], [[tag] for tag in tags])
    tagger = make(f"{cell}(characters='lstm', embedding_dim=4, hidden_dim=8, dropout=0.0, min_steps=150)")
    tagger.fit(corpus, Conditions())
    assert [tag for (tag,) in tagger.predict(corpus.sentences)] == tags
