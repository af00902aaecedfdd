"""Descriptions of models: for people what they can do, for machines a row for each hyperparameter."""

import json

from runs import registry_of
from samples import Constant

from seqbench.cli.model_description import described


def test_a_model_is_described_with_what_it_can_do_and_where_it_stands():
    entry = registry_of(constant=Constant).tagger("constant")
    text = described([entry], "table")
    assert text.startswith(f"constant: {entry.summary}\nplugin ")
    assert "samples.py:" in text


class Wordy(Constant):
    """One line.

    A paragraph whose first line of the source is short,
    and the second too.

    - a list
    - stays
    """


def test_a_paragraph_is_wrapped_anew_and_a_list_stays(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    text = described([registry_of(wordy=Wordy).tagger("wordy")], "table")
    assert "\nA paragraph whose first line of the source is short, and the second too.\n" in text
    assert "\n- a list\n- stays\n" in text


def test_of_several_models_each_row_names_its_model():
    registry = registry_of(one=Constant, two=Constant)
    rows = json.loads(described([registry.tagger("one"), registry.tagger("two")], "json"))
    assert [(row["model"], row["field"]) for row in rows] == [("one", "tag"), ("two", "tag")]
    assert set(rows[0]) == {"model", "field", "type", "default", "meaning"}
