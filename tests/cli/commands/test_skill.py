"""`seqbench skill`: what the page tells an assistant to write and to type does what it says."""

import re
import runpy
import shlex

import pytest
from pages import SAVED, blocks_of, commands, treebank
from program import called

from seqbench.contracts.hyperparameters import fields_of
from seqbench.neural import NeuralTagger
from seqbench.registry.capabilities import capabilities
from seqbench.registry.scaffold import KINDS
from seqbench.testing import PROMISES, broken_promises
from seqbench.version import __version__

BAD = """
import seqbench
class Bad:
    def __init__(self): self.seen = {}
    def fit(self, train, conditions):
        for words, tags in zip(train.sentences, train.tags):
            for word, tag in zip(words, tags): self.seen.setdefault(word, tag)
    def predict(self, sentences): return [[self.seen.get(word, 'none') for word in words] for words in sentences]
@seqbench.hookimpl
def register_taggers(register): register('bad', Bad, 'bad')
"""


def test_the_page_says_its_version_and_is_short():
    page = called("skill").stdout
    assert page.startswith("---\nname: seqbench\ndescription: ")
    assert f"# seqbench {__version__}\n" in page
    assert "{version}" not in page
    assert len(page.splitlines()) < 280


def do(line):
    """Type a line of the page, and look at what it says."""
    done = called(*shlex.split(line)[1:])
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert "BROKEN" not in done.stdout


def do_all(folder, reduced):
    """Save the files of the page, run its programs, and type its lines, each as `reduced` has it."""
    treebank(folder / "path/to/treebank")
    namespace = {"__name__": "__main__"}
    for language, code, before in blocks_of(called("skill").stdout):
        if saved := SAVED.search(before):
            (folder / saved[1]).write_text(code)
        elif language == "python":
            exec(compile(code, code[:40], "exec"), namespace)  # noqa: S102 -- our own page
        else:
            assert language == "console"
            for line in commands(code):
                do(reduced(line))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_every_block_of_the_page_does_what_it_says(folder):
    """The network, which takes seconds to check, is held to the promises about its answers only."""
    do_all(folder, lambda line: line.replace("check 'mywindow(epochs=1, min_steps=1)'", "models mywindow"))
    network = runpy.run_path(str(folder / "mynet.py"))["WindowTagger"]
    assert "tagging token by token" not in capabilities(network)
    assert not list(broken_promises(lambda: network(epochs=1, min_steps=1), PROMISES[:3]))


@pytest.mark.slow
def test_every_block_of_the_page_does_what_it_says_as_it_stands(folder):
    do_all(folder, lambda line: line)


def test_messages_that_the_page_explains_are_those_of_the_program(tmp_path):
    (tmp_path / "bad.py").write_text(BAD)
    (tmp_path / "silent.py").write_text("def register_taggers(register): pass\n")
    (tmp_path / "taken.py").write_text(BAD.replace("'bad', Bad", "'baseline', Bad"))
    page, checked = called("skill").stdout, called("check", "bad.py", cwd=tmp_path).stdout
    for promise in ("gives only tags of the training set", "forgets the old data"):
        assert promise in page
        assert re.search(f"{promise}.*BROKEN", checked)
    for file, message in {"silent.py": "has no effect: it lacks its marker", "taken.py": "registered already"}.items():
        assert message in page
        assert message in called("models", "--plugin", file, cwd=tmp_path).stderr


def test_fields_and_kinds_that_the_page_names_are_there():
    page = called("skill").stdout
    sentence = re.search(r"((`\w+`,? ?)+)and others are fields of every `NeuralTagger`", page)
    named = set(re.findall(r"\w+", sentence[1]))
    assert len(named) >= 4
    assert named <= set(fields_of(NeuralTagger))
    kinds = re.findall(r"--kind ([\w|]+)", page)
    assert {kind for several in kinds for kind in several.split("|")} == set(KINDS)
