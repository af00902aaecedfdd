"""Scores of a network: in training perhaps in half the bits, in tagging never."""

import numpy as np
import pytest
import torch
from few_sentences import CORPUS, SMALL, fitted

from seqbench import learned, make
from seqbench.neural.training_precision import trains_in_bfloat16


@pytest.mark.parametrize(("precision", "trained_in"), [("float32", torch.float32), ("bfloat16", torch.bfloat16)])
def test_only_products_in_training_are_of_lower_precision(precision, trained_in):
    if precision == "bfloat16" and not trains_in_bfloat16("cpu"):
        pytest.skip("this processor has no bfloat16 products")
    tagger = fitted(make(f"lstm({SMALL}, precision={precision!r})"))
    seen, scorer = [], learned(tagger).scorer
    scorer.network.layers[0].forwards.register_forward_hook(lambda _cell, _inputs, found: seen.append(found[0].dtype))
    batch = learned(tagger).encode(CORPUS.sentences).batch(np.arange(4))
    scores = [scorer.train()(batch), scorer.eval()(batch)]
    assert seen == [trained_in, torch.float32]
    torch.autograd.backward(scores[0].sum())
    dtypes = {numbers.dtype for weights in scorer.parameters() for numbers in (weights, weights.grad)}
    assert {*dtypes, *(found.dtype for found in scores)} == {torch.float32}
