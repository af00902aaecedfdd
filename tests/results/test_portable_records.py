"""Records hold no absolute path, and all that is said of a run is found again after it was moved with its data."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from program import SENTENCE, called

from seqbench.cli import main
from seqbench.results.portable_records import portable_json

ROOT = Path(__file__).parents[2]
TAGGER = """
from dataclasses import dataclass
from typing import Annotated
from pathlib import Path
from seqbench import Contents, hookimpl

@dataclass(kw_only=True)
class Reading:
    file: Annotated[str, Contents()] = ""
    notes = (f"read {str(Path(__file__))!r}",)

    def fit(self, train, conditions):
        self.tag = Path(self.file).read_text()

    def predict(self, sentences):
        return [[self.tag] * len(sentence) for sentence in sentences]

@hookimpl
def register_taggers(register):
    register("reading", Reading, "")
"""


def laid_out(folder):
    """A folder with data, a plugin and a file that a spec names; runs are begun in its folder `project`."""
    place = folder / "place"
    for name in ("project", "corpora/small"):
        (place / name).mkdir(parents=True)
    for split in ("train", "dev", "test"):
        (place / f"corpora/small/{split}.tsv").write_text(SENTENCE * 3)
    (place / "project/mine.py").write_text(TAGGER)
    (place / "project/tag.txt").write_text("NN")
    return place


@pytest.fixture
def place(tmp_path):
    return laid_out(tmp_path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """Such a folder, in which the first run was made; for tests that change nothing in it, or a copy of it."""
    place = laid_out(tmp_path_factory.mktemp("begun"))
    called(*first(place), cwd=place / "project")
    return place


@pytest.fixture
def seqbench(monkeypatch, capsys):
    """Gives exit code, standard output and standard error of a command begun in a folder."""

    def seqbench(cwd, *arguments):
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["seqbench", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code, *capsys.readouterr()

    return seqbench


def texts(value):
    """Every text in a JSON value, keys included."""
    if isinstance(value, dict):
        yield from (text for item in value.items() for part in item for text in texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in texts(part))
    elif isinstance(value, str):
        yield value


def absolute_paths(run, place):
    """Texts of a run's records that are absolute paths, or hold one of this machine."""
    files = list(run.rglob("*.json"))
    assert files
    everything = {text for file in files for text in texts(json.loads(file.read_text()))}
    known = [str(place), str(ROOT), str(Path.home()), str(Path(os.__file__).parent)]
    return {text for text in everything if text.startswith("/") or any(path in text for path in known)}


def first(place):
    """The options of a run: all its paths are absolute, one names a file that is not there."""
    file = place / "project/tag.txt"
    models = f"baseline,reading(file={str(file)!r}),lost=reading(file='{place}/gone.txt')"
    data = ["--data", place / "corpora/small", "--models", models, "--plugin", place / "project/mine.py"]
    return ["run", *data, "--device", "cpu", "--out", place / "runs/first"]


def test_a_run_holds_no_absolute_path_of_its_author(place, seqbench):
    label = f"reading(file={str(place / 'project/tag.txt')!r})"
    code, out, error = seqbench(place / "project", *first(place), "--confusion", label)
    assert code == 1, error
    assert "small: reading(file='./tag.txt'), gold (rows) and predicted (columns)" in out
    assert absolute_paths(place / "runs/first", place) == set()
    manifest = json.loads((place / "runs/first/run.json").read_text())
    assert (manifest["folder"], manifest["datasets"][0]["source"]) == ("../../project", "../../corpora/small")
    assert (manifest["plan"]["plugin"], manifest["plan"]["data"]) == (["./mine.py"], ["../corpora/small"])
    assert [model["label"] for model in manifest["models"]] == ["baseline", "reading(file='./tag.txt')", "lost"]


def test_a_failure_names_modules_from_their_package(begun):
    (path,) = (begun / "runs/first/trials").glob("lost*.failed.json")
    failure = json.loads(path.read_text())["failure"]
    assert failure["error"].startswith("FileNotFoundError: [Errno 2] No such file or directory: '../gone.txt'")
    lines = "\n".join(failure["traceback"])
    assert '  File "seqbench/running/trial.py"' in lines
    assert '  File "./mine.py"' in lines


