"""The live page of a run: a process of its own, which ends with the run."""

import json

import pytest
from loopback import get

from seqbench.errors import SeqbenchError
from seqbench.serving.live.beside_run import live_page


def test_the_page_is_there_while_the_run_is_and_no_longer(tmp_path):
    said = []
    (tmp_path / "run").mkdir()
    with live_page(tmp_path / "run", said.append):
        address = said[0].removeprefix("live page: ")
        state = json.loads(get(address + "state").text)
    assert (state["number"], state["over"]) == (0, False)
    with pytest.raises(ConnectionRefusedError):
        get(address + "state")


def test_a_process_that_does_not_start_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(SeqbenchError, match="--live may be left out"), live_page(tmp_path, print):
        pass
