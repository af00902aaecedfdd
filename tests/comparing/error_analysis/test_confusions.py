"""Confusions and tokens on which models differ, against counting token by token."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from model_predictions import KEY, TAGS, drawn_predictions, one_sentence

from seqbench.comparing.error_analysis.confusions import between, chosen_tokens, confusions


@given(drawn_predictions())
def test_confusions_are_those_of_each_seed_and_model_counted_one_by_one(predictions):
    gold = predictions.reference.gold.tolist()
    expected = {}
    for model in predictions.models:
        for g, p in ((g, p) for seed in model.ids.tolist() for g, p in zip(gold, seed, strict=True) if g != p):
            entry = expected.setdefault((TAGS[g], TAGS[p]), dict.fromkeys(predictions.keys, 0.0))
            entry[model.key] += 1 / len(model.ids)
    found = confusions(predictions)
    assert {(c.gold, c.predicted): pytest.approx(c.tokens) for c in found} == expected
    spreads = [max(c.tokens.values()) - min(c.tokens.values()) for c in found]
    assert spreads == sorted(spreads, reverse=True)


@given(drawn_predictions())
def test_confusions_of_two_models_are_means_over_all_pairs_of_their_seeds(predictions):
    gold, first, second = predictions.reference.gold.tolist(), *(model.ids.tolist() for model in predictions.models)
    counts = Counter()
    for a, b in product(first, second):
        for g, one, other in zip(gold, a, b, strict=True):
            share = 1 / len(first) / len(second)
            if one == other != g:
                counts[TAGS[g], TAGS[one], "both"] += share
            else:
                counts[TAGS[g], TAGS[one], "first"] += share * (one != g)
                counts[TAGS[g], TAGS[other], "second"] += share * (other != g)
    found = {
        (c.gold, c.predicted, part): getattr(c, part)
        for c in between(predictions, KEY["first"], KEY["second"])
        for part in ("first", "second", "both")
    }
    assert {k: v for k, v in found.items() if v > 1e-9} == pytest.approx({k: v for k, v in counts.items() if v})


def test_a_token_is_right_or_wrong_as_more_than_half_of_the_seeds_are():
    predictions = one_sentence([0, 0, 1, 1], good=[[0, 0, 1, 0]] * 2 + [[0, 1, 0, 1]], bad=[[1, 1, 1, 1], [1, 0, 1, 0]])
    assert chosen_tokens(predictions, [KEY["good"]], []).tolist() == [0, 1, 2]
    assert chosen_tokens(predictions, [KEY["good"]], [KEY["bad"]]).tolist() == [
        0
    ]  # of the token behind it, half the seeds are wrong
    assert chosen_tokens(predictions, [], [KEY["good"]]).tolist() == [3]
    assert chosen_tokens(predictions, [KEY["good"]], [], "B").tolist() == [2]
