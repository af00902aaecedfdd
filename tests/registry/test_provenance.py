"""Where results come from: versions, commits, and the contents of files."""

import subprocess

import pytest
from distributions import install_editable, write
from samples import Constant

from seqbench.registry.entries import Entry, Plugin
from seqbench.registry.provenance import commit_of, contents_of, described, versions


@pytest.fixture
def git(tmp_path):
    """Gives what git answers in a new repository."""

    def git(*command):
        identity = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
        command = ["git", "-C", tmp_path, *identity, *command]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    return git


def test_the_commit_of_a_local_plugin_and_its_changes_are_told(tmp_path, git):
    file = tmp_path / "plugin.py"
    assert commit_of(file) is None
    git("init", "-q")
    file.write_text("a = 1\n")
    git("add", ".")
    git("commit", "-qm", "first")
    assert commit_of(file) == git("rev-parse", "HEAD")
    file.write_text("a = 2\n")
    assert commit_of(file) == git("rev-parse", "HEAD") + "+changes"


def test_contents_are_those_of_a_file_or_of_all_files_of_a_folder_with_their_places(tmp_path):
    one, same, moved, edited = (
        write(tmp_path / name, files)
        for name, files in {
            "one": {"a.txt": "1", "part/b.txt": "2"},
            "same": {"part/b.txt": "2", "a.txt": "1"},
            "moved": {"a.txt": "1", "b.txt": "2"},
            "edited": {"a.txt": "1", "part/b.txt": "3"},
        }.items()
    )
    assert contents_of(one) == contents_of(same)
    assert len({contents_of(folder) for folder in (one, moved, edited)}) == 3
    assert contents_of(one / "a.txt") == contents_of(moved / "a.txt") != contents_of(moved / "b.txt")


def test_versions_are_of_python_and_all_that_a_distribution_needs_without_tools_of_its_development():
    known = versions()
    assert {"python", "seqbench", "numpy", "scikit-learn", "torch", "scipy"} <= set(known)
    assert "ruff" not in known
    assert versions(["seqbench-no-such-distribution"])["seqbench-no-such-distribution"] is None


def test_a_plugin_is_described_with_the_code_of_the_taggers_that_were_used(tmp_path, monkeypatch):
    site = tmp_path / "site-packages"
    monkeypatch.syspath_prepend(site)
    install_editable(site, tmp_path / "project", {"described_window.py": ""})
    monkeypatch.syspath_prepend(tmp_path / "project")
    plugin = Plugin("window", "seqbench-window", "1.0", module="described_window")
    first, second = (Entry("tagger", name, "described_window:Window", "", plugin) for name in ("first", "second"))
    about = described(plugin, [first, second])
    assert about["sha256"] == described(plugin, [second, first])["sha256"] != described(plugin, [first])["sha256"]
    assert (about["name"], about["distribution"], about["version"]) == ("window", "seqbench-window", "1.0")
    assert (about["place"], about["commit"]) == (str(tmp_path / "project"), None)


def test_what_is_installed_to_stay_has_no_place():
    assert "place" not in described(Plugin("mine"), [Entry("tagger", "mine", Constant, "", Plugin("mine"))])
