"""Promises of sections of the page, each with a fault that it alone catches; every built-in section keeps them all."""

import pytest

from seqbench.registry.discovery import Registry
from seqbench.sections import Figure, Table
from seqbench.testing import SECTIONS, broken_promises, subjects
from seqbench.testing.page_sections import PageSection

SPEC = {"mark": "bar", "data": {"values": [{"a": 1.0}]}}


def picture(name="bars", **spec):
    return Figure(name, "Bars", "what to see", {**SPEC, **spec})


def good(report):
    yield picture()
    yield Table("Models", ["model"], [[name] for name in report.names.values()])


def printing(report):
    print("drawn")
    return []


FAULTS = {
    "gives-parts": lambda _: ["a text"],
    "sparse-too": lambda report: [picture()] * (report.predictions.reference.gold.size > 0),
    "named-apart": lambda _: [picture(), picture()],
    "plain-json": lambda _: [picture(data={"values": [{"a": float("nan")}]})],
    "no-request": lambda _: [picture(data={"url": "https://example.org/data.json"})],
    "silent": printing,
}


@pytest.mark.parametrize(("promise", "fault"), FAULTS.items())
def test_a_fault_of_a_section_is_caught_by_its_promise_alone(promise, fault):
    assert [broken.name for broken, _ in broken_promises(lambda: PageSection(fault), SECTIONS)] == [promise]


def test_a_name_that_can_be_no_file_is_refused():
    broken = broken_promises(lambda: PageSection(lambda _: [picture("../x")]), SECTIONS)
    assert [promise.name for promise, _ in broken] == ["named-apart"]


def test_a_section_without_a_fault_keeps_them_all():
    assert list(broken_promises(lambda: PageSection(good), SECTIONS)) == []
    assert list(broken_promises(lambda: PageSection(lambda _: [picture()], together=True), SECTIONS)) == []


def test_every_built_in_section_keeps_them_all():
    registry = Registry.discover()
    assert len(registry.sections) > 9
    for name in registry.sections:
        (subject,) = [subject for subject in subjects(registry, name) if subject.promises == SECTIONS]
        assert [(name, seen) for _, seen in broken_promises(subject.make, SECTIONS)] == []
