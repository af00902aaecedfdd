"""`seqbench check`: each promise on a line, and the exit code."""

from program import called, seqbench

from seqbench.testing import DATASETS, METRICS, PROMISES
from seqbench.version import __version__

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
    kept = done.stdout.count(": kept")
    absent = done.stdout.count(": not offered")
    assert "bad: tags alike after it was saved, moved and loaded, if it can be saved: not offered" in done.stdout
    assert done.stdout.splitlines()[-1] == f"{kept} of {kept + 3} promises kept, 3 broken, {absent} not offered"


def test_the_command_leaves_with_0_where_all_is_kept():
    done = seqbench("check", "baseline", "span-f1", "tutorial")
    kept, absent = done.stdout.count(": kept"), done.stdout.count(": not offered")
    assert (done.returncode, kept + absent) == (0, len(PROMISES) + len(METRICS) + len(DATASETS))
    assert done.stdout.splitlines()[-1] == f"{kept} promises kept, {absent} not offered"
    assert absent == 4, "the baseline has no probabilities"


def test_a_badge_tells_the_same_number_as_the_lines(tmp_path):
    (tmp_path / "bad.py").write_text(PLUGIN.replace("@hookimpl\ndef register_taggers", "def other"))
    done = called("check", "bad.py", "--badge", "badge.svg", cwd=tmp_path)
    kept, line = len(METRICS), done.stdout.splitlines()[-1]
    assert (done.returncode, done.stdout.count(": kept")) == (0, kept)
    assert line == f"![seqbench {__version__}: {kept} promises kept](<badge.svg>)"
    assert f">{kept} promises kept<" in (tmp_path / "badge.svg").read_text()


def test_a_badge_that_cannot_be_written_is_one_sentence(tmp_path):
    done = called("check", "tutorial", "--badge", "nowhere/badge.svg", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot write the badge 'nowhere/badge.svg': No such file or directory" in done.stderr
