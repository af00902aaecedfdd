"""`seqbench models`: which taggers there are, and what one is and can be set to."""

import json
import re

import pytest
from program import called
from samples import Constant, dataset

from seqbench import hookimpl
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.running.request import RunRequest, plan_of


def test_every_tagger_is_listed_with_its_summary_and_plugin():
    rows = json.loads(called("models", "--format", "json").stdout)
    registered = Registry.discover().taggers
    assert [row["model"] for row in rows] == sorted(registered)
    for row in rows:
        entry = registered[row["model"]]
        assert (row["summary"], row["plugin"]) == (entry.summary, entry.plugin.name)
        assert row["default"] == ("yes" if entry.default else "")


def test_a_model_is_described_with_its_fields():
    done = called("models", "lstm")
    assert done.returncode == 0
    assert re.search(r"hidden_dim +int +128 +numbers of a hidden state", done.stdout)


def test_a_model_is_described_with_its_source_and_what_it_can_do(tmp_path):
    plugin = tmp_path / "mine.py"
    plugin.write_text(
        "from seqbench import hookimpl\n\nclass Mine:\n    '''Tags nothing.'''\n"
        "    def fit(self, train, conditions): pass\n    def predict(self, sentences): return []\n"
        "@hookimpl\ndef register_taggers(register): register('mine', Mine, 'of my own')\n"
    )
    described = called("models", "mine", "--plugin", plugin).stdout
    assert described.startswith(f"mine: of my own\nplugin 'mine' ({plugin})\nsource {plugin}:3\n")
    assert "offers fit and predict alone" in described
    assert "Tags nothing." in described
    assert "It has no hyperparameters." in described


def test_fields_alone_are_printed_for_machines():
    (field,) = json.loads(called("models", "lstm-tutorial", "--format", "json").stdout)[:1]
    assert set(field) == {"field", "type", "default", "meaning"}


def test_a_misspelt_name_is_answered_with_the_nearest_one():
    done = called("models", "basline")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'baseline'?" in done.stderr


def test_several_models_are_described_one_after_the_other():
    done = called("models", "hmm", "majority")
    assert re.search(r"^hmm: .*^majority: ", done.stdout, re.DOTALL | re.MULTILINE)
    fields = json.loads(called("models", "hmm", "lstm-tutorial", "--format", "json").stdout)
    assert {field["model"] for field in fields} == {"hmm", "lstm-tutorial"}
    assert json.loads(called("models", "majority", "--format", "json").stdout) == []


def test_a_model_fits_80_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for arguments in (["models"], ["models", "lstm"], ["plugins"]):
        lines = called(*arguments).stdout.splitlines()
        assert [line for line in lines if len(line) > 80 and not line.startswith("source")] == []


class Needy:
    @hookimpl
    def register_taggers(self, register):
        register("mine", Constant, "of my own", needs={"no_such_module": "mine[more]", "json": "json"})


def test_a_model_that_needs_what_is_not_installed_is_marked():
    registry = Registry()
    registry.add(Needy(), "needy")
    assert registry.tagger("mine").summary_with_needs == "of my own (MISSING: pip install 'mine[more]')"


def test_it_is_refused_before_anything_runs():
    registry = Registry()
    registry.add(Needy(), "needy")
    with pytest.raises(UsageError, match=r"^'mine' needs what is not installed: pip install 'mine\[more\]'$"):
        plan_of(RunRequest(models=["mine"], data=[dataset()]), registry, lambda _note: None)
