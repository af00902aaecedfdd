"""What a user sees while trials run: all that are running, what is done, failed and left."""

import io

from rich.console import Console

from seqbench.contracts.trial import DatasetReference, Failure, TrialRequest, TrialResult
from seqbench.reporting.progress_bars import ProgressBars


def trial(number):
    return TrialRequest(f"key{number}", {}, f"model{number}", "", 0, DatasetReference("data", "", ""))


def seen(bars):
    console = Console(file=io.StringIO(), width=200)
    console.print(bars.shown())
    return console.file.getvalue()


def test_every_running_trial_has_a_line_until_it_ends():
    bars = ProgressBars(console=Console(file=io.StringIO(), width=200))
    bars.run_started([trial(n) for n in range(5)])
    for number in range(3):
        bars.trial_started(trial(number))
    bars.trial_progressed(trial(1), {"epoch": 2, "dev_accuracy": 0.5})
    bars.trial_finished(trial(0), TrialResult())
    bars.trial_finished(trial(2), TrialResult(failure=Failure("p", None, "out of luck", "")))
    told = seen(bars)
    bars.stop()
    assert "2/5" in told
    assert "1 failed, 3 to go" in told
    assert "model1 on data, seed 0: epoch 2, dev accuracy 0.5" in told
    assert "model0" not in told
    assert "model2" not in told
