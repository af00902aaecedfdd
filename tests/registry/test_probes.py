"""Probes by name, and their levels."""

from typing import Annotated

import pytest

from seqbench import About, Difficulty, Range, UsageError, hookimpl
from seqbench.registry.discovery import Registry
from seqbench.registry.probes import levels_of, probes_of


class Plugin:
    @hookimpl
    def register_datasets(self, register):
        def mine(
            *,
            far: Annotated[int, "how far", Range(1, 9, log=True)] = 1,
            near: Annotated[int, "how near", Range(1, 3)] = 1,
        ): ...

        def easy(*, far: int = 1): ...

        hard = About(difficulty=Difficulty(option="far", measures="distance", default=True))
        register("mine", mine, "a stranger's probe", about=hard)
        register("easy", easy, "without a range", about=About(difficulty=Difficulty(option="far", measures="distance")))
        register("plain", easy, "no probe")


@pytest.fixture
def registry():
    registry = Registry()
    registry.add(Plugin(), "mine")
    return registry


def test_a_strangers_probe_says_by_what_it_gets_harder(registry):
    [probe] = probes_of([], registry)
    assert (probe.text, probe.levels) == ("mine", (1, 2, 4, 8))
    assert probes_of(["mine?near=3"], registry)[0].data(4) == "mine?near=3&far=4"
    assert probe.up_to(4).levels == (1, 2, 4)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plain", "'plain' is no probe; probes: mine, easy"),
        ("other", "'other' is no probe"),
        ("mine?far=2", "sets 'far'"),
        ("easy", "has no seqbench.Range"),
    ],
)
def test_what_is_no_probe_or_has_no_levels_is_refused(registry, text, told):
    with pytest.raises(UsageError, match=told):
        probes_of([text], registry)


def test_another_option_with_a_range_can_be_varied(registry):
    [probe] = probes_of(["mine?far=2&near=*"], registry)
    assert (probe.text, probe.data(3), probe.levels) == ("mine?far=2&near=*", "mine?far=2&near=3", (1, 2, 3))


def test_a_probe_is_named_once_and_keeps_a_level(registry):
    with pytest.raises(UsageError, match="named twice"):
        probes_of(["mine", "mine"], registry)
    with pytest.raises(UsageError, match=r"no level is left up to 0.5; the easiest is 1"):
        probes_of(["mine"], registry)[0].up_to(0.5)


def test_no_probe_is_registered():
    with pytest.raises(UsageError, match="no probe is registered as default"):
        probes_of([], Registry())


def test_levels_are_doubled_even_or_listed():
    assert levels_of(Range(2, 17, log=True), whole=True) == (2, 4, 8, 16)
    assert levels_of(Range(1, 3), whole=True) == (1, 2, 3)
    assert levels_of(Range(0, 0.7), whole=False) == (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    assert levels_of(Range(choices=("a", "b")), whole=False) == ("a", "b")
