"""The critical-difference diagram: bars over models that are not told apart."""

import numpy as np
import vl_convert
from reported import records
from result_rows import results_of, row_of

from seqbench.comparing.across_datasets import Ranking
from seqbench.reporting.comparison_findings import Findings
from seqbench_plugins.sections.ranks import section


def test_the_diagram_has_a_mark_for_each_model_and_a_bar_for_each_group():
    results = results_of(*(row_of(label, [0.5]) for label in "abc"))
    models = [row.key for row in results.rows]
    scores = np.array([[0.9, 0.8, 0.1], [0.8, 0.9, 0.2], [0.9, 0.8, 0.3]])
    ranking = Ranking("accuracy", ["d1", "d2", "d3"], models, scores)
    (figure,) = section(Findings(results=results, comparisons=[], rankings=[ranking], placements={}))
    bars, marks = sorted(records(figure), key=lambda part: "rank" in part[0])
    assert [mark["model"] for mark in marks] == ["a", "b", "c"]
    assert len(bars) == len(ranking.cliques) > 0
    assert vl_convert.vegalite_to_svg({**figure.spec, "width": 400}).startswith("<svg")
    domains = [layer["encoding"]["x"].get("scale", {}).get("domain") for layer in figure.spec["layer"]]
    assert domains == [[1, 3]] * 3
