"""`seqbench serve`: who may be let in, what is missing, and a whole life of a server."""

import json
import signal
import subprocess
import sys
import urllib.request

import pytest
from kept import kept
from program import called


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return kept("hmm", tmp_path_factory.mktemp("models") / "hmm")


def test_another_host_takes_a_token(model):
    done = called("serve", model, "--host", "192.0.2.1")
    assert (done.returncode, "give a --token" in done.stderr) == (2, True)


def test_a_folder_that_is_no_model_is_said(tmp_path):
    assert called("serve", tmp_path).returncode == 2


def test_a_missing_extra_is_named(model, monkeypatch):
    monkeypatch.setitem(sys.modules, "seqbench.serving.http.application", None)
    done = called("serve", model)
    assert (done.returncode, "seqbench[serve]" in done.stderr) == (2, True)


def test_a_server_answers_logs_and_ends_when_it_is_told_to(model):
    command = [sys.executable, "-W", "error", "-m", "seqbench", "serve", model, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        address = server.stdout.readline().removeprefix("serving on ").strip()
        asked = urllib.request.Request(  # noqa: S310 -- the address is our own
            f"{address}/tag", b'{"text": "The dog"}', {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
            tags = json.load(answer)["models"]["hmm"]["tags"]
        server.send_signal(signal.SIGTERM)
        _, log = server.communicate(timeout=30)
    assert tags == [["DET", "NN"]]
    assert server.returncode == 0
    (event,) = map(json.loads, log.splitlines())
    assert {"method": "POST", "path": "/tag", "status": 200, "tokens": 2}.items() <= event.items()
