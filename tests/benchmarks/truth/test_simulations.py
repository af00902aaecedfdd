"""The simulation of comparisons with known truth, in small: few of the printed claims are false."""

from dataclasses import replace

import numpy as np
import pytest
from program import called

from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_report import comparable
from seqbench.reporting.comparison_texts import comparison_texts
from seqbench.results.store import Store


@pytest.fixture
def simulations(truth):
    return truth("simulations")


def small(simulations, number):
    """A shape in small."""
    shape = simulations.SHAPES[number]
    sizes = {"sentences": min(120, shape.sentences), "models": min(6, shape.models), "datasets": min(6, shape.datasets)}
    return replace(shape, **sizes, documents=min(shape.documents, 20))


def test_every_shape_is_compared_and_few_commands_make_a_false_claim(simulations):
    public, random = simulations.public_part(), np.random.default_rng(1)
    tallies = [simulations.tally_of(small(simulations, n), 2, public, random) for n in range(len(simulations.SHAPES))]
    assert sum(tally.false for tally in tallies) <= 0.1 * sum(tally.rounds for tally in tallies)
    held, of = np.sum([counts for tally in tallies for counts in tally.intervals], axis=0)
    assert of > 100
    assert held > 0.88 * of


def test_the_error_of_a_share_is_that_of_commands_and_not_of_their_intervals(simulations):
    assert simulations.share([(1, 1), (0, 1)] * 50) == "50.0 % ± 5.0"
    assert simulations.share([(10, 10), (0, 10)] * 50) == "50.0 % ± 5.0"
    assert simulations.share([(9, 10)] * 100) == "90.0 % ± 0.0"
    assert simulations.share([(0, 0)]) == "none printed"


def test_a_row_is_the_same_by_itself_and_among_others(simulations):
    shapes, public = [small(simulations, number) for number in (1, 4)], simulations.public_part()
    alone = simulations.row(shapes[1], 2, public)
    both = [simulations.row(shape, 2, public) for shape in shapes]
    assert both[1][:-1] == alone[:-1]


def test_a_model_that_is_truly_better_is_said_to_be_and_that_is_a_true_claim(simulations):
    shape = simulations.Shape(name="a better one", sentences=300, gap=0.04, spread=0.0)
    runs = simulations.simulated(shape, simulations.public_part(), np.random.default_rng(2))
    claims = [claim for claim in simulations.compared(runs).claims if claim.worse]
    assert {(claim.better, claim.worse) for claim in claims} == {("m0", "m1")}
    assert all(claim.is_true(runs.truth) for claim in claims)
    turned = {key: {"m0": 0.9, "m1": 0.95} for key in runs.truth}
    assert not any(claim.is_true(turned) for claim in claims)


def test_beside_a_rope_equal_is_a_claim_that_is_false_for_models_further_apart(simulations):
    public, random = simulations.public_part(), np.random.default_rng(4)
    shapes = [simulations.beside_a_rope(small(simulations, n)) for n in (1, 4, 20, 23)]
    tallies = [simulations.tally_of(shape, 3, public, random) for shape in shapes]
    assert sum(tally.false for tally in tallies) <= 1
    wide = replace(shapes[0], gap=0.0, rope=0.05)
    runs = simulations.simulated(wide, public, random)
    said = [claim for claim in simulations.compared(runs).claims if claim.equal]
    assert said
    assert all(claim.is_true(runs.truth) for claim in said)
    assert not any(replace(claim, rope=-1.0).is_true(runs.truth) for claim in said)


def test_what_is_simulated_is_what_the_public_command_prints(tmp_path, simulations):
    models = ["hmm", "majority", "baseline", "perceptron(epochs=1)"]
    options = ["--data", "tutorial", "--seeds", "2", "--out", tmp_path / "run", "--quiet"]
    assert called("run", "--models", ",".join(models), *options).returncode == 0
    runs = comparable([Store.open(tmp_path / "run")], Registry.discover(), simulations.public_part().question)
    command = called("compare", tmp_path / "run", "--pairs")
    assert "who is best?" in command.stdout
    assert command.stdout.split() == " ".join(comparison_texts(runs, "table")).split()
