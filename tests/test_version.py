"""The version is the same wherever it is told."""

import re
from pathlib import Path

from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager
from program import called

import seqbench
from seqbench.version import __version__

ROOT = Path(__file__).resolve().parents[1]


def test_it_is_that_of_the_package_and_of_the_program():
    assert seqbench.__version__ == __version__
    assert called("--version").stdout == f"seqbench {__version__}\n"


def test_it_is_that_of_a_distribution_that_is_built_from_here():
    assert ProjectMetadata(str(ROOT), PluginManager()).version == __version__


def test_the_changelog_keeps_its_form_and_begins_with_what_is_to_come_or_with_this_version():
    """The form of keepachangelog.com: parts for versions with their day, kinds of changes in them, entries in these."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    parts = re.findall(r"^## (.*)", changelog, re.MULTILINE)
    assert all(re.fullmatch(r"\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", part) for part in parts)
    assert parts[0] == "[Unreleased]" or parts[0].startswith(f"[{__version__}]")
    kinds = re.findall(r"^### (.*)", changelog, re.MULTILINE)
    assert kinds
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
