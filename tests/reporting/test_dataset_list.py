"""The list of datasets."""

import json

from seqbench import About
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry, Plugin
from seqbench.reporting.dataset_list import dataset_list
from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.table import TERMINAL

ABOUT = About(task="pos", language="eo", licence="CC0-1.0", sizes={"train": (2, 9), "test": (1, 1)})


def test_a_list_has_what_is_known_without_loading():
    (row,) = json.loads(
        dataset_list({"small": Entry("dataset", "small", "x:y", "a small one", Plugin("mine"), about=ABOUT)}, "json")
    )
    assert row == {"dataset": "small", "task": "pos", "language": "eo", "tokens": "10", "licence": "CC0-1.0",
                   "summary": "a small one", "default": "", "plugin": "mine"}  # fmt: skip


def test_in_80_columns_a_list_keeps_names_whole_and_says_what_it_leaves_out():
    entries = Registry.discover(points=()).datasets
    lines = dataset_list(entries, Form(TERMINAL, Layout(width=80))).splitlines()
    assert [line.split()[0] for line in lines[2:-2] if not line.startswith(" ")] == sorted(entries)
    assert max(map(len, lines)) <= 80
    assert lines[-1] == "not shown: licence, summary, default, plugin (--wide, --format json)"


def test_a_short_list_says_what_each_dataset_is():
    entries = {name: entry for name, entry in Registry.discover(points=()).datasets.items() if "legal" in name}
    text = dataset_list(entries, Form(TERMINAL, Layout(width=80)))
    assert all(entry.summary in text for entry in entries.values())
    assert "not shown: default, plugin" in text
