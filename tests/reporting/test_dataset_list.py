"""The list of datasets."""

import json

from seqbench import About
from seqbench.registry.entries import Entry, Plugin
from seqbench.reporting.dataset_list import dataset_list

ABOUT = About(task="pos", language="eo", licence="CC0-1.0", sizes={"train": (2, 9), "test": (1, 1)})


def test_a_list_has_what_is_known_without_loading():
    (row,) = json.loads(
        dataset_list({"small": Entry("dataset", "small", "x:y", "a small one", Plugin("mine"), about=ABOUT)}, "json")
    )
    assert row == {"dataset": "small", "task": "pos", "language": "eo", "tokens": "10", "licence": "CC0-1.0",
                   "summary": "a small one", "default": "", "plugin": "mine"}  # fmt: skip
