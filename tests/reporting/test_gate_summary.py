"""The result of a gate in lines, as Markdown and as JUnit's XML."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from seqbench.comparing.comparison import BETTER, IDENTICAL, SAME, Comparison
from seqbench.comparing.gate import MISSING, PASSED, WORSE, GateCase, GateResult
from seqbench.errors import UsageError
from seqbench.reporting.gate_summary import gate_lines, junit, markdown, write_summary
from seqbench.results.model_names import ModelKey

OLD, NEW = ModelKey("old", "m"), ModelKey("new", "m")


def compared(relation, p):
    return Comparison(
        a=OLD, b=NEW, dataset="d", question="model", test="t", difference=0.05, p=p, p_adjusted=p, relation=relation,
        detectable=0.01,
    )  # fmt: skip


GOOD = GateCase(
    label="m", dataset="d", status=PASSED, why="not shown to be worse", comparison=compared(SAME, 0.5), change=-0.05
)
BAD = GateCase(
    label="n", dataset="d", status=WORSE, why="by 5.00 points", comparison=compared(BETTER, 0.001), change=-0.05
)
GONE = GateCase(label="g<>", dataset="d", status=MISSING, why="not in the new run")


def result_of(*cases, added=()):
    return GateResult(metric="span-f1", cases=list(cases), added=list(added))


def test_one_line_tells_the_result_also_of_a_gate_that_passes():
    (line,) = gate_lines(result_of(GOOD))
    assert line == (
        "gate on span F1: passed, no model is shown to be worse (level 5 %, Holm over 1 test; "
        "losses under 1 points would often be missed)"
    )


def test_each_case_that_failed_and_each_new_label_has_a_line_before_it():
    lines = list(gate_lines(result_of(GOOD, BAD, GONE, added=["x"])))
    assert lines == [
        "worse: n on d: by 5.00 points",
        "missing: g<> on d: not in the new run",
        "new: x is only in the new run, and held against nothing",
        "gate on span F1: failed, 1 worse, 1 missing of 3 (level 5 %, Holm over 2 tests)",
    ]
    assert list(gate_lines(result_of())) == ["gate on span F1: failed, no model of the old run is finished"]


def test_only_tests_that_were_made_are_counted():
    assert list(gate_lines(result_of(GONE)))[-1] == "gate on span F1: failed, 1 missing of 1 (nothing was tested)"
    same = replace(GOOD, comparison=replace(GOOD.comparison, relation=IDENTICAL, detectable=None))
    (line,) = gate_lines(result_of(same))
    assert line.endswith("passed, no model is shown to be worse (old and new models predict the same)")
    assert "Holm over 1 test)" in list(gate_lines(result_of(same, BAD)))[-1]


def test_a_tag_is_called_by_its_name_in_all_forms():
    result = replace(result_of(GOOD), metric="f1:B-PER_X")
    assert next(gate_lines(result)).startswith("gate on F1 of B-PER_X: passed")
    assert markdown(result).startswith("### Gate on F1 of B-PER_X\n")


def test_junit_of_a_gate_without_a_case_has_a_failure():
    suite = ET.fromstring(junit(result_of()))  # noqa: S314 -- written a line above
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert suite[0].find("failure").get("message") == "no model of the old run is finished"


def test_junit_has_the_lines_of_the_result_too():
    suite = ET.fromstring(junit(result_of(GOOD, added=["x"])))  # noqa: S314 -- written a line above
    assert suite.find("system-out").text.splitlines() == list(gate_lines(result_of(GOOD, added=["x"])))


def test_markdown_has_a_row_for_each_case():
    text = markdown(result_of(GOOD, BAD, GONE))
    assert "### Gate on span F1" in text
    assert "new less old, points" in text
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line[:4] in ("| m ", "| n ")
    ]
    assert rows[-2:] == [
        ["m", "d", "passed", "-5.00", "0.5000", "not shown to be worse"],
        ["n", "d", "worse", "-5.00", "0.0010", "by 5.00 points"],
    ]


def test_junit_counts_cases_and_failures():
    suite = ET.fromstring(junit(result_of(GOOD, BAD, GONE)))  # noqa: S314 -- written a line above
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    assert [case.get("name") for case in suite.iter("testcase")] == ["m", "n", "g<>"]
    assert suite[0].find("system-out").text == "not shown to be worse"
    assert [case.find("failure").get("type") for case in list(suite.iter("testcase"))[1:]] == ["worse", "missing"]


def test_a_summary_is_written_by_its_suffix_and_no_other_is_known(tmp_path):
    write_summary(tmp_path / "gate.md", result_of(GOOD))
    assert (tmp_path / "gate.md").read_text().startswith("### Gate")
    with pytest.raises(UsageError, match="--summary writes FILE.md or FILE.xml, was: '.*gate.txt'"):
        write_summary(tmp_path / "gate.txt", result_of(GOOD))
    with pytest.raises(UsageError, match="cannot write the summary"):
        write_summary(tmp_path / "none" / "gate.xml", result_of(GOOD))
