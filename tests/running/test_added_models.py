"""Models that are added to a run: the same as if the run had been asked for all of them at once."""

import json

import pytest
from program import SENTENCE, called

import seqbench
from seqbench import StoreError, UsageError

COMMON = ("--data", "small.tsv", "--seeds", "2", "--epochs", "1", "-q")
ADDED = ("--models", "perceptron,majority", "-q")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.tsv").write_text(20 * SENTENCE)
    return tmp_path


@pytest.fixture
def part(place):
    assert called("run", *COMMON, "--models", "baseline", "--out", "part").returncode == 0
    return place / "part"


def trials(folder):
    """The trials that a run names, in its order, with their keys, and the files that hold them."""
    named = json.loads((folder / "run.json").read_text())["trials"]
    return named, sorted(path.name for path in (folder / "trials").glob("*"))


def test_the_run_is_the_one_that_a_single_command_makes(part, place):
    whole = called("run", *COMMON, "--models", "baseline,perceptron,majority", "--out", "whole", "--format", "json")
    (place / "elsewhere").mkdir()
    done = called("run", "--add", "../part", *ADDED, "--format", "json", cwd=place / "elsewhere")
    assert done.returncode == 0, done.stderr
    assert trials(part) == trials(place / "whole")
    rows = [[(row["model"], row["spec"], row["accuracy"], row["macro_f1"]) for row in json.loads(text.stdout)["rows"]]
            for text in (done, whole)]  # fmt: skip
    assert rows[0] == rows[1]
    assert [name for name, *_ in rows[0]] == ["baseline", "perceptron", "majority"]


def test_a_run_with_added_models_is_repeated_and_verified(part, place):
    (place / "elsewhere").mkdir()
    called("run", "--add", "../part", *ADDED, cwd=place / "elsewhere")
    assert called("verify", "part").returncode == 0
    done = called("rerun", "part")
    assert (done.returncode, "4 trials repeated" in done.stdout, "no numbers differ" in done.stdout) == (0, True, True)


def test_python_adds_models_to_a_run_too(part, place):
    called("run", *COMMON, "--models", "baseline,perceptron,majority", "--out", "whole")
    rows = seqbench.run(models=["perceptron", "majority"], add="part")
    assert [row["model"] for row in rows] == ["baseline", "perceptron", "majority"]
    assert trials(part) == trials(place / "whole")


def test_models_are_added_to_a_run_that_was_made_from_python(place):
    seqbench.run(models={"first": "baseline"}, data="small.tsv", out="part", device="cpu")
    assert called("run", "--add", "part", "--models", "majority", "-q").returncode == 0
    assert seqbench.open_run("part").models == ["first", "majority"]


def test_settings_and_a_model_to_compare_with_are_those_of_the_call(part):
    options = ("--models", "p=perceptron", "--set", "p.epochs=2", "--against", "baseline", "--format", "json", "-q")
    content = json.loads(called("run", "--add", "part", *options).stdout)
    assert content["rows"][1]["spec"].startswith("perceptron(epochs=2,")
    assert {(c["a"], c["b"]) for c in content["comparisons"]} == {("baseline", "p")}
    assert "'nobody'" in called("run", "--add", "part", "--models", "majority", "--against", "nobody", "-q").stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--seeds", "1"], "--add takes --seeds from the run, which has 2, was: 1; leave it out"),
        (["--data", "tutorial"], "--add takes --data from the run, which has "),
        (["--epochs", "3"], "--add takes --epochs from the run, which has 1, was: 3"),
        (["--scheme", "IOB2"], "--add takes --scheme, --policy and --without-type from the run"),
        (["--out", "other"], "leave --out out"),
        (["--models", "baseline=majority"], "the run has baseline under the label 'baseline' already; give majority"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_contradicts_the_run_is_refused_in_one_sentence(part, options, message):
    before = trials(part)
    models = [] if "--models" in options else ["--models", "majority"]
    done = called("run", "--add", part, *models, *options, "-q")
    assert done.returncode == 2
    assert message in done.stderr
    assert trials(part) == before


def test_another_spec_of_one_label_is_refused_with_the_fields_that_differ(place):
    assert called("run", *COMMON, "--models", "p=perceptron", "--out", "part").returncode == 0
    done = called("run", "--add", "part", "--models", "p=perceptron(epochs=2)", "-q")
    assert "the run has perceptron(epochs=1) under the label 'p' already; give perceptron(epochs=2)" in done.stderr


def test_a_dry_run_only_says_what_there_is_to_do(part):
    before = trials(part)
    done = called("run", "--add", part, *ADDED, "--dry-run")
    assert (done.returncode, "3 trials, 0 finished, 3 to run" in done.stdout) == (0, True)
    assert trials(part) == before


def test_what_agrees_with_the_run_may_be_said_again(part):
    assert called("run", "--add", "part", "--models", "majority", *COMMON).returncode == 0


def test_models_have_to_be_named_and_a_run_has_to_be_there(part):
    assert "--add takes the models that are added" in called("run", "--add", "part", "-q").stderr
    assert "is no run" in called("run", "--add", "nothing", *ADDED).stderr


def test_python_refuses_what_contradicts_the_run(part):
    with pytest.raises(UsageError, match="--add takes --seeds from the run, which has 2, was: 5"):
        seqbench.run(models="majority", add="part", seeds=5)
    with pytest.raises(UsageError, match="leave out out"):
        seqbench.run(models="majority", add="part", out="other")


def test_data_that_have_changed_are_refused(part, place):
    (place / "small.tsv").write_text(21 * SENTENCE)
    with pytest.raises(StoreError, match="small is not what it was when 'part' was made"):
        seqbench.run(models="majority", add="part")
