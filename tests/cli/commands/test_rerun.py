"""A run says all that it takes to repeat it, is repeated, and is held against what lies in its folder."""

import json

import numpy as np
import pytest
from msgspec.structs import replace

from seqbench.cli.commands import rerun, verify
from seqbench.cli.commands.run import command as run
from seqbench.errors import StoreError, UsageError
from seqbench.results.store import Store

TAGGER = """
import json
from pathlib import Path
from seqbench import hookimpl

class Told:
    def fit(self, train, conditions): self.tag = Path("tag.txt").read_text()
    def predict(self, sentences): return [[self.tag] * len(s) for s in sentences]

@hookimpl
def register_taggers(register): register("told", Told, "reads its tag from a file that no key knows of")
"""


def call(command, *arguments):
    return command.main(list(map(str, arguments)), standalone_mode=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\nran\tV\n\n" * 10)
    monkeypatch.chdir(tmp_path)
    call(run, "--data", "./small.tsv", "--models", "baseline,perceptron", "--seeds", "2", "--out", "run", "--quiet")
    return tmp_path


def test_a_repeated_run_gives_the_same_numbers(folder, capsys, monkeypatch):
    (folder / "elsewhere").mkdir()
    monkeypatch.chdir(folder / "elsewhere")  # paths of the run start where it was started
    capsys.readouterr()
    assert call(rerun.command, "../run") == 0
    assert "3 trials repeated" in capsys.readouterr().out
    assert len(list((folder / "run-again/trials").glob("*.json"))) == 3


def test_numbers_that_differ_are_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\nran\tV\n\n" * 10)
    (tmp_path / "told.py").write_text(TAGGER)
    (tmp_path / "tag.txt").write_text("NN")
    call(run, "--data", "./small.tsv", "--models", "told", "--plugin", "told.py", "--out", "run", "--quiet")
    (tmp_path / "tag.txt").write_text("V")
    capsys.readouterr()
    assert call(rerun.command, "run", "--plugin", "told.py", "--format", "csv") == 1
    told = capsys.readouterr().out
    assert "small,told,0,predictions that differ,0,3" in told
    assert "accuracy,0" not in told  # one tag of three is right either way


@pytest.fixture
def strange(folder):
    """A run whose plan was forged."""

    def forge(**planned):
        path = folder / "run/run.json"
        manifest = json.loads(path.read_text())
        path.write_text(json.dumps({**manifest, "plan": {**manifest["plan"], **planned}}))
        return folder

    return forge


def test_a_plugin_of_a_strangers_run_is_never_run_unless_the_user_names_it(strange, capsys):
    folder = strange(plugin=["evil.py"])
    (folder / "evil.py").write_text("open('harm', 'w')")
    with pytest.raises(UsageError, match="whose code would be run: look .* seqbench rerun run --plugin evil.py"):
        call(rerun.command, "run")
    assert not (folder / "harm").exists()


def test_a_plugin_that_is_not_the_one_of_then_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\nran\tV\n\n" * 10)
    (tmp_path / "told.py").write_text(TAGGER)
    (tmp_path / "tag.txt").write_text("NN")
    call(run, "--data", "./small.tsv", "--models", "told", "--plugin", "told.py", "--out", "run", "--quiet")
    (tmp_path / "told.py").write_text(TAGGER + "open('harm', 'w')\n")
    with pytest.raises(UsageError, match=r"plugin file '.*told.py' is not the one that this run was made with"):
        call(rerun.command, "run", "--plugin", "told.py")
    assert not (tmp_path / "harm").exists()


def test_what_acts_in_a_strangers_plan_is_not_done(strange, capsys):
    folder = strange(**{"save-plan": "bashrc", "executor": "ray:evil.example:10001", "reporter": ["mlflow(uri='x')"]})
    assert call(rerun.command, "run") == 0
    assert not (folder / "bashrc").exists()


@pytest.mark.parametrize("planned", [{"seeds": -1}, {"seeds": "many"}, {"models": 3}, {"set": [1]}, {"budget": "x"}])
def test_a_plan_that_is_none_is_one_message(strange, planned):
    strange(**planned)
    with pytest.raises(StoreError, match=r"the plan in run.json of 'run' cannot be read: Expected .* - at `\$"):
        call(rerun.command, "run")


def test_a_run_that_does_not_say_how_is_not_repeated(folder):
    path = folder / "run/run.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "plan": None}))
    with pytest.raises(UsageError, match="does not say how to repeat it"):
        call(rerun.command, "run")


def test_a_run_is_not_repeated_into_itself(folder):
    with pytest.raises(UsageError, match="--out must be another folder"):
        call(rerun.command, "run", "--out", "run")


def test_an_honest_run_is_verified(folder, capsys):
    assert call(verify.command, "run") == 0
    assert "3 finished trials, no differences" in capsys.readouterr().out


def score(store, record):
    store.write_trial(replace(record, scores={**record.scores, "accuracy": 0.5}), store.trial_arrays(record))


def predictions(store, record):
    arrays = {**store.trial_arrays(record)}
    arrays["predicted"] = np.zeros_like(arrays["predicted"])
    store.write_trial(record, arrays)


def bytes_of_predictions(store, record):
    store.trial_path(record, ".npz").write_bytes(b"nothing")


def identity(store, record):
    store.write_trial(replace(record, identity={**record.identity, "threads": 8}), store.trial_arrays(record))


def gold(store, _record):
    (data,) = (store.folder / "data").glob("*.json")
    record = store.dataset(data.stem)
    arrays = {**store.dataset_arrays(record)}
    arrays["gold"] = arrays["gold"][::-1].copy()
    store.write_dataset(record, arrays)


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (score, "baseline, seed 0, on small: accuracy is not what its predictions give: 0.5 is kept, 1.0 comes out"),
        (predictions, "baseline, seed 0, on small: the confusion matrix is not that of its predictions"),
        (bytes_of_predictions, "is not the file that"),
        (identity, "baseline, seed 0, on small: what determines it does not give its key"),
        (gold, "dataset small: the gold tags that lie here are not those of its corpus"),
    ],
)
def test_whatever_was_changed_is_found(folder, capsys, forge, why):
    store = Store(folder / "run")
    (record,) = store.finished_trials("baseline-*")
    forge(store, record)
    assert call(verify.command, "run") == 1
    assert why in capsys.readouterr().out


def test_a_corpus_that_is_gone_is_said_and_is_no_difference(folder, capsys):
    (folder / "small.tsv").unlink()
    assert call(verify.command, "run") == 0
    assert "its gold tags were not compared with its corpus" in capsys.readouterr().err


def test_a_run_tells_what_it_was_made_with(folder):
    manifest = json.loads((folder / "run/run.json").read_text())
    assert {"python", "torch", "numpy", "click", "python-crfsuite"} <= set(manifest["versions"])
    assert "ruff" not in manifest["versions"]
    assert manifest["machine"]["cores"] >= 1
    assert manifest["folder"] == "../"
    (plugin,) = manifest["plugins"]
    assert (plugin["distribution"], len(plugin["sha256"])) == ("seqbench", 64)
