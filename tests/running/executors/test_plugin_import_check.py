"""Plugins from outside are looked at in processes of their own, and loaded here only where they must be."""

import os
import re

import pytest
from bad_plugins import plugin

from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import parse
from seqbench.running.executors.plugin_import_check import ImportCheck


@pytest.fixture
def check():
    with ImportCheck(Registry()) as check:
        yield check


def test_a_plugin_of_taggers_is_not_run_in_the_process_of_the_run(tmp_path, check):
    first = "import pathlib; pathlib.Path(__file__).with_suffix('.log').open('a').write(f'{os.getpid()} ')"
    check.add_files([plugin(tmp_path, "one", {"first": first})])
    model = check.resolve(parse("mine=one"))
    assert (model.label, model.spec, model.deterministic) == ("mine", "one", False)
    assert str(os.getpid()) not in (tmp_path / "one.log").read_text().split() != []
    with pytest.raises(Exception, match="only worker processes load it"):
        model.build()


def test_a_wrong_field_is_the_users_mistake_wherever_the_plugin_is_loaded(tmp_path, check):
    check.add_files([plugin(tmp_path, "one")])
    with pytest.raises(UsageError, match="one has no field 'size', nor any other"):
        check.resolve(parse("one(size=3)"))
    with pytest.raises(UsageError, match="no plugin file"):
        check.add_files([tmp_path / "none.py"])


def test_a_plugin_that_hangs_at_import_is_left_out(tmp_path):
    registry = Registry()
    with ImportCheck(registry, timeout=6.0) as check:
        check.add_files([plugin(tmp_path, "one", {"first": "time.sleep(99)"}), plugin(tmp_path, "two")])
    assert [loss.reason for loss in registry.losses] == ["it takes too long to load"]
    assert set(registry.taggers) == {"two"}


def test_a_name_that_is_taken_is_refused_here_too(tmp_path, check):
    (tmp_path / "other").mkdir()
    check.add_files([plugin(tmp_path, "one"), plugin(tmp_path / "other", "one")])
    assert re.search("tagger 'one' is registered already, by 'one' ", check.registry.losses[0].reason)


def test_a_plugin_that_also_listens_is_loaded_in_the_process_of_the_run(tmp_path, check):
    file = plugin(tmp_path, "one")
    file.write_text(file.read_text() + "\nHEARD = []\n@hookimpl\ndef run_started(run): HEARD.append(run)\n")
    check.add_files([file])
    assert type(check.resolve(parse("one")).entry.load()).__name__ == "type"
