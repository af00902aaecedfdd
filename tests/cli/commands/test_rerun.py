"""A run says all that it takes to repeat it, is repeated, and is held against what lies in its folder."""

import json

import pytest
from program import SENTENCE, called

from seqbench.cli.commands import rerun
from seqbench.cli.commands.run import command as run
from seqbench.errors import StoreError, UsageError

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


def test_a_run_tells_what_it_was_made_with(folder):
    manifest = json.loads((folder / "run/run.json").read_text())
    assert {"python", "torch", "numpy", "click", "python-crfsuite"} <= set(manifest["versions"])
    assert "ruff" not in manifest["versions"]
    assert manifest["machine"]["cores"] >= 1
    assert manifest["folder"] == "../"
    (plugin,) = manifest["plugins"]
    assert (plugin["distribution"], len(plugin["sha256"])) == ("seqbench", 64)


def test_data_may_lie_elsewhere(tmp_path):
    (here := tmp_path / "here.tsv").write_text(20 * SENTENCE)
    called("run", "--models", "baseline", "--data", here, "--out", tmp_path / "run", "-q")
    (tmp_path / "elsewhere").mkdir()
    there = here.rename(tmp_path / "elsewhere" / "here.tsv")
    done = called("rerun", tmp_path / "run", "--data", there)
    assert (done.returncode, "no numbers differ" in done.stdout) == (0, True)
    assert "takes as many" in called("rerun", tmp_path / "run", "--data", there, "--data", there).stderr


def test_a_run_whose_seeds_were_chosen_by_looking_is_repeated_with_its_rule(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\nran\tV\n\n" * 10)
    models = ["--data", "./small.tsv", "--models", "perceptron(epochs=1),b=perceptron(epochs=2)"]
    assert called("run", *models, "--until", "decided", "--max-seeds", "5", "--out", "run", "-q").returncode == 0
    again = called("rerun", "run")
    assert (again.returncode, "repeated in" in again.stdout) == (0, True)
    records = [json.loads((tmp_path / folder / "run.json").read_text()) for folder in ("run", "run-again")]
    assert [record["until"] for record in records] == [{"rule": "decided", "most": 5}] * 2
    assert len({len(record["trials"]) for record in records}) == 1
