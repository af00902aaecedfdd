"""Progress in a notebook: one output that is written anew, with epochs, the score on dev and the time left."""

import builtins
import sys
from types import ModuleType

import pytest
from python_run import run

from seqbench.reporting import notebook_cell
from seqbench.reporting.notebook_cell import NotebookCell


class Handle:
    """An output of a cell: every text that it has had."""

    def __init__(self, content):
        self.contents = [content]

    def update(self, content, *, raw):
        assert raw
        self.contents.append(content)


class ZMQInteractiveShell:
    """A notebook, by its name."""


@pytest.fixture
def outputs(monkeypatch):
    """The outputs of a notebook that has IPython and no widgets."""
    shown, ipython, module = [], ModuleType("IPython"), ModuleType("IPython.display")

    def display(content, *, raw, display_id):
        assert raw
        assert display_id
        shown.append(Handle(content))
        return shown[-1]

    module.display = display
    ipython.display = module
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", module)
    monkeypatch.setattr(builtins, "get_ipython", ZMQInteractiveShell, raising=False)
    monkeypatch.setattr(notebook_cell, "_SECONDS", 0)
    return shown


class Learner:
    """Tells its epochs."""

    def __init__(self, *, epochs: int = 3):
        self.epochs = epochs

    def fit(self, train, conditions):
        self.tag = train.tags.vocabulary[0]
        for epoch in range(1, self.epochs + 1):
            conditions.report(epoch=epoch, dev_accuracy=epoch / 10)

    def predict(self, sentences):
        return [[self.tag] * len(words) for words in sentences]


def test_a_run_in_a_notebook_shows_epochs_dev_score_and_time_left_in_one_output(outputs, capfd, tmp_path):
    rows = run(models={"<b>mine": Learner, "other": Learner}, out=tmp_path / "run")
    (output,) = outputs
    texts = [content["text/plain"] for content in output.contents]
    assert any("epoch 2 of 3, dev 20.00 %" in text for text in texts)
    assert all("left:" in text and "2 to go" in text for text in texts[:1])
    assert max(len(text.splitlines()) for text in texts) <= 3
    assert all(len(line) <= 80 for text in texts for line in text.splitlines())
    assert not any("<b>" in content["text/html"] for content in output.contents)
    assert output.contents[-1] == {"text/plain": "", "text/html": ""}
    assert "trials" not in "".join(capfd.readouterr())
    assert "&lt;b&gt;mine" in rows._repr_html_()


def test_what_failed_stays_in_the_output(outputs):
    cell = NotebookCell(lambda: "1 of 2")
    cell.start()
    cell.print("failed: <x>")
    cell.refresh()
    cell.stop()
    cell.refresh()
    (output,) = outputs
    assert [content["text/plain"] for content in output.contents] == ["1 of 2", "failed: <x>\n1 of 2", "failed: <x>"]
    assert output.contents[-1]["text/html"] == "<pre>failed: &lt;x&gt;</pre>"
