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


def test_the_changelog_has_a_part_for_it():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## .*{re.escape(__version__)}", changelog, re.MULTILINE)
