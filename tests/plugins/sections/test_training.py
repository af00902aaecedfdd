"""Pictures of training: means and limits of the seeds at each epoch, and accuracy by size."""

import pytest
from reported import records

from seqbench_plugins.sections.training import section


def test_loss_and_dev_score_are_drawn_by_epoch(report):
    figures = {figure.name: figure for figure in section(report)}
    assert list(figures) == ["curve-loss", "curve-dev_accuracy"]
    (values,) = records(figures["curve-dev_accuracy"])
    assert len(values) == 9
    assert [(v["epoch"], v["mean"]) for v in values[:3]] == [(1, 30), (2, 60), (3, pytest.approx(90))]
    (losses,) = records(figures["curve-loss"])
    assert losses[1]["mean"] == 0.5
