"""An attempt at a trial: what a further try has of the first one."""

from dataclasses import replace

from runs import plan_of

from seqbench.registry.discovery import Registry
from seqbench.running.executors.attempts import Attempt
from seqbench.running.plan import requests


def test_the_next_try_is_the_same_but_for_its_number():
    (request,) = requests(plan_of(Registry.discover([], points=()), "baseline"))
    first = Attempt(request, {"memory": None}, alone=True, timeout=5.0)
    assert first.number == 1
    assert first.again() == replace(first, number=2)
