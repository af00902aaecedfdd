"""Pictures of scores hold the scores of the results, and the front of those that no other beats."""

from dataclasses import replace

import vl_convert
from reported import LABELS, records
from result_rows import results_of, row_of, summary_of

from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench_plugins.sections.scores import section


def test_every_seed_and_every_mean_is_drawn(report):
    seeds, *_ = section(report)
    dots = [value for part in records(seeds) for value in part if "seed" in value]
    expected = [(row.key.label, 100 * v) for row in report.rows for v in row.scores["accuracy"].per_seed]
    assert [(dot["model"], dot["score"]) for dot in dots] == expected


def test_the_front_has_whom_no_other_beats_in_both():
    rows = [row_of("slow", [0.9], cost=9), row_of("quick", [0.8], cost=1), row_of("bad", [0.7], cost=5)]
    report = DatasetReport(dataset=summary_of("data"), results=results_of(*rows), comparisons=[])
    cost = next(figure for figure in section(report) if figure.name == "cost")
    front = {r["model"] for r in records(cost)[0] if r["front"] and r["cost"].startswith("fit s")}
    assert front == {"slow", "quick"}


def test_the_cost_that_is_drawn_is_named_with_its_unit(report):
    cost = next(figure for figure in section(report) if figure.name == "cost")
    assert "fit s (seconds), the further left the cheaper" in vl_convert.vegalite_to_svg({**cost.spec, "width": 400})


def test_pictures_can_be_drawn_and_have_one_legend(report):
    for figure in section(report):
        legends = vl_convert.vegalite_to_vega({**figure.spec, "width": 400}).get("legends", [])
        assert len(legends) <= 1, figure.name
    assert {figure.name for figure in section(report)} == {"seeds", "cost", "kinds"}
    assert LABELS[0] in vl_convert.vegalite_to_svg({**next(section(report)).spec, "width": 400}).replace(
        "&lt;", "<"
    ).replace("&gt;", ">")


def test_where_means_are_over_folds_a_dot_is_a_trial():
    rows = [row_of("a", [0.5, 0.6]), row_of("b", [0.3, 0.4])]
    results, dataset = results_of(*rows), rows[0].dataset
    seeds, *_ = section(DatasetReport(dataset=dataset, results=results, comparisons=[]))
    folds, *_ = section(
        DatasetReport(dataset=dataset, results=replace(results, over={dataset.fingerprint: "2 folds"}), comparisons=[])
    )
    assert (seeds.title, folds.title) == ("Accuracy of every seed", "Accuracy of every trial")
    assert folds.about == "A dot for each trial, a stroke for the mean."
