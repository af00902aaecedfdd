"""The command line as a user meets it: exit codes, one clear message, tables on standard output."""

import gzip
import json
import os
import re
from pathlib import Path

import pytest
from program import SENTENCE, seqbench

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def corpus(tmp_path):
    file = tmp_path / "small.tsv"
    file.write_text(SENTENCE * 10)
    return file


def test_a_run_prints_its_table_and_can_be_shown_again(corpus, tmp_path):
    out = tmp_path / "run"
    done = seqbench("run", "--data", corpus, "--models", "baseline", "--device", "cpu", "--out", out, "--per-tag")
    assert done.returncode == 0, done.stderr
    assert re.search(r"baseline +100\.00", done.stdout)
    assert "baseline per tag" in done.stdout
    assert f"run folder: {out}" in done.stderr
    assert "the last 1 of 10 train sentences are test" in done.stderr
    shown = seqbench("show", out, "--confusion", "baseline")
    assert shown.stdout.splitlines()[:5] == done.stdout.splitlines()[:5]
    assert "gold (rows) and predicted (columns)" in shown.stdout


def test_quiet_leaves_standard_error_empty(corpus, tmp_path):
    done = seqbench("run", "--data", corpus, "--models", "baseline", "--device", "cpu", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in (next((tmp_path / "runs").iterdir())).iterdir() if path.is_file()] == ["run.json"]


def test_json_is_all_of_standard_output(corpus, tmp_path):
    done = seqbench(
        "run", "--data", corpus, "--models", "baseline", "--device", "cpu", "--out", tmp_path / "r", "--format", "json"
    )
    content = json.loads(done.stdout)
    assert content["rows"][0]["accuracy"]["mean"] == 1.0
    assert content["rows"][0]["seeds"] == [0]


def test_the_same_command_goes_on_where_it_ended(corpus, tmp_path):
    command = ("run", "--data", corpus, "--models", "baseline", "--device", "cpu", "--out", tmp_path / "r")
    first, second = seqbench(*command), seqbench(*command)
    assert first.stdout == second.stdout
    assert "1 of 1 trials are finished already and kept" in second.stderr


def test_a_failed_trial_is_exit_code_1_and_shown_with_its_reason(corpus, tmp_path):
    plugin = tmp_path / "bad.py"
    plugin.write_text(
        "from seqbench import hookimpl\n"
        "class Bad:\n"
        "    def fit(self, train, conditions): raise RuntimeError('out of luck')\n"
        "    def predict(self, sentences): return []\n"
        "@hookimpl\n"
        "def register_taggers(register): register('bad', Bad, 'bad')\n"
    )
    done = seqbench(
        "run",
        "--data",
        corpus,
        "--models",
        "bad,baseline",
        "--plugin",
        plugin,
        "--device",
        "cpu",
        "--out",
        tmp_path / "r",
    )
    assert done.returncode == 1
    assert "failed: bad, seed 0: plugin bad: RuntimeError: out of luck (bad.py:3)" in done.stdout
    assert re.search(r"baseline +100\.00", done.stdout)


def test_hyperparameters_come_from_spec_then_set_then_epochs(corpus, tmp_path):
    done = seqbench(
        "run", "--data", corpus, "--device", "cpu", "--out", tmp_path / "r", "--format", "json",
        "--models", "baseline,a=lstm-tutorial(epochs=1),b=lstm-tutorial,c=lstm-tutorial",
        "--set", "a.epochs=2", "--set", "b.epochs=2", "--epochs", "3",
    )  # fmt: skip
    specs = {row["model"]: row["spec"] for row in json.loads(done.stdout)["rows"]}
    assert [re.search(r"epochs=(\d)", specs[label])[1] for label in "abc"] == ["1", "2", "3"]
    assert "note: --epochs does not apply to baseline" in done.stderr


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


