"""Sections of the page are plugins: a stranger's is shown with the built-in ones, and one that fails costs itself."""

import pytest
from reported import compared, data

from seqbench import hookimpl
from seqbench.comparing.error_analysis.words import Words
from seqbench.registry.discovery import Registry
from seqbench.reporting.page.page import page
from seqbench.reporting.page.page_sections import PageSections
from seqbench.sections import Figure, Table


def with_sections(**sections):
    """A registry of sections that a stranger wrote."""

    class Stranger:
        @hookimpl
        def register_sections(self, register):
            for name, thing in sections.items():
                register(name, thing, "", together=name.startswith("all"))

    registry = Registry.discover()
    registry.add(Stranger(), "stranger")
    return registry


def count(report):
    """A table of one cell, which holds markup."""
    yield Table("<i>Rows</i>", ["how many"], [[f"<b>{len(report.rows)}"]], ["a note"])


def broken(report):
    raise ValueError("no luck")


def test_a_table_of_a_stranger_stands_on_the_page_as_text(run):
    runs, found = compared(run)
    sections = PageSections.of(with_sections(count=count), pytest.fail)
    text = page(runs.listing, found, lambda _: Words.of(data()), sections)
    assert "<summary>&lt;i&gt;Rows&lt;/i&gt;</summary>" in text
    assert "<td><bdi>&lt;b&gt;3</bdi></td>" in text
    assert 'data-figure="0-confusion"' in text


@pytest.mark.parametrize(
    ("section", "reason"),
    [
        (broken, "no luck"),
        (lambda _: ["text"], "it gave str, no Figure and no Table of seqbench.sections"),
        (lambda _: [Figure("confusion", "", "", {})], "another section has a picture named 'confusion'"),
        ("nowhere:section", "cannot be imported"),
    ],
)
def test_a_section_that_fails_is_left_out_with_one_warning(report, section, reason):
    said = []
    registry = with_sections(mine=section, count=count)
    sections = PageSections.of(registry, said.append)
    for _ in range(2):
        shown = sections.of_dataset(report)
    assert [part.title for part in shown if isinstance(part, Table)] == [
        "F1 of each tag in %",
        "Accuracy by kind of token in %",
        "Every pair of models",
        f"{report.dataset.name}: how far does it hang on the analysis? Difference in points of accuracy",
        "How far models agree",
        "Hyperparameters",
        "Data",
        "How it was run",
        "<i>Rows</i>",
    ]
    if section != "nowhere:section":
        (warning,) = said
        assert warning.startswith("section 'mine' of plugin 'stranger' (this process) is left out of the page: ")
        assert reason in warning


def test_sections_about_all_datasets_are_apart(report, run):
    sections = PageSections.of(
        with_sections(all_of=lambda findings: [Table(str(len(findings.rankings)), [], [])]), pytest.fail
    )
    assert "0" not in [part.title for part in sections.of_dataset(report)]
    _, found = compared(run)
    (table,) = [part for part in sections.of_all(found) if isinstance(part, Table)]
    assert table.title == "0"
