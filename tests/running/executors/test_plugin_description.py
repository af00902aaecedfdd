"""What a worker tells of plugin files and models, as plain data."""

import json

import pytest
from bad_plugins import plugin
from climber import climber_file
from runs import registry_of
from samples import Constant

from seqbench.errors import PluginError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.running.executors.plugin_description import described, model, plugin_file

LISTENING = "\n@hookimpl\ndef run_started(run): pass\n"


def raising(error):
    def raises():
        raise error

    return raises


def test_what_is_found_is_told_and_so_is_what_went_wrong():
    assert described(lambda: {"more": False}) == {"say": "found", "more": False}
    assert described(raising(UsageError("no field"))) == {"say": "found", "refused": "no field"}
    assert described(raising(PluginError("broken"))) == {"say": "found", "lost": "broken"}
    assert described(raising(SystemExit(3)))["lost"].startswith("SystemExit: 3")


def test_a_file_tells_its_taggers_and_whether_it_is_more_than_taggers(tmp_path):
    file = plugin(tmp_path, "one")
    assert plugin_file(Registry(), file) == {"taggers": [["one", "bad", False]], "more": False}
    file.write_text(file.read_text() + LISTENING)
    assert plugin_file(Registry(), file)["more"] is True


def test_a_file_that_is_lost_is_an_error_with_the_reason(tmp_path):
    file = plugin(tmp_path, "one", {"first": "raise RuntimeError('not today')"})
    with pytest.raises(PluginError, match="RuntimeError: not today"):
        plugin_file(Registry(), file)


def test_a_model_is_told_with_its_spec_and_ranges_as_json_can_hold_them(tmp_path):
    described_model = model(Registry.discover([climber_file(tmp_path)]), "climber(steps=50)")
    plain = json.loads(json.dumps(described_model))
    assert (plain["spec"], plain["deterministic"]) == ("climber(height=0.5, kind='a', steps=50)", False)
    assert plain["ranges"]["height"]["low"] == 0.0
    assert plain["ranges"]["kind"]["choices"] == ["a", "b"]


def test_a_model_made_of_others_tells_its_parts():
    class Made(Constant):
        parts = ("constant(tag='V')",)

    described_model = model(registry_of(made=Made, constant=Constant), "made")
    assert [part["spec"] for part in described_model["parts"]] == ["constant(tag='V')"]
    assert described_model["deterministic"] is True
