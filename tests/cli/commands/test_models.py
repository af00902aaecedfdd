"""`seqbench models`: which taggers there are, and what one is and can be set to."""

import json
import re

from program import called

from seqbench.registry.discovery import Registry


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
    assert "able   fit and predict alone" in described
    assert "Tags nothing." in described
    assert "It has no hyperparameters." in described


def test_fields_alone_are_printed_for_machines():
    (field,) = json.loads(called("models", "lstm-tutorial", "--format", "json").stdout)[:1]
    assert set(field) == {"field", "type", "default", "meaning"}


def test_a_misspelt_name_is_answered_with_the_nearest_one():
    done = called("models", "basline")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'baseline'?" in done.stderr
