"""The result of a gate: one line, and a summary as Markdown or as JUnit's XML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from seqbench.comparing.comparison import IDENTICAL, LEVEL
from seqbench.comparing.gate import MISSING, PASSED, GateCase, GateResult
from seqbench.comparing.gate_quantities import OF_A_TAG, QUANTITIES
from seqbench.errors import UsageError
from seqbench.reporting.number_format import counted, named, p_value, points
from seqbench.reporting.table import Table, rendered


def gate_lines(result: GateResult) -> Iterator[str]:
    """A line for each case that failed and for each new label, then one for the whole result."""
    for case in result.failed:
        yield f"{case.status}: {case.label} on {case.dataset}: {case.why}"
    for label in result.added:
        yield f"new: {label} is only in the new run, and held against nothing"
    if not result.cases:
        yield f"{_title(result)}: failed, {_NO_CASE}"
    elif result.passed:
        yield f"{_title(result)}: passed, no model is shown to be worse ({_tests(result)}{_missed(result)})"
    else:
        many = Counter(case.status for case in result.failed)
        each = ", ".join(f"{count} {status}" for status, count in many.items())
        yield f"{_title(result)}: failed, {each} of {len(result.cases)} ({_tests(result)})"


_NO_CASE = "no model of the old run is finished"


def _title(result: GateResult) -> str:
    metric = result.metric
    name = f"F1 of {metric.removeprefix(OF_A_TAG)}" if metric.startswith(OF_A_TAG) else named(metric)
    return f"gate on {name}"


def _tests(result: GateResult) -> str:
    """Text on the tests that were corrected together."""
    count = sum(case.corrected for case in result.cases)
    if count:
        return f"level {100 * LEVEL:.0f} %, Holm over {counted(count, 'test')}"
    identical = all(case.comparison and case.comparison.relation == IDENTICAL for case in result.cases)
    return "old and new models predict the same" if identical else "nothing was tested"


def _missed(result: GateResult) -> str:
    sizes = [case.comparison.detectable for case in result.cases if case.comparison]
    known = [size for size in sizes if size is not None]
    factor, unit = QUANTITIES.get(result.metric, (100.0, "points"))
    return f"; losses under {factor * max(known):.2g} {unit} would often be missed" if known else ""


def write_summary(path: Path, result: GateResult) -> None:
    """Write the cases to FILE.md or FILE.xml. Raises `UsageError` for another suffix, or if nothing can be written."""
    writers = {".md": markdown, ".xml": junit}
    if path.suffix not in writers:
        raise UsageError(f"--summary writes FILE.md or FILE.xml, was: {str(path)!r}")
    try:
        path.write_text(writers[path.suffix](result), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the summary {str(path)!r}: {error.strerror or error}") from error


def markdown(result: GateResult) -> str:
    """The cases as a table, with the lines of the result below."""
    rows = [[case.label, case.dataset, case.status, *_numbers(case), case.why] for case in result.cases]
    what = QUANTITIES[result.metric][1] if result.metric in QUANTITIES else "points"
    change = f"new less old, {what}{', more is worse' if result.metric in QUANTITIES else ''}"
    columns = ["model", "dataset", "status", change, "p (Holm)", "why"]
    title = _title(result)
    table = Table(title[0].upper() + title[1:], columns, rows, list(gate_lines(result)), texts=columns)
    return rendered(table, "markdown") + "\n"


def _numbers(case: GateCase) -> list[str]:
    c = case.comparison
    if c is None or c.p_adjusted is None or case.change is None:
        return ["-", "-"]
    change = case.change + 0.0  # no -0.00
    amount = f"{QUANTITIES[c.metric][0] * change:+.3g}" if c.metric in QUANTITIES else points(change)
    return [amount, p_value(c.p_adjusted)]


def junit(result: GateResult) -> str:
    """The cases as a JUnit test suite, and its lines: one that failed has a failure, with its status as type.

    A gate without a case fails, and is a case of its own.
    """
    none = GateCase(label="gate", dataset=result.metric, status=MISSING, why=_NO_CASE)
    cases = result.cases or [none]
    tests, failures = str(len(cases)), str(sum(case.status != PASSED for case in cases))
    suite = ET.Element(
        "testsuite", name=f"seqbench gate on {result.metric}", tests=tests, failures=failures, errors="0"
    )
    for case in cases:
        element = ET.SubElement(suite, "testcase", classname=case.dataset, name=case.label)
        if case.status != PASSED:
            ET.SubElement(element, "failure", type=case.status, message=case.why)
        else:
            ET.SubElement(element, "system-out").text = case.why
    ET.SubElement(suite, "system-out").text = "\n".join(gate_lines(result))
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
