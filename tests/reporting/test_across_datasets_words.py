"""One plain sentence on models over several datasets."""

from dataclasses import replace

import numpy as np
import pytest
from rankings import names_of, ranking_of

from seqbench.reporting.across_datasets_words import overall_verdict

WHERE = "all {} datasets, accuracy: on other datasets of such kind "


def said(ranking):
    sentence, start = overall_verdict(ranking, names_of(ranking)), WHERE.format(len(ranking.datasets))
    assert sentence.startswith(start)
    return sentence.removeprefix(start)


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([[0.9, 0.5, 0.1]] * 9, "a is better than all others."),
        ([[0.9, 0.5, 0.1]] * 3, "a has the best mean rank; not told apart from it: b, c."),
        (
            [[0.9, 0.5, 0.1], [0.5, 0.9, 0.1]] * 5,
            "a has the best mean rank, tied with b; worse: c.",
        ),
    ],
)
def test_the_sentence_says_what_the_tests_of_pairs_say(scores, sentence):
    assert said(ranking_of(scores)) == sentence


def test_beside_one_model_others_are_better_or_worse_than_it():
    plain = ranking_of(np.tile([0.9, 0.5, 0.1], (9, 1)))
    assert said(replace(plain, against=plain.models[1])) == "better than b: a; worse than b: c."
    assert said(replace(plain, against=plain.models[0])) == "worse than a: b, c."
