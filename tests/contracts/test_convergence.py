"""When a training is over that is to show what a model can learn."""

import pytest

from seqbench.contracts.convergence import Convergence

RULES = Convergence(target=0.9, patience=2, gain=0.01)


def curve(*accuracies):
    return [{"epoch": epoch, "dev_accuracy": accuracy} for epoch, accuracy in enumerate(accuracies, 1)]


@pytest.mark.parametrize(
    ("accuracies", "over"),
    [((0.5, 0.9), True), ((0.5, 0.6, 0.7), False), ((0.5, 0.5, 0.505), True), ((0.5, 0.49, 0.52, 0.52), False)],
    ids=["the target is met", "it rises", "it rises too little", "it rose again in time"],
)
def test_a_training_is_over_at_its_target_or_where_it_rises_no_more(accuracies, over):
    assert RULES.ended(curve(*accuracies)) is over
    assert RULES.trained_out(curve(*accuracies)) is over


def test_what_does_not_learn_by_epochs_is_trained_out():
    assert not RULES.ended([])
    assert RULES.trained_out([{"tokens": 3}])


def test_the_rules_are_those_that_a_trial_states():
    assert Convergence.stated(1, {"convergence": {"patience": 9, "gain": 0.1}}).patience == 9
    assert [Convergence.stated(1, {"convergence": rule}).patience for rule in (None, {"patience": "9"}, [])] == [6] * 3


def test_the_target_is_no_part_of_the_rule():
    assert RULES.rule == {"patience": 2, "gain": 0.01}
