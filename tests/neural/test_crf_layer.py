"""The conditional random field of neural taggers: its loss, legal moves between spans, and what it learns."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from random_fields import LENGTHS, MASK, drawn, oracle

from seqbench import Conditions, Corpus, Sequences, make
from seqbench.errors import DataError
from seqbench.neural.crf_layer import ConditionalRandomField
from seqbench.neural.loss import IGNORED
from seqbench.spans import convert, legal, scheme


def test_the_loss_is_the_mean_over_tokens_of_sentences_likelihoods():
    emissions, moves = drawn(3)
    field = ConditionalRandomField(Sequences.encode([["X", "Y", "Z"]]))
    with torch.no_grad():
        field.moves.copy_(moves)
    tags = torch.ones(5, 4, dtype=torch.int64).where(MASK, IGNORED)
    expected = -oracle(field.moves.detach().double())(emissions, tags.clamp_min(0), mask=MASK) / LENGTHS.sum()
    assert field.loss(emissions, tags).item() == pytest.approx(expected.item())


SPANS = [["B-NP", "I-NP", "O", "B-VP"], ["O", "B-VP", "I-VP", "I-VP", "B-VP"], ["B-NP"], ["B-NP", "B-NP", "I-NP", "O"]]


def spans(name):
    """The same spans written in a scheme, with every tag that it has for them."""
    tags = Sequences.encode(SPANS)
    return convert(tags, scheme("IOB2"), scheme(name))


@pytest.mark.parametrize("name", ["IOB1", "IOB2", "IOE2", "IOBES"])
def test_where_tags_are_spans_only_legal_moves_are_made(name):
    tags = spans(name)
    field, names = ConditionalRandomField(tags), list(tags.vocabulary)
    scores = 20 * torch.randn(50, 6, len(names), generator=torch.Generator().manual_seed(0))
    mask = torch.arange(6) < torch.randint(1, 7, (50, 1), generator=torch.Generator().manual_seed(1))
    best, moves = field.best(scores, mask), legal(names, scheme(name))
    for row, length in enumerate(mask.sum(1).tolist()):
        path = best[row, :length].tolist()
        assert moves.start[path[0]]
        assert moves.end[path[-1]]
        assert all(moves.transition[a, b] for a, b in pairwise(path))
    first = field.probabilities(scores, mask)[:, 0].max(0).values.detach().numpy()
    assert (first[~moves.start] < 1e-30).all()


def test_tags_that_are_no_spans_may_follow_each_other_freely():
    field = ConditionalRandomField(Sequences.encode([["NN", "V"], ["DET"]]))
    scores = torch.randn(9, 5, 3, generator=torch.Generator().manual_seed(0))
    assert torch.equal(field.best(scores, torch.ones(9, 5, dtype=torch.bool)), scores.argmax(2))


def test_illegal_moves_of_train_are_learned_from_and_never_made():
    tags = Sequences.encode([*SPANS * 5, ["O", "I-NP"]])
    field = ConditionalRandomField(tags)
    wrong = torch.tensor([[list(tags.vocabulary).index(tag) for tag in ("O", "I-NP")]])
    scores = torch.nn.functional.one_hot(wrong, len(tags.vocabulary)).float() * 50
    assert 0 <= field.loss(scores, wrong).item() < 1e-3
    assert field.best(scores, torch.ones(1, 2, dtype=torch.bool)).tolist() != wrong.tolist()


def test_where_no_sequence_is_legal_there_is_an_answer_all_the_same():
    field = ConditionalRandomField(Sequences.encode([["B-NP", "E-NP"], ["B-NP", "I-NP", "E-NP"]]))
    scores, mask = torch.tensor([[[1.0, 2.0, 3.0]]]), torch.ones(1, 1, dtype=torch.bool)
    assert field.probabilities(scores, mask).sum().item() == pytest.approx(1)
    assert field.best(scores, mask).shape == (1, 1)


def test_a_thousand_steps_of_large_scores_neither_overflow_nor_vanish():
    field = ConditionalRandomField(Sequences.encode(SPANS))
    scores = 300 * torch.randn(1, 1000, 5, generator=torch.Generator().manual_seed(0))
    tags = field.best(scores, torch.ones(1, 1000, dtype=torch.bool))
    assert np.isfinite(field.loss(scores.requires_grad_(), tags).item())
    assert torch.allclose(field.probabilities(scores, tags >= 0).sum(2), torch.ones(()))


def test_a_field_learns_what_no_single_token_shows():
    """All words are the same: without neighbours, only moves between tags can tell."""
    words, tags = [["x"] * n for n in (4, 3, 6, 5)], [["A", "B", "A", "B", "A", "B"][:n] for n in (4, 3, 6, 5)]
    corpus = Corpus.encode(words, tags)
    right = {}
    for crf in (False, True):
        tagger = make(f"feedforward(reach=0, embedding_dim=8, hidden_dim=8, dropout=0.0, min_steps=100, crf={crf})")
        tagger.fit(corpus, Conditions())
        right[crf] = sum(a == b for a, b in zip(tagger.predict(corpus.sentences), tags, strict=True))
    assert right == {False: 0, True: 4}


def test_an_odd_tag_of_train_forbids_no_move_less_and_a_named_scheme_decides():
    clean, odd = Sequences.encode([["B-X", "I-X", "O"]]), Sequences.encode([["B-X", "I-X", "O"], ["B-X", "I-X", "ODD"]])
    forbidden = [int((ConditionalRandomField(tags).in_tagging < 0).sum()) for tags in (clean, odd)]
    assert forbidden[0] == 2  # into I from O and from the start
    assert forbidden[1] == 3  # and from the odd tag, which moves as O does
    as_iob1 = ConditionalRandomField(clean, "IOB1")
    assert int((as_iob1.in_tagging < 0).sum()) == 2  # into B from O and from the start


def test_moves_between_very_many_tags_are_refused_with_the_figure_before_they_are_made():
    tags = Sequences(np.zeros(1, np.int32), np.array([0, 1]), np.full(300_000, "tag", object))
    with pytest.raises(DataError, match=r"with 300,000 tags, a CRF would keep moves of 720\.0 GB; choose crf=False"):
        ConditionalRandomField(tags)
