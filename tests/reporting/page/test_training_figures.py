"""Pictures of training: means and limits of the seeds at each epoch, and accuracy by size."""

import pytest
from reported import records
from result_rows import results_of, row_of, summary_of

from seqbench.data.split_options import SIZE
from seqbench.reporting.page.training_figures import size_figures, training_figures


def test_loss_and_dev_score_are_drawn_by_epoch(report):
    figures = {figure.name: figure for figure in training_figures(report)}
    assert list(figures) == ["curve-loss", "curve-dev_accuracy"]
    (values,) = records(figures["curve-dev_accuracy"])
    assert len(values) == 9
    assert [(v["epoch"], v["mean"]) for v in values[:3]] == [(1, 30), (2, 60), (3, pytest.approx(90))]
    (losses,) = records(figures["curve-loss"])
    assert losses[1]["mean"] == 0.5


def test_accuracy_is_drawn_by_training_size():
    rows = [
        row_of("m", scores, summary_of(f"d{size}", origin="d", drawn={SIZE: size}))
        for size, scores in (("10", [0.5, 0.6]), ("20", [0.6, 0.8]))
    ]
    (figure,) = size_figures(results_of(*rows))
    (values,) = records(figure)
    assert [(v["size"], v["low"], v["high"]) for v in values] == [(10, 50, 60), (20, 60, 80)]
    assert list(size_figures(results_of(rows[0]))) == []
