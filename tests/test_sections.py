"""The door for sections of the page: a section of a stranger needs nothing beside it."""

from seqbench import sections


def seeds(report):
    """A section of a stranger: how many trials each model has."""
    rows = [[sections.safe_line(row.label), str(len(row.finished_trials))] for row in report.rows]
    yield sections.Table("seeds", ["model", "trials"], rows)


def test_every_name_of_the_door_is_there():
    assert {name for name in sections.__all__ if not hasattr(sections, name)} == set()


def test_a_section_is_written_with_names_of_the_door_alone():
    class Row:
        label, finished_trials = "a\x1b[2J", (1, 2)

    class Report:
        rows = (Row,)

    (table,) = seeds(Report)
    assert table.columns == ["model", "trials"]
    assert [("\x1b" in name, trials) for name, trials in table.rows] == [(False, "2")]
