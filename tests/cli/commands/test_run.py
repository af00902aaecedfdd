"""`seqbench run` as a user meets it: tables on standard output, one clear message for what is wrong, exit codes."""

import gzip
import json
import re
from statistics import fmean

import numpy as np
import pytest
from program import SENTENCE, called, seqbench

from seqbench.results.store import Store


@pytest.fixture
def corpus(tmp_path):
    file = tmp_path / "small.tsv"
    file.write_text(SENTENCE * 10)
    return file


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_run_prints_its_table_and_can_be_shown_again(corpus, tmp_path):
    out = tmp_path / "run"
    done = called("run", "--data", corpus, "--models", "baseline", "--device", "cpu", "--out", out, "--per-tag")
    assert done.returncode == 0, done.stderr
    assert re.search(r"baseline +100\.00", done.stdout)
    assert "baseline per tag" in done.stdout
    assert f"run folder: {out}" in done.stderr
    assert "the last 1 of 10 train sentences are test" in done.stderr
    shown = called("show", out, "--confusion", "baseline")
    assert shown.stdout.splitlines()[:5] == done.stdout.splitlines()[:5]
    assert "gold (rows) and predicted (columns)" in shown.stdout


def test_quiet_leaves_standard_error_empty(corpus, tmp_path):
    done = called("run", "--data", corpus, "--models", "baseline", "--device", "cpu", "--quiet", cwd=tmp_path)
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
    first, second = called(*command), called(*command)
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
    done = called(
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
    done = called(
        "run", "--data", corpus, "--device", "cpu", "--out", tmp_path / "r", "--format", "json",
        "--models", "baseline,a=lstm-tutorial(epochs=1),b=lstm-tutorial,c=lstm-tutorial",
        "--set", "a.epochs=2", "--set", "b.epochs=2", "--epochs", "3",
    )  # fmt: skip
    specs = {row["model"]: row["spec"] for row in json.loads(done.stdout)["rows"]}
    assert [re.search(r"epochs=(\d)", specs[label])[1] for label in "abc"] == ["1", "2", "3"]
    assert "note: --epochs does not apply to baseline" in done.stderr


CONLLU = "1\tdog\tdog\tNOUN\t_\t_\t0\troot\t_\t_\n\n"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.tsv", "", "holds no sentence"),
        ("blank.tsv", "\n \n\t\n", "holds no sentence"),
        ("one.tsv", "dog\n\n" * 4, "has one column, expected at least two"),
        ("ragged.tsv", SENTENCE + "dog\tNN\tx\n", r"ragged\.tsv:5: 3 columns, expected 2 \(TAB, as in line 1\): 'dog"),
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
    done = called(
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
        (["--data", "CORPUS?tag=2"], "no option of a path that is read as columns is named 'tag'. Did you mean 'tags'"),
        (["--data", "CORPUS?tags=3"], "has no column '3' for tags; choose a number from 1 to 2"),
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
        (["--seeds", "0"], "--seeds must be a number (3), a range (3-5) or a list (0,2,7), was: '0'"),
        (["--memory", "some"], "--memory must be a size such as 2G or 500M, was: 'some'"),
        (["--timeout", "0"], "0.0 is not in the range"),
        (["--plugin", "missing.py"], "there is no plugin file 'missing.py'"),
        (["--out", "/proc/nowhere"], "cannot use the run folder '/proc/nowhere'"),
        (["--out", "CORPUS/run"], "cannot use the run folder"),
        (["--frmat", "csv"], "has no option '--frmat'; did you mean '--format'"),
    ],
)
def test_a_wrong_argument_is_one_message_and_exit_code_2(corpus, arguments, why):
    defaults = {"--data": "tutorial", "--models": "baseline", "--device": "cpu", "--out": str(corpus.parent / "run")}
    given = [argument.replace("CORPUS", str(corpus)) for argument in arguments]
    rest = [part for name, value in defaults.items() if name not in given for part in (name, value)]
    done = called("run", *rest, *given, cwd=corpus.parent)
    assert done.returncode == 2, done.stderr
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (corpus.parent / "run" / "run.json").exists()


def test_folds_and_sizes_end_in_one_table_a_curve_and_corrected_tests(two_corpora, tmp_path):
    options = ["--models", "baseline,majority", "--folds", "3", "--train-sizes", "10,all", "--out", tmp_path / "run"]
    done = called("run", "--data", two_corpora / "one.tsv", *options, "-q")
    assert done.returncode == 0, done.stderr
    assert "one, 3 folds: test accuracy in %, mean ± standard deviation of 3 folds" in done.stdout
    assert re.search(r"one, 3 folds: test accuracy in % by sentences of train\n\nmodel +10 +all \(\d+\)", done.stdout)
    assert "one, 3 folds, accuracy: on other samples of such data" in done.stdout
    test = "corrected resampled t test, 3 splits (after Nadeau and Bengio 2003)"
    assert test not in done.stdout  # which `compare` prints
    assert test in called("compare", tmp_path / "run").stdout
    content = json.loads(called("show", tmp_path / "run", "--format", "json").stdout)
    assert len(content["rows"]) == 12
    (over,) = [c for c in content["comparisons"] if c["dataset"] == "one, 3 folds"]
    assert over["question"] == "splits"
    whole = [row for row in content["rows"] if "train-size" not in row["dataset"]]
    first, second = (
        fmean(row["accuracy"]["mean"] for row in whole if row["model"] == model) for model in ("baseline", "majority")
    )
    assert over["difference"] == pytest.approx(first - second)


