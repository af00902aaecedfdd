"""Values that the command line refuses are refused in Python too, and none is ignored."""

import pytest

import seqbench
from seqbench import UsageError
from seqbench.api.option_values import listed_seeds


@pytest.mark.parametrize(
    ("seeds", "meant"), [(3, 3), ("3", 3), ("3-5", (3, 4, 5)), ("0,2,7", (0, 2, 7)), ([3], (3,)), (range(2), (0, 1))]
)
def test_seeds_are_a_number_a_list_or_a_text_as_of_the_command_line(seeds, meant):
    assert listed_seeds(seeds) == meant


@pytest.mark.parametrize("seeds", [0, -1, [], [1, 1], [-1], "x", [0.5]])
def test_other_seeds_are_refused(seeds):
    with pytest.raises(UsageError, match="--seeds "):
        listed_seeds(seeds)


@pytest.mark.parametrize(
    ("option", "why"),
    [
        ({"keep": "bset"}, "no choice of keep is named 'bset'. Did you mean 'best'"),
        ({"policy": "x"}, "no choice of policy is named 'x'"),
        ({"jobs": 0}, "jobs must be a whole number from 1 on, was: 0"),
        ({"threads": 0}, "threads must be a whole number from 1 on"),
        ({"epochs": 0}, "epochs must be a whole number from 1 on"),
        ({"timeout": -1}, "timeout must be more than 0 seconds, was: -1"),
        ({"budget": 0}, "budget must be more than 0 seconds"),
        ({"seeds": "5-3"}, "--seeds must be a number"),
        ({"plugins": "nowhere.py"}, "nowhere.py"),
        ({"without": "nobody"}, "nobody"),
    ],
)
def test_a_run_refuses_them_before_it_makes_a_folder(option, why, tmp_path):
    with pytest.raises(UsageError, match=why):
        seqbench.run(models="baseline", data="tutorial", out=tmp_path / "run", quiet=True, **option)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (
            lambda: seqbench.train("baseline", data="tutorial", out="x", seed=-1),
            "seed must be a whole number from 0 on",
        ),
        (lambda: seqbench.tune("baseline", trials=0), "trials must be a whole number from 1 on"),
        (
            lambda: seqbench.tune("baseline", sampler="rand"),
            "no choice of sampler is named 'rand'. Did you mean 'random'",
        ),
        (lambda: seqbench.probe("baseline", epochs=0), "epochs must be a whole number from 1 on"),
        (lambda: seqbench.probe("baseline", patience=0), "patience must be a whole number from 1 on"),
        (
            lambda: seqbench.score("a.tsv", "b.tsv", missing="wrng"),
            "no choice of missing is named 'wrng'. Did you mean",
        ),
    ],
)
def test_the_other_functions_refuse_them_too(call, why):
    with pytest.raises(UsageError, match=why):
        call()
