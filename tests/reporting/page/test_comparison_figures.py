"""Pictures of comparisons: each pair both ways, and bars over models that are not told apart."""

import numpy as np
import vl_convert
from reported import records

from seqbench.comparing.across_datasets import Ranking
from seqbench.reporting.page.comparison_figures import comparison_figures, rank_figure
from seqbench.results.model_names import ModelKey


def test_each_pair_is_told_both_ways(report):
    (pairs,) = comparison_figures(report)
    (values,) = records(pairs)
    assert len(values) == 2 * len([c for c in report.comparisons if c.relation])
    told = {(v["model"], v["than"], v["question"]): v for v in values}
    for c in report.comparisons:
        both = [v for (model, than, _), v in told.items() if (model, than) == (c.a.label, c.b.label)]
        assert all(v["points"] == 100 * c.difference for v in both if v["relation"] == c.relation)
    assert {(told[b, a, q]["points"]) for a, b, q in told} == {-v["points"] for v in values}


def test_the_diagram_has_a_mark_for_each_model_and_a_bar_for_each_group():
    models = [ModelKey("run", label) for label in "abc"]
    scores = np.array([[0.9, 0.8, 0.1], [0.8, 0.9, 0.2], [0.9, 0.8, 0.3]])
    ranking = Ranking("accuracy", ["d1", "d2", "d3"], models, scores)
    figure = rank_figure(ranking, {model: model.label for model in models})
    bars, marks = sorted(records(figure), key=lambda part: "rank" in part[0])
    assert [mark["model"] for mark in marks] == ["a", "b", "c"]
    assert len(bars) == len(ranking.cliques) > 0
    assert vl_convert.vegalite_to_svg({**figure.spec, "width": 400}).startswith("<svg")
