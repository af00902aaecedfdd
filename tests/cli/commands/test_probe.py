"""`seqbench probe`: how far each model gets, as table and JSON."""

import json

from program import called

PROBES = ("--probes", "probe-echo?tokens=400&symbols=2,probe-ambiguity?tokens=4000&share=0", "--up-to", "2")
SMALL = ("--seeds", "2", "--epochs", "4", "--device", "cpu", "-q")


def probe(*arguments):
    return called("probe", *PROBES, *SMALL, *arguments)


def test_the_table_and_json_tell_how_far_models_get(tmp_path):
    options = ("--models", "baseline,hmm", "--out", tmp_path / "p")
    done = probe(*options)
    assert done.returncode == 0, done.stderr
    assert "a / b: b against the ceiling of taggers that see as little" not in done.stdout
    assert "baseline  <1 " in done.stdout
    assert "order" in done.stdout
    plain = json.loads(probe(*options, "--format", "json").stdout)
    levels = {(part["model"], part["probe"].partition("?")[0]): part["all_taggers"] for part in plain["profile"]}
    assert levels["hmm", "probe-ambiguity"]["median"] == 2
    assert levels["baseline", "probe-echo"]["median"] is None
    assert (plain["epochs"], plain["patience"]) == (4, 6)


def test_the_folder_is_one_that_show_reads(tmp_path):
    probe("--models", "majority", "--out", tmp_path / "p")
    shown = called("show", tmp_path / "p")
    assert shown.returncode == 0
    assert "probe-echo(delay=1" in shown.stdout
    assert called("verify", tmp_path / "p").returncode == 0


BROKEN = """
from seqbench import hookimpl
class Broken:
    def fit(self, train, conditions): raise RuntimeError("too hard")
    def predict(self, sentences): ...
@hookimpl
def register_taggers(register): register("broken", Broken, "")
"""


def test_a_failed_trial_is_exit_code_1(tmp_path):
    (tmp_path / "broken.py").write_text(BROKEN)
    options = ("--plugin", tmp_path / "broken.py", "--probes", "probe-echo?tokens=100", "--up-to", "1", "--seeds", "1")
    done = called("probe", "--models", "broken", *options, "--out", tmp_path / "p", "--device", "cpu")
    assert done.returncode == 1
    assert "<1!" in done.stdout
    assert "!: a trial of the next level failed" in done.stdout
    assert "failed: broken on probe-echo" in done.stderr
    assert "too hard" in done.stderr
    assert "is left out" not in done.stderr
    assert "round 1: 1 trial\n" in done.stderr


def test_what_is_no_probe_is_refused():
    done = called("probe", "--probes", "tutorial", "-q")
    assert done.returncode == 2
    assert "'tutorial' is no probe; probes: probe-echo" in done.stderr
