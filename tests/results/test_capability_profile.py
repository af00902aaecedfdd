"""How far a model gets, from the trials of a profile."""

import pytest

from seqbench.results.capability_profile import (
    CapabilityProfile,
    ProbeAxis,
    ProbeCell,
    Reach,
    bracketed,
    interval,
    limit_of,
    reach,
)

AXIS = ProbeAxis(probe="far", option="delay", measures="distance", levels=[1, 2, 4, 8])


def cell(level, accuracy, *, own=1.0, trained_out=True, seed=0):
    same = {"probe": "far", "dataset": f"far({level})", "model": "m", "tokens": 10_000}
    facts = {"level": level, "seed": seed, "accuracy": accuracy, "trained_out": trained_out}
    return ProbeCell(**same, **facts, ceiling=1.0, ceiling_of_sight=own)


def test_the_levels_known_so_far_are_a_bracket_whatever_their_order():
    assert bracketed(4, {}) == (-1, 4)
    assert bracketed(4, {2: False, 0: True}) == (0, 2)
    assert bracketed(4, {1: True}) == (1, 4)
    assert bracketed(4, {1: False, 3: True}) == (-1, 1)


def test_an_accuracy_is_near_within_a_point_and_two_standard_errors():
    assert cell(0, 0.9901).near(of_sight=False)
    assert not cell(0, 0.9899).near(of_sight=False)
    half = cell(0, 0.4801, own=0.5)
    assert half.near(of_sight=True)
    assert not half.near(of_sight=False)
    assert not cell(0, 0.4799, own=0.5).near(of_sight=True)


def test_why_a_seed_gets_no_further():
    def limit(*cells, of_sight=False):
        return reach(4, {c.level: c for c in cells}, of_sight=of_sight)

    assert limit(cell(1, 1), cell(2, 0.5)) == Reach(1, "model")
    assert limit(cell(1, 1), cell(2, 0.5, trained_out=False)) == Reach(1, "training")
    assert limit(cell(1, 1), cell(2, None)) == Reach(1, "failed")
    assert limit(cell(1, 1), cell(2, 1), cell(3, 1)) == Reach(3, "levels")
    assert limit(cell(1, 1)) == Reach(1, "unknown")
    assert limit(cell(1, 0.5), cell(0, 0.5)) == Reach(-1, "model")


def test_what_a_model_cannot_see_no_training_will_bring():
    cells = {1: cell(1, 1), 2: cell(2, 0.3, own=0.4, trained_out=False), 3: cell(3, 0.3, own=0.4, trained_out=False)}
    assert reach(4, cells, of_sight=False) == Reach(1, "sight")
    assert reach(4, cells, of_sight=True) == Reach(1, "training")


def test_the_interval_is_that_of_all_seeds_around_the_lower_median():
    assert interval([Reach(3, "model"), Reach(0, "model"), Reach(2, "model")]) == (0, 2, 3)
    assert interval([Reach(3, "model"), Reach(0, "model")]) == (0, 0, 3)


def test_json_has_levels_by_their_values():
    cells = [cell(1, 1), cell(2, 0.5), cell(1, 0.5, seed=1), cell(0, 0.5, seed=1)]
    plain = CapabilityProfile(axes=[AXIS], specs={"m": "m(x=1)"}, cells=cells, epochs=9, patience=6).as_json()
    [capability] = plain["profile"]
    assert capability["seeds"] == [0, 1]
    assert capability["all_taggers"] == {
        "median": None,
        "lowest": None,
        "highest": 2,
        "per_seed": [{"level": 2, "limit": "model"}, {"level": None, "limit": "model"}],
    }
    assert [one["level"] for one in plain["cells"]] == [2, 4, 2, 1]
    assert plain["models"] == {"m": "m(x=1)"}


@pytest.mark.parametrize(
    ("reaches", "limit"),
    [
        ([Reach(1, "model"), Reach(1, "model"), Reach(1, "training")], "model"),
        ([Reach(0, "training"), Reach(1, "model"), Reach(2, "training")], "training"),
        ([Reach(1, "training"), Reach(1, "failed"), Reach(0, "model")], "training"),
        ([Reach(3, "levels"), Reach(3, "levels"), Reach(1, "training")], "levels"),
        ([Reach(0, "sight"), Reach(0, "sight"), Reach(0, "sight")], "sight"),
        ([Reach(0, "unknown")], "unknown"),
    ],
)
def test_the_median_has_the_sign_of_seeds_that_could_raise_it(reaches, limit):
    assert limit_of(reaches) == limit
