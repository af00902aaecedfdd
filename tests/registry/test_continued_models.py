"""Models whose training begins with a kept one: what must be as it was there, for a tagger of any plugin."""

import json
from dataclasses import dataclass
from typing import Annotated

import pytest

from seqbench import Contents, Continues, UsageError
from seqbench.contracts.hyperparameters import fields_of
from seqbench.registry.continued_models import refuse_others
from seqbench.registry.specs import Spec


@dataclass(kw_only=True)
class Further:
    """A stranger's tagger, as far as its fields go."""

    vectors: Annotated[str, "a file", Contents()] = ""
    size: Annotated[int, "a size"] = 3
    rate: Annotated[float, "how fast"] = 0.1
    parent: Annotated[str, "a kept model", Contents(), Continues(("ra*",))] = ""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "model.json").write_text(json.dumps({"spec": "further(vectors='../a/v.txt', rate=0.5)", "seed": 1}))
    return str(tmp_path)


def refused(folder, name="further", **fields):
    values = {"vectors": "b/v.txt", "size": 3, "rate": 0.1, "parent": folder, **fields}
    refuse_others(Spec("m", name, {}), fields_of(Further), values)


def test_the_same_fields_pass_wherever_files_lie_and_so_do_free_ones_and_no_model_at_all(folder):
    refused(folder)  # a field that the kept spec lacks had its default
    refused(folder, rate=7.0)
    refused("", size=9)


def test_another_value_file_or_tagger_is_refused_with_both(folder):
    for fields, sentence in (
        ({"size": 4}, "size=3, and this one has size=4; set size=3, or leave parent out"),
        ({"vectors": "b/w.txt"}, r"vectors='../a/v.txt', and this one has vectors='b/w.txt'; set"),
        ({"name": "other"}, "the tagger 'further', and this one is 'other'"),
    ):
        with pytest.raises(UsageError, match=f"^m: parent='.*' is a model with {sentence}"):
            refused(folder, **fields)


@pytest.mark.parametrize("content", [None, "{", "{}", '{"spec": 1}', '{"spec": "("}'])
def test_a_folder_without_a_readable_record_is_no_model(tmp_path, content):
    if content is not None:
        (tmp_path / "model.json").write_text(content)
    with pytest.raises(UsageError, match="^m: parent='.*' is no kept model: "):
        refused(str(tmp_path))
