"""A run packed: the same results elsewhere, and words where their licence lets them travel."""

import json
import zipfile

import pytest
from program import called

from seqbench.registry.discovery import Registry
from seqbench.results.bundled_words import Terms
from seqbench.results.bundling import pack
from seqbench.results.unbundling import unpack


@pytest.fixture(scope="module")
def opened(folds, tmp_path_factory):
    """The run over folds after a journey with its words."""
    folder = tmp_path_factory.mktemp("bundle")
    done = pack(folds, folder / "run.zip", Registry.discover(), all_words=True)
    assert len(done.notes) == 3
    assert all("with words" in note for note in done.notes)
    return unpack(folder / "run.zip", folder / "theirs")


@pytest.mark.parametrize("command", [["compare"], ["show", "--per-tag", "--confusion", "a"]])
def test_the_run_says_elsewhere_what_it_said(folds, opened, command):
    here, there = (called(command[0], store.folder, *command[1:], "--format", "json") for store in (folds, opened))
    assert (there.returncode, there.stderr) == (0, "")
    assert json.loads(there.stdout) == json.loads(here.stdout)


def test_words_travel_to_errors_and_verify_finds_nothing_wrong(folds, opened):
    (folds.folder.parent / "corpus.conllu").rename(folds.folder.parent / "away.conllu")
    try:
        done = called("errors", opened.folder, "--limit", "500", "--format", "json")
        verified = called("verify", opened.folder)
    finally:
        (folds.folder.parent / "away.conllu").rename(folds.folder.parent / "corpus.conllu")
    assert done.stderr == ""
    suspects = json.loads(done.stdout)["suspects"]
    assert suspects
    assert all(suspect["words"] for suspect in suspects)
    assert {str(opened.folder) in suspect["file"] for suspect in suspects} == {True}
    assert verified.returncode == 0, verified.stdout


def test_data_of_unknown_licence_stay_at_home_which_is_said(folds, tmp_path):
    done = called("bundle", folds.folder, "--out", tmp_path / "run.zip")
    assert done.returncode == 0
    assert done.stderr.count("without words: no licence is known; --words packs them if you may pass them on") == 3
    with zipfile.ZipFile(tmp_path / "run.zip") as archive:
        assert not [name for name in archive.namelist() if "/words/" in name]
        assert str(folds.folder.parent) not in archive.read("run/run.json").decode()
    again = called("bundle", folds.folder, "--out", tmp_path / "run.zip")
    assert (again.returncode, again.stdout) == (2, "")


def test_the_same_run_gives_the_same_bundle(folds, tmp_path):
    both = [tmp_path / name / "run.zip" for name in "ab"]
    for path in both:
        path.parent.mkdir()
        pack(folds, path, Registry())
    assert both[0].read_bytes() == both[1].read_bytes()


def test_terms_are_those_of_the_registered_dataset():
    registry = Registry.discover()
    assert Terms.of("tutorial", registry).lets
    assert Terms.of("ud-english-ewt?fold=1/5", registry).text.startswith("CC-BY-SA-4.0")
    assert not Terms.of("./corpus.conllu", registry).lets
    assert not Terms.of("ud-english-ewt?train=./mine.conllu", registry).lets
    refused = [name for name, entry in registry.datasets.items() if "ND" in entry.about.licence.split("-")]
    assert refused
    assert not any(Terms.of(name, registry).lets for name in refused)