CONLLU = "1\tdog\tdog\tNOUN\t_\t_\t0\troot\t_\t_\n\n"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.tsv", "", "holds no sentence"),
        ("blank.tsv", "\n \n\t\n", "holds no sentence"),
        ("one.tsv", "dog\n\n" * 4, "has one column, expected at least two"),
        ("ragged.tsv", SENTENCE + "dog\tNN\tx\n", r"ragged\.tsv:5: 3 columns, expected 2 \(TAB, as in line 1\): 'dog"),
        ("hole.tsv", SENTENCE + "\tNN\n", r"hole\.tsv:5: column 1 is empty"),
        ("latin.tsv", b"the\tDET\ncaf\xe9\tNN\n", r"latin\.tsv:2: not UTF-8: byte 0xe9"),
        ("cut.tsv.gz", gzip.compress(SENTENCE.encode() * 999, mtime=0)[:-20], "broken gzip file"),
        ("notgz.tsv.gz", "the\tDET\n", "broken gzip file"),
        ("nine.conllu", CONLLU * 3 + "1\tdog\tdog\tNOUN\n", r"nine\.conllu:7: 4 columns, expected 10 \(CoNLL-U\): '1"),
        ("id.conllu", CONLLU.replace("1\t", "x\t"), r"id\.conllu:1: the ID must be like"),
        ("notags.conllu", CONLLU.replace("NOUN", "_") * 4, "has no upos tags"),
        ("few.tsv", SENTENCE, r"has too few sentences \(1 left\) to cut test"),
        ("two.tsv", SENTENCE * 2, r"has too few sentences \(1 left\) to cut dev"),
        ("odd.xyz", SENTENCE, "no reader is known for"),
    ],
)
def test_bad_input_is_one_message_exit_code_2_and_nothing_written(tmp_path, name, content, why):
    out = tmp_path / "run"
    done = seqbench(
        "run", "--data", written(tmp_path, name, content), "--models", "baseline", "--device", "cpu", "--out", out
    )
    assert done.returncode == 2, done.stderr
    assert re.search(why, done.stderr), done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--data", "./missing"], "no dataset or path is named './missing'"),
        (["--data", "tutoral"], "Did you mean 'tutorial'"),
        (["--data", "tutorial?x=1"], "no option of dataset tutorial is named 'x'"),
        (["--data", "CORPUS?tag=2"], "no option of a path is named 'tag'. Did you mean 'tags'"),
        (["--data", "CORPUS?tags=3"], "has no column '3'; choose a number from 1 to 2"),
        (["--data", "CORPUS?tags=1"], "must be different columns"),
        (["--data", "CORPUS?features=2"], "must be different columns"),
        (["--data", "CORPUS?reader=conlu"], "no reader is named 'conlu'. Did you mean 'conllu'"),
        (["--data", "CORPUS", "--data", "CORPUS"], "hold the same data"),
        (["--models", "ltsm"], "no tagger is named 'ltsm'. Did you mean 'lstm'"),
        (["--models", "lstm-tutorial(epoch=3)"], "no field of lstm-tutorial is named 'epoch'. Did you mean 'epochs'"),
        (["--models", "lstm-tutorial(epochs=0.5)"], "'epochs' of lstm-tutorial must be int, was: 0.5"),
        (["--models", "lstm(hidden_dim=0)"], "hidden_dim must be above 0, was: 0"),
        (["--models", "baseline,baseline"], "the label 'baseline' is used twice"),
        (["--models", "baseline,,"], "empty place"),
        (["--set", "lstn.epochs=3"], "no model of this run is named 'lstn'"),
        (["--set", "epochs"], "write LABEL.FIELD=VALUE"),
        (["--confusion", "lstm"], "no model of this run is named 'lstm'"),
        (["--device", "tpu"], "no device is named 'tpu'"),
        (["--device", "gpu"], "choose one of auto, cpu, cuda, cuda:N, mps; available here: cpu"),
        (["--device", "cuda", "--models", "gru"], "device 'cuda' is not available here; available: cpu"),
        (["--device", "cuda:1", "--models", "gru"], "device 'cuda:1' is not available here; available: cpu"),
        (["--seeds", "0"], "0 is not in the range"),
        (["--memory", "some"], "--memory must be a size such as 2G or 500M, was: 'some'"),
        (["--timeout", "0"], "0.0 is not in the range"),
        (["--plugin", "missing.py"], "there is no plugin file 'missing.py'"),
        (["--out", "/proc/nowhere"], "cannot use the run folder '/proc/nowhere'"),
        (["--out", "CORPUS/run"], "cannot use the run folder"),
        (["--frmat", "csv"], "No such option"),
    ],
)
def test_a_wrong_argument_is_one_message_and_exit_code_2(corpus, arguments, why):
    defaults = {"--data": "tutorial", "--models": "baseline", "--device": "cpu", "--out": str(corpus.parent / "run")}
    given = [argument.replace("CORPUS", str(corpus)) for argument in arguments]
    rest = [part for name, value in defaults.items() if name not in given for part in (name, value)]
    done = seqbench("run", *rest, *given, cwd=corpus.parent)
    assert done.returncode == 2, done.stderr
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (corpus.parent / "run" / "run.json").exists()


