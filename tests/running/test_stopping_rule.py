"""The stopping rule of `--until` is one of those that a run takes."""

from seqbench.comparing.enough_seeds import Enough
from seqbench.running.stopping_rule import StoppingRule


def test_the_rule_of_the_command_line_has_what_a_run_asks_of_one():
    rule: StoppingRule = Enough.of("decided", 6)
    assert (rule.name, list(rule.looks)) == ("decided", [4, 5, 6])
    assert callable(rule)
