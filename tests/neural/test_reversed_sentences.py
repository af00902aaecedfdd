"""Sentences read from their end."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from seqbench.neural import reverse_within


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5))
def test_reversing_turns_each_sentence_round_and_leaves_the_padding(lengths):
    time = max(lengths) + 1
    order = reverse_within(torch.tensor(lengths), time)
    for row, length in zip(order.tolist(), lengths, strict=True):
        assert row == [*reversed(range(length)), *range(length, time)]
