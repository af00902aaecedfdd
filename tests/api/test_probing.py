"""seqbench.probe: the numbers of `seqbench probe`."""

import inspect
import json
from pathlib import Path

from program import called

import seqbench
from seqbench.api.probing import ProbeOptions
from seqbench.cli.commands.probe import command

PROBE = "probe-echo?tokens=200&symbols=2"


def test_the_profile_is_that_of_the_command():
    small = ("--up-to", "2", "--seeds", "1", "--epochs", "1", "--device", "cpu", "-q", "--format", "json")
    done = called("probe", "--probes", PROBE, "--models", "baseline", *small, "--out", "by-command")
    profile = seqbench.probe(
        "baseline", probes=[PROBE], up_to=2, seeds=1, epochs=1, device="cpu", out="by-python", picture="profile.svg"
    )
    assert json.loads(json.dumps(profile.as_json())) == json.loads(done.stdout)
    assert repr(profile) == f"{PROBE}, hardest delay that baseline masters: none"
    assert profile.notes
    assert "<svg" in Path("profile.svg").read_text()


def test_python_takes_every_option_of_the_command_line():
    options = {parameter.name for parameter in command.params} - {"form", "legend", "wide"}
    ours = {*ProbeOptions.__annotations__, *inspect.signature(seqbench.probe).parameters} - {"options"}
    assert ours == options
