"""TensorBoard: what is told in a run is read back from real event files."""

import sys

import pytest
from program import seqbench as program
from samples import Seeded, dataset

import seqbench
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.reporters import attach


def test_curves_and_scores_are_read_back(tmp_path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util.tensor_util import make_ndarray

    reporters = [f"tensorboard(folder={str(tmp_path)!r})"]
    rows = seqbench.run(models={"good": Seeded}, data=dataset(), seeds=2, reporters=reporters, out=tmp_path / "run")
    for seed, accuracy in enumerate(rows.results.rows[0].scores["accuracy"].per_seed):
        [folder] = tmp_path.glob(f"*/sample-good-s{seed}")
        events = EventAccumulator(str(folder))
        events.Reload()
        losses = [(event.step, float(make_ndarray(event.tensor_proto))) for event in events.Tensors("learning/loss")]
        assert losses == [(1, 1.0), (2, 0.5)]
        [score] = events.Tensors("test/accuracy")
        assert float(make_ndarray(score.tensor_proto)) == pytest.approx(accuracy)


def test_where_it_is_not_installed_the_way_to_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboard.summary", None)
    with pytest.raises(UsageError, match=r"it needs TensorBoard: pip install 'seqbench\[tensorboard\]'"):
        attach(Registry.discover(), "tensorboard")


@pytest.mark.slow
def test_the_command_line_has_it_too(tmp_path):
    command = ["run", "--data", "tutorial", "--models", "baseline", "--reporter", "tensorboard", "--quiet"]
    done = program(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("runs/tensorboard/*/tutorial-baseline-s0/events.*"))) == 1
