"""`seqbench check`: each promise on a line, and the exit code."""

from program import seqbench

from seqbench.testing import DATASETS, METRICS, PROMISES

PLUGIN = """
from seqbench import hookimpl
class Bad:
    def fit(self, train, conditions): pass
    def predict(self, sentences): return [['Q'] * len(s) for s in sentences]
@hookimpl
def register_taggers(register): register('bad', Bad, 'bad')
@hookimpl
def register_metrics(register): register('half', lambda outcome: 0.5, 'always the same')
"""


def test_the_command_checks_a_plugin_file_and_says_which_promise_is_broken(tmp_path):
    file = tmp_path / "bad.py"
    file.write_text(PLUGIN)
    done = seqbench("check", file)
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("half: ") == len(METRICS)
    assert "bad: gives only tags of the training set, also to unknown words: BROKEN: ['dogs', 'run'] got" in done.stdout
    others = "that it cannot be fitted on one word with one tag, and that it answers before it is fitted"
    assert done.stdout.count("BROKEN") == 3, others


def test_the_command_leaves_with_0_where_all_is_kept():
    done = seqbench("check", "baseline", "span-f1", "tutorial")
    assert (done.returncode, done.stdout.count("kept")) == (0, len(PROMISES) + len(METRICS) + len(DATASETS))
