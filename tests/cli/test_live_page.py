"""`report --live`: the page is made again as trials finish, and says why where it cannot be made."""

import io
import re
from time import sleep

import pytest
from loopback import get
from program import called

from seqbench.cli.live_page import serve_page
from seqbench.errors import StoreError


class Browser:
    """Standard input of the process: when it is read, a browser looks; then it ends."""

    def __init__(self, capture, name):
        self.capture, self.name, self.answer = capture, name, ""

    def read(self, _size):
        while not (address := re.search(r"http\S+", self.capture())):
            sleep(0.01)
        while not self.answer or "being made" in self.answer:
            self.answer = get(address[0] + self.name).text
        return ""


@pytest.fixture
def run(tmp_path):
    assert called("run", "--data", "tutorial", "--models", "baseline", "--out", "r", cwd=tmp_path).returncode == 0
    return tmp_path / "r"


def lookup(monkeypatch, name):
    """A browser that gets one answer of the server, whose address it reads where users do."""
    printed = io.StringIO()
    monkeypatch.setattr("seqbench.cli.live_page.echo", printed.write)
    monkeypatch.setattr("sys.stdin", browser := Browser(printed.getvalue, name))
    monkeypatch.setattr("os.nice", lambda _by: 0)
    return browser


def test_what_is_finished_is_shown(run, monkeypatch):
    browser = lookup(monkeypatch, "page")
    serve_page([run], lambda: "<p>finished", while_input=True)
    assert browser.answer == "<p>finished"


@pytest.mark.parametrize(
    ("error", "said"), [(StoreError("run.json is torn"), "run.json is torn"), (KeyError("gone"), "KeyError: 'gone'")]
)
def test_a_page_that_cannot_be_made_is_told(run, monkeypatch, error, said):
    def fails():
        raise error

    browser = lookup(monkeypatch, "state")
    serve_page([run], fails, while_input=True)
    assert f"1 of 1 trial finished; the page could not be made: {said}" in browser.answer


def test_live_goes_with_no_file(run):
    done = called("report", run, "--live", "--out", "page.html")
    assert (done.returncode, done.stderr.count("give one of them")) == (2, 1)