def test_an_unknown_command_is_answered_with_the_nearest():
    done = seqbench("rnu")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean 'run'" in done.stderr


def test_a_run_that_is_none_is_exit_code_2(tmp_path):
    done = seqbench("show", tmp_path)
    assert done.returncode == 2
    assert "is no run" in done.stderr


@pytest.mark.parametrize(
    "command", ["run", "show", "compare", "models", "datasets", "check", "plugins", "spans", "errors", "score"]
)
def test_help_has_examples(command):
    done = seqbench(command, "--help")
    assert done.returncode == 0
    assert "Examples:" in done.stdout


def test_a_model_is_described_with_its_fields():
    done = seqbench("models", "lstm")
    assert done.returncode == 0
    assert re.search(r"hidden_dim +int +128 +numbers of a hidden state", done.stdout)


def test_a_dataset_is_described_with_its_splits():
    done = seqbench("datasets", "tutorial")
    assert re.search(r"train +2 +9 +9 +3", done.stdout)
    assert "test is train" in done.stdout


def test_plugins_name_what_was_lost_and_why(tmp_path):
    plugin = written(tmp_path, "bad.py", "import nowhere\n")
    done = seqbench("plugins", "--plugin", plugin)
    assert done.returncode == 0
    assert re.search(r"bad .*LEFT OUT: ModuleNotFoundError: No module named 'nowhere'", done.stdout)


def test_the_readme_s_plugin_runs_as_it_says(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    source = re.findall(r"^```python\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)[0]
    assert len(source.splitlines()) < 30
    (command,) = re.findall(r"^\$ seqbench (run --plugin .*)$", readme, re.MULTILINE)
    written(tmp_path, "suffix.py", source)
    arguments = command.replace("'", "").split()
    done = seqbench(*arguments, "--data", "tutorial", "--device", "cpu", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "short" in done.stdout


def test_plugins_of_the_environment_come_before_those_of_the_command_and_each_once(tmp_path):
    files = [written(tmp_path, f"{name}.py", "") for name in ("first", "second", "third")]
    listed = os.pathsep.join(map(str, files[:2]))
    done = seqbench("plugins", "--plugin", files[1], "--plugin", files[2], SEQBENCH_PLUGINS=listed)
    assert re.findall(r"^(first|second|third)\b", done.stdout, re.MULTILINE) == ["first", "second", "third"]
    missing = seqbench("models", SEQBENCH_PLUGINS="nowhere.py")
    assert (missing.returncode, missing.stderr) == (2, "seqbench: there is no plugin file 'nowhere.py'\n")
