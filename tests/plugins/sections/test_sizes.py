"""Accuracy by training size: means and limits of the seeds at each size."""

from reported import records
from result_rows import results_of, row_of, summary_of

from seqbench.data.split_options import SIZE
from seqbench.reporting.comparison_findings import Findings
from seqbench_plugins.sections.sizes import section


def findings_of(*rows):
    return Findings(results=results_of(*rows), comparisons=[], rankings=[], placements={})


def test_accuracy_is_drawn_by_training_size():
    rows = [
        row_of("m", scores, summary_of(f"d{size}", origin="d", drawn={SIZE: size}))
        for size, scores in (("10", [0.5, 0.6]), ("20", [0.6, 0.8]))
    ]
    (figure,) = section(findings_of(*rows))
    (values,) = records(figure)
    assert [(v["size"], v["low"], v["high"]) for v in values] == [(10, 50, 60), (20, 60, 80)]
    assert figure.about.endswith("From 10 to 20 sentences, in points: m +15.00.")
    assert list(section(findings_of(rows[0]))) == []