def test_a_run_that_was_moved_with_its_data_is_read_verified_and_repeated(begun, tmp_path, seqbench):
    moved = shutil.copytree(begun, tmp_path / "moved")
    further = [moved / "runs/first", "--plugin", moved / "project/mine.py"]
    code, out, error = seqbench(tmp_path, "errors", *further)
    assert (code, error) == (0, "")
    assert "known" in out
    assert seqbench(tmp_path, "verify", *further)[:2] == (0, "2 finished trials, no differences\n")
    _, out, error = seqbench(tmp_path, "rerun", *further)
    assert out.startswith("2 trials repeated"), error
    assert absolute_paths(moved / "runs/first-again", moved) == set()


def test_a_run_that_was_moved_alone_finds_its_data_from_the_current_folder_or_says_what_to_do(
    begun, tmp_path, seqbench
):
    place = shutil.copytree(begun, tmp_path / "place")
    run = tmp_path / "far/away/runs/first"
    run.parent.mkdir(parents=True)
    shutil.move(place / "runs/first", run)
    further = [run, "--plugin", place / "project/mine.py"]
    error = seqbench(tmp_path, "errors", *further)[2]
    assert "cannot be read again from '../../corpora/small'" in error
    assert "start the command in a folder from which this path leads to it" in error
    (place / "runs/other").mkdir()
    assert seqbench(place / "runs/other", "errors", *further)[2] == ""
    code, _, error = seqbench(tmp_path, "rerun", *further)
    assert code == 2
    assert "no dataset or path is named '../corpora/small'" in error
    assert f"Paths of this run start from {str(tmp_path)!r}: bring '../corpora/small' back there, or start" in error
    _, out, error = seqbench(place / "project", "rerun", *further)
    assert out.startswith("2 trials repeated"), error


def test_the_same_command_in_another_place_has_the_same_keys_and_resumes(begun, tmp_path, seqbench):
    trials = {path.name for path in (begun / "runs/first/trials").glob("*.json")}
    moved = shutil.copytree(begun, tmp_path / "moved")
    assert "2 of 3 trials are finished already and kept" in seqbench(moved / "project", *first(moved))[2]
    assert {path.name for path in (moved / "runs/first/trials").glob("*.json")} == trials


def test_scored_predictions_hold_no_absolute_path_either(place, seqbench):
    gold, train = (place / f"corpora/small/{split}.tsv" for split in ("test", "train"))
    out = place / "runs/scored"
    code, _, error = seqbench(place / "project", "score", gold, f"theirs={gold}", "--train", train, "--out", out)
    assert code == 0, error
    assert absolute_paths(out, place) == set()
    code, _, error = seqbench(place, "verify", out)
    assert (code, error) == (0, "")


def test_a_search_holds_no_absolute_path_either(place, seqbench):
    command = ["tune", "--data", place / "corpora/small", "--models", "perceptron", "--trials", "1", "--device", "cpu"]
    code, _, error = seqbench(place / "project", *command, "--out", place / "runs/tuned")
    assert code == 0, error
    assert absolute_paths(place / "runs/tuned", place) == set()
    assert str(place) not in (place / "runs/tuned/tuning.journal").read_text()


def test_a_run_that_was_begun_far_from_its_data_and_folder_holds_neither(place, seqbench):
    command = ["run", "--data", place / "corpora/small", "--models", "baseline", "--device", "cpu"]
    code, _, error = seqbench("/", *command, "--out", place / "runs/far")
    assert code == 0, error
    assert absolute_paths(place / "runs/far", place) == set()


def test_what_the_data_say_and_what_a_key_hashes_is_never_changed(tmp_path):
    record = {
        "tags": [str(tmp_path)],
        "identity": {"spec": str(tmp_path), "code": {"module": str(tmp_path)}},
        "label": str(tmp_path),
        "scores": {"per_tag": [{"tag": str(tmp_path), "f1": 1.0}]},
        "notes": [f"read {tmp_path}/x"],
        "threads": 3,
        "budget": None,
    }
    assert portable_json(record, tmp_path)["notes"] == ["read ./x"]
    assert portable_json({**record, "notes": []}, tmp_path) == {**record, "notes": []}
