"""Reporters: attached by a spec, they hear the events of a run."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from seqbench import hookimpl
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.reporters import attach

HEARD = []


@dataclass(kw_only=True, eq=False)
class Tracker:
    """Keeps what it hears."""

    project: Annotated[str, "where to put it"] = "mine"

    def __post_init__(self):
        if not self.project:
            raise ValueError("project must not be empty")
        if self.project == "remote":
            raise ImportError("it needs Remote: pip install remote")

    @hookimpl
    def run_finished(self, run):
        HEARD.append((self.project, run))


class Plugin:
    @hookimpl
    def register_reporters(self, register):
        register("tracker", Tracker, "keeps what it hears")


@pytest.fixture
def registry():
    HEARD.clear()
    registry = Registry()
    registry.add(Plugin(), "trackers")
    return registry


def test_an_attached_reporter_hears_events_with_the_fields_of_its_spec(registry):
    registry.emit("run_finished", run={"number": 1})
    attach(registry, "tracker")
    attach(registry, "tracker(project='theirs')")
    registry.emit("run_finished", run={"number": 2})
    assert sorted(HEARD) == [("mine", {"number": 2}), ("theirs", {"number": 2})]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("traker", "no reporter is named 'traker'. Did you mean 'tracker'"),
        ("tracker(projct='x')", "no field of tracker is named 'projct'. Did you mean 'project'"),
        ("tracker(project='')", "reporter 'tracker' cannot be used: project must not be empty"),
        ("tracker(project='remote')", "cannot be used: it needs Remote: pip install remote"),
    ],
)
def test_what_cannot_be_attached_is_told_with_the_way_out(registry, text, why):
    with pytest.raises(UsageError, match=why):
        attach(registry, text)
