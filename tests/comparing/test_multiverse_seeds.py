"""Choices of seeds: what stands for each model, and which pairs a choice changes."""

import numpy as np
import pytest

from seqbench.comparing.multiverse_seeds import seed_choices
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import ModelPredictions


def model(*seeds, deterministic=False):
    ids = np.zeros((len(seeds), 1), np.int32)
    return ModelPredictions(key=ModelKey("run", str(seeds)), seeds=seeds, ids=ids, deterministic=deterministic)


def named(*models):
    return {choice.name: choice for choice in seed_choices(models)}


def test_all_seeds_each_alone_and_all_but_one_stand_for_models():
    choices = named(model(0, 1, 2), model(0, deterministic=True))
    assert list(choices) == ["all seeds", *(f"seed {n} alone" for n in range(3)),
                             *(f"without seed {n}" for n in range(3))]  # fmt: skip
    assert choices["all seeds"].weights.tolist() == [[pytest.approx(1 / 3)] * 3 + [0], [0, 0, 0, 1]]
    assert choices["seed 1 alone"].weights.tolist() == [[0, 1, 0, 0], [0, 0, 0, 1]]
    assert choices["without seed 1"].weights.tolist() == [[0.5, 0, 0.5, 0], [0, 0, 0, 1]]


def test_a_pair_has_a_choice_that_both_models_have_and_that_changes_it():
    choices = named(
        model(0, 1, 2), model(1, 2, 3), model(0, 1), model(7, deterministic=True), model(9, deterministic=True)
    )
    pairs = np.array([(0, 1), (0, 2), (0, 3), (3, 4)])
    assert choices["all seeds"].applies(pairs).tolist() == [True, True, True, True]
    assert choices["seed 0 alone"].applies(pairs).tolist() == [False, True, True, False]
    assert choices["seed 1 alone"].applies(pairs).tolist() == [True, True, True, False]
    assert choices["without seed 1"].applies(pairs).tolist() == [True, False, True, False]


def test_single_seeds_leave_nothing_to_choose():
    assert list(named(model(0), model(3))) == ["all seeds"]
