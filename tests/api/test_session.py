"""What one call from Python hears and tells: reporters, notes, and nothing on the terminal."""

from held_trial import held_trial
from python_run import run

import seqbench


def test_what_is_registered_is_reused(capsys):
    class Listener:
        todo = None

        @seqbench.hookimpl
        def run_started(self, trials):
            Listener.todo = len(trials)

    run(models="baseline,majority")
    run(models=["baseline", "majority"], reporters=[Listener()])
    assert Listener.todo == 0
    assert capsys.readouterr() == ("", "")


def test_what_the_command_line_would_have_said_is_kept():
    rows = run(models="baseline", data="tutorial", epochs=2)
    assert rows.notes[0] == "note: --epochs does not apply to baseline"
    assert rows.notes[1].startswith("warning: tutorial: test is train")


def test_for_whom_a_call_waits_is_said_at_once(tmp_path, capsys):
    run(models="baseline", data="tutorial", out=tmp_path)
    with held_trial(tmp_path):
        rows = run(models="baseline", data="tutorial", out=tmp_path)
    said = capsys.readouterr().err
    assert said.startswith("waiting for baseline on tutorial, seed 0: process ")
    assert said.strip() in rows.notes
