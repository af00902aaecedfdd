"""Predictions of an opened run are sentences of tags; words that are gone are told of."""

import pytest
from runs import registry_of, run_of
from samples import Constant

import seqbench
from seqbench import UsageError
from seqbench.registry.discovery import Registry
from seqbench.reporting.opened_predictions import place_of, words_of


def test_a_seed_that_is_not_there_is_answered_with_those_that_are():
    assert place_of([0, 3], 3, "x") == 1
    with pytest.raises(UsageError, match="'x' has no finished trial with seed 2; there are: 0, 3"):
        place_of([0, 3], 2, "x")


def test_words_that_cannot_be_read_again_are_a_warning(tmp_path):
    run = run_of(tmp_path, registry_of(constant=Constant), "constant")
    opened = seqbench.open_run(run.folder)
    with pytest.warns(UserWarning, match="words are left out"):
        assert words_of(opened._all_predictions[0], opened.listing.stores, Registry.discover(points=())) is None
