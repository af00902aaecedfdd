"""What a user sees while trials run: all that are running, what is done, failed and left."""

import io
import time
from dataclasses import replace

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
    assert "model1 on data, seed 0: epoch 2, dev 50.00 %" in told
    assert "model0" not in told
    assert "model2" not in told


def test_epoch_and_dev_score_are_seen_at_80_columns():
    bars = ProgressBars(console=Console(file=io.StringIO(), width=80))
    long = replace(trial(1), label="a model with a label that is long", spec="m(x=1, epochs=10, y=2)")
    bars.run_started([long])
    bars.trial_started(long)
    bars.trial_progressed(long, {"tokens": 150970, "loss": 0.1234, "epoch": 3, "dev_accuracy": 0.98765})
    console = Console(file=io.StringIO(), width=80)
    console.print(bars.shown())
    bars.stop()
    text = console.file.getvalue()
    assert "epoch 3 of 10, dev 98.77 %" in text
    assert "tokens" not in text
    assert "1 to go" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_time_left_is_known_from_the_first_trial_on():
    bars = ProgressBars(console=Console(file=io.StringIO(), width=120))
    first = replace(trial(1), spec="m(epochs=4)")
    bars.run_started([first, trial(2)])
    bars.trial_started(first)
    for epoch in (1, 2, 3):
        bars.trial_progressed(first, {"epoch": epoch})
        time.sleep(0.01)
    (task,) = bars._progress.tasks
    bars.stop()
    assert task.completed == 0.75
    assert task.time_remaining is not None


def test_time_left_is_that_of_the_whole_until_now_and_grows_while_a_long_trial_runs():
    clock = [0.0]
    bars = ProgressBars(console=Console(file=io.StringIO(), width=120, get_time=lambda: clock[0]))
    bars.run_started([trial(n) for n in range(4)])
    for number, now in enumerate((1.0, 2.0)):
        clock[0] = now
        bars.trial_started(trial(number))
        bars.trial_finished(trial(number), TrialResult())
    early, clock[0] = seen(bars), 60.0
    late = seen(bars)
    bars.stop()
    assert "left: 0:00:02" in early
    assert "left: 0:01:00" in late
