"""Capability profile on the page: accuracy by level beside the ceilings, and how far each model gets."""

from reported import records
from result_rows import results_of, row_of, summary_of

from seqbench.data.ceilings import Ceilings
from seqbench.reporting.comparison_findings import Findings
from seqbench_plugins.sections.probes import section

CEILINGS = Ceilings(any=1, left_to_right=0.5)


def findings_of(*rows):
    return Findings(results=results_of(*rows), comparisons=[], rankings=[], placements={})


def level(delay, accuracies, *, probe="probe-echo", further="", label="m"):
    source = f"{probe}?delay={delay}{further}&tokens=100"
    return row_of(label, accuracies, summary_of(source, source=source, ceilings=CEILINGS))


def test_a_probe_is_drawn_by_its_level_with_the_ceilings_and_a_table_tells_how_far_models_get():
    rows = [level(16, [0.5, 0.7]), level(2, [1.0, 0.9])]
    picture, table = section(findings_of(*rows))
    values = [record for part in records(picture) for record in part]
    drawn = [(v["level"], v["low"], v["high"]) for v in values if "model" in v]
    assert drawn == [(2, 90, 100), (16, 50, 70)]
    assert {(v["level"], v["mean"]) for v in values if v.get("sight") == "left to right"} == {(2, 50), (16, 50)}
    assert table.columns == ["model", "probe-echo: delay"]
    assert [row[0] for row in table.rows] == ["m"]


def test_options_that_are_words_tell_probes_apart_and_other_data_is_left_out():
    groups = [level(n, [0.5], further=f"&group={group}") for n in (2, 4) for group in ("S3", "S5")]
    other = row_of("m", [0.5], summary_of("d", source="d?size=3"))
    titles = [part.title for part in section(findings_of(*groups, other))]
    assert titles[:2] == ["How far on probe-echo?group=S3", "How far on probe-echo?group=S5"]
    assert list(section(findings_of(other, level(2, [0.5])))) == []


def test_a_model_has_one_colour_in_all_pictures_and_ticks_are_levels():
    rows = [level(n, [0.5], probe=probe, label=label) for probe, label in (("p", "a"), ("q", "b")) for n in (2, 16)]
    first, second, _ = section(findings_of(*rows))
    for picture in (first, second):
        line = next(layer for layer in picture.spec["layer"] if "color" in layer["encoding"])["encoding"]
        assert line["color"]["scale"]["domain"] == ["a", "b"]
        assert line["x"]["axis"]["values"] == [2, 16]
