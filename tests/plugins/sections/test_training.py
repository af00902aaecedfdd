"""Pictures of training: means and limits of the seeds at each epoch, and accuracy by size."""

import pytest
from msgspec.structs import replace as with_fields
from reported import records
from result_rows import results_of, row_of, summary_of

from seqbench.reporting import safe_text
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench_plugins.sections.training import section


def test_loss_and_dev_score_are_drawn_by_epoch(report):
    figures = {figure.name: figure for figure in section(report)}
    assert list(figures) == ["curve-loss", "curve-dev_accuracy"]
    (values,) = records(figures["curve-dev_accuracy"])
    assert len(values) == 9
    assert [(v["epoch"], v["mean"]) for v in values[:3]] == [(1, 30), (2, 60), (3, pytest.approx(90))]
    (losses,) = records(figures["curve-loss"])
    assert losses[1]["mean"] == 0.5


def test_models_that_were_best_at_their_last_epoch_are_named_with_their_seeds(report):
    figures = {figure.name: figure for figure in section(report)}
    about = figures["curve-dev_accuracy"].about
    assert "Still rising at the last epoch, so that more epochs may help: " in about
    assert all(f"{safe_text.line(row.key.label)} (2 of 2 seeds)" in about for row in report.rows)
    assert "last epoch" not in figures["curve-loss"].about


def test_where_no_model_was_best_at_its_last_epoch_that_is_said():
    row = row_of("falls", [0.9])
    curve = tuple({"epoch": epoch, "tokens": 10, "dev_accuracy": 0.9 - epoch / 100} for epoch in (1, 2))
    row.trials[0] = with_fields(row.trials[0], curve=curve)
    report = DatasetReport(dataset=summary_of("data"), results=results_of(row), comparisons=[])
    (figure,) = section(report)
    assert figure.about.endswith("No model was best at its last epoch: more epochs promise little.")
