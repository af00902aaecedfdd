"""Standard output belongs to results, whatever a plugin prints while it is imported."""

import json
import os
import subprocess
import sys

from program import seqbench

from seqbench.registry.standard_output import spared

NOISY = """
import os
from seqbench import hookimpl
print("noise of Python")
os.write(1, b"noise of the system\\n")
os.system("echo noise of a child")
@hookimpl
def register_taggers(register): pass
"""


LOUD = """
from seqbench import Corpus, hookimpl
def metric(outcome): print("noise of a metric"); return 0.5
def reader(file, *, tags=None, features=()):
    print("noise of a reader")
    return Corpus.encode([["a", "b"]] * 30, [["X", "Y"]] * 30)
@hookimpl
def register_metrics(register): print("noise of a hook"); register("loud", metric, "0.5")
@hookimpl
def register_readers(register): register("loud", reader, [".loud"])
@hookimpl
def trial_finished(trial, result): print("noise of a listener")
"""


def test_what_metrics_readers_listeners_and_hooks_print_is_no_part_of_the_results(tmp_path):
    (tmp_path / "loud.py").write_text(LOUD)
    (tmp_path / "small.loud").touch()
    arguments = ["--plugin", "loud.py", "--data", "./small.loud", "--models", "baseline", "--format", "json"]
    done = seqbench("run", *arguments, cwd=tmp_path)
    assert json.loads(done.stdout)["rows"][0]["metrics"]["loud"]["mean"] == 0.5
    assert {"hook", "metric", "reader", "listener"} <= {line.split()[-1] for line in done.stderr.splitlines() if line}


def test_output_of_every_kind_goes_to_standard_error(capfd):
    with spared():
        print("python")
        os.write(1, b"system\n")
        subprocess.run([sys.executable, "-c", "print('child')"], check=True)
    print("after")
    out, err = capfd.readouterr()
    assert out == "after\n"
    assert set(err.split()) == {"python", "system", "child"}


def test_an_installed_plugin_that_prints_at_import_leaves_standard_output_alone(tmp_path):
    (tmp_path / "seqbench_noisy.py").write_text(NOISY)
    (about := tmp_path / "seqbench_noisy-1.dist-info").mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: seqbench-noisy\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[seqbench]\nnoisy = seqbench_noisy\n")
    done = seqbench("models", "--format", "json", PYTHONPATH=str(tmp_path))
    assert json.loads(done.stdout)
    assert done.stderr.count("noise of") == 3
