"""Models that older versions kept are still loaded, and tag as they did then."""

import json
from pathlib import Path

import pytest
from kept import loaded

FIXTURES = Path(__file__).parents[1] / "fixtures"
OLDER = [folder for version in sorted(FIXTURES.glob("models-of-*")) for folder in version.iterdir() if folder.is_dir()]


@pytest.mark.parametrize("folder", OLDER, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_model_of_an_older_version_tags_as_it_did(folder):
    expected = json.loads((folder.parent / "expected.json").read_text())
    assert loaded(folder).predict(expected["words"]) == expected["tags"][folder.name]


def test_there_is_a_model_of_each_version():
    assert {folder.parent.name for folder in OLDER} == {"models-of-0.1.0"}