def test_a_failed_split_is_shown_and_never_averaged_away(two_corpora, tmp_path):
    plugin = written(
        tmp_path,
        "moody.py",
        "from seqbench import hookimpl\n"
        "class Moody:\n"
        "    def fit(self, train, conditions):\n"
        "        if 'a0' in train.sentences.vocabulary[:3]: raise ValueError('not today')\n"
        "        self.tag = train.tags.vocabulary[0]\n"
        "    def predict(self, sentences): return [[self.tag] * len(s) for s in sentences]\n"
        "@hookimpl\ndef register_taggers(register): register('moody', Moody, 'fails on some data')\n",
    )
    options = ["--models", "baseline,moody", "--plugin", plugin, "--resplits", "4", "--out", tmp_path / "run", "-q"]
    done = called("run", "--data", two_corpora / "one.tsv", *options)
    assert done.returncode == 1
    assert re.search(r"^moody +- ", done.stdout, re.MULTILINE)
    assert re.search(r"failed: moody, seed 0: one, resplit \d: plugin .*not today", done.stdout)


def test_documents_stay_together_in_folds_and_a_group_of_nothing_is_refused(tmp_path):
    text = "".join(f"-DOCSTART- X\n\nw{n} X\n\nv{n} Y\n\n" for n in range(30))
    (tmp_path / "whole.txt").write_text(text)
    options = ["--data", tmp_path / "whole.txt", "--models", "baseline", "--group", "document"]
    done = called("run", *options, "--folds", "3", "--out", tmp_path / "run", "-q", "--format", "csv")
    assert done.returncode == 0, done.stderr
    starts = [np.load(file)["document_starts"].tolist() for file in sorted((tmp_path / "run" / "data").glob("*.npz"))]
    assert sorted(map(len, starts)) == [10, 10, 11]  # a document that the end of dev or test cuts in two is two
    alone = called("run", *options)
    assert (alone.returncode, "add --folds K or --resplits N" in alone.stderr) == (2, True)


def test_folds_and_random_splits_together_are_refused(corpus):
    done = called("run", "--data", corpus, "--folds", "3", "--resplits", "3")
    assert done.returncode == 2
    assert "choose one" in done.stderr


def test_fresh_runs_everything_again(tmp_path):
    command = ("run", "--data", "tutorial", "--models", "baseline,p=perceptron(epochs=2)", "--seeds", "2", "--device",
               "cpu", "--quiet", "--out", tmp_path / "run")  # fmt: skip

    def written_at():
        return {path.name: path.stat().st_mtime_ns for path in (tmp_path / "run/trials").iterdir()}

    called(*command)
    before = written_at()
    assert len(before) == 2 * 3
    called(*command)
    assert written_at() == before
    called(*command, "--fresh")
    assert written_at().keys() == before.keys()
    assert all(after > before[name] for name, after in written_at().items())


def test_budgets_and_their_absence_are_different_trials(tmp_path):
    command = ("run", "--data", "tutorial", "--models", "baseline", "--device", "cpu", "-q", "--out", tmp_path / "run")
    called(*command)
    called(*command, "--budget", "60s")
    budgets = [record.identity.get("budget") for record in Store(tmp_path / "run").finished_trials()]
    assert sorted(budgets, key=bool) == [None, 60.0]


def test_seeds_may_be_named(tmp_path):
    options = ("--models", "perceptron(epochs=1)", "--data", "tutorial", "--out", tmp_path / "run", "-q")
    done = called("run", "--seeds", "3-4,7", *options, "--format", "json")
    assert json.loads(done.stdout)["rows"][0]["seeds"] == [3, 4, 7]
    again = called("rerun", tmp_path / "run")
    assert (again.returncode, "3 trials repeated" in again.stdout) == (0, True)
    assert "--seeds must be a number" in called("run", "--seeds", "x", *options).stderr


@pytest.mark.parametrize(("options", "why"), [
    (["--until", "soon"], "--until takes 'decided'"), (["--max-seeds", "5"], "add --until decided"),
    (["--until", "decided", "--seeds", "3"], "leave out --seeds"), (["--until", "1", "--folds", "3"], "one test set"),
    (["--until", "decided", "--models", "baseline"], "name two or more"),
])  # fmt: skip
def test_options_that_do_not_go_with_until_are_refused(options, why):
    told = called("run", *([] if "--models" in options else ["--models", "baseline,b=baseline"]), *options)
    assert (told.returncode, why in told.stderr) == (2, True), told.stderr
