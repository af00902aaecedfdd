"""The search of one model: what is drawn depends on the number of the trial alone, and nothing told is lost."""

import pytest

from seqbench import Range
from seqbench.results.request_records import SearchTrial
from seqbench.running.search import Search

RANGES = {
    "rate": Range(1e-4, 1.0, log=True),
    "size": Range(8, 64),
    "share": Range(0.0, 0.5),
    "kind": Range(choices=("a", "b", "c")),
}


def opened(folder, sampler="random", seed=0, ranges=RANGES, name="m"):
    return Search.open(folder / "journal", name, ranges, sampler, seed)


def told(search, count, score=lambda number: number / 10):
    """So many trials asked for, with their scores told; their hyperparameters."""
    drawn = []
    for _ in range(count):
        trial = search.ask()
        search.tell(trial, score(trial.number), pruned=False)
        drawn.append(trial.params)
    return drawn


def test_hyperparameters_are_drawn_from_their_ranges_and_have_their_types(tmp_path):
    for fields in told(opened(tmp_path), 20):
        assert 1e-4 <= fields["rate"] <= 1.0
        assert (8 <= fields["size"] <= 64) and type(fields["size"]) is int  # noqa: PT018 -- of one value
        assert 0 <= fields["share"] <= 0.5
        assert fields["kind"] in ("a", "b", "c")


def test_a_logarithmic_range_is_drawn_evenly_by_powers(tmp_path):
    rates = [fields["rate"] for fields in told(opened(tmp_path), 30)]
    assert 7 < sum(rate < 1e-2 for rate in rates) < 23  # half of the powers are below


@pytest.mark.parametrize("sampler", ["random", "tpe"])
def test_a_search_that_is_opened_again_goes_on_as_if_it_had_not_been_closed(tmp_path, sampler):
    for folder in ("whole", "parts"):
        (tmp_path / folder).mkdir()
    whole = told(opened(tmp_path / "whole", sampler), 14)
    parts = told(opened(tmp_path / "parts", sampler), 9) + told(opened(tmp_path / "parts", sampler), 5)
    assert parts == whole


def test_another_seed_draws_others(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    assert told(opened(tmp_path / "one", seed=1), 3) != told(opened(tmp_path / "two", seed=2), 3)


def test_what_was_told_is_there_again_in_order_with_failures_and_what_was_pruned(tmp_path):
    search = opened(tmp_path)
    first, second, third = (search.ask() for _ in range(3))
    search.tell(third, 0.5, pruned=True)
    search.tell(second, None, pruned=False)
    search.tell(first, 0.25, pruned=False)
    assert opened(tmp_path).ended() == [
        SearchTrial(0, first.params, 0.25),
        SearchTrial(1, second.params, None),
        SearchTrial(2, third.params, 0.5, pruned=True),
    ]


def test_a_trial_whose_end_was_never_told_is_interrupted_and_can_be_told_later(tmp_path):
    asked = opened(tmp_path).ask()
    search = opened(tmp_path)
    assert search.ended() == []
    (trial,) = search.interrupted()
    assert (trial.number, trial.params) == (asked.number, asked.params)
    search.tell(trial, 0.5, pruned=False)
    assert list(search.interrupted()) == []
    assert [trial.score for trial in search.ended()] == [0.5]


def test_searches_of_several_models_share_a_journal_and_nothing_else(tmp_path):
    first, second = opened(tmp_path, name="first"), opened(tmp_path, name="second")
    told(first, 2)
    assert (len(first.ended()), len(second.ended())) == (2, 0)


def test_a_trial_under_the_median_of_earlier_ones_falls_behind_and_the_first_four_never_do(tmp_path):
    search = opened(tmp_path)
    for score in (0.5, 0.6, 0.7, 0.8):
        trial = search.ask()
        assert not any(search.falls_behind(trial, epoch, score - 0.4) for epoch in (1, 2, 3))
        search.tell(trial, score, pruned=False)
    behind, ahead = search.ask(), search.ask()
    assert [search.falls_behind(behind, epoch, 0.1) for epoch in (1, 2)] == [True, True]
    assert [search.falls_behind(ahead, epoch, 0.9) for epoch in (1, 2)] == [False, False]
