"""seqbench.run: a comparison from Python, with factories of this process."""

import inspect
import subprocess
import sys
from dataclasses import dataclass, field

import pytest
from program import seqbench as program
from python_run import run
from samples import Constant, Seeded, dataset

import seqbench
from seqbench import Corpus, Dataset
from seqbench.cli.commands.run import command
from seqbench.errors import UsageError


def test_factories_and_specs_stand_side_by_side():
    rows = run(models={"mine": lambda: Constant(tag="V"), "class": Constant, "base": "baseline"})
    assert [(row["model"], row["spec"]) for row in rows] == [
        ("mine", "mine"),
        ("class", "class(tag='NN')"),
        ("base", "baseline"),
    ]
    assert [row["accuracy"] for row in rows[:2]] == [pytest.approx(2 / 6), pytest.approx(3 / 6)]
    assert rows.folder.name == "run"


def test_a_factory_is_called_for_each_trial_and_nothing_of_it_is_reused():
    made = []

    def factory():
        made.append(Seeded())
        return made[-1]

    fitted = lambda: [tagger for tagger in made if hasattr(tagger, "random")]  # noqa: E731
    assert run(models={"mine": factory}, seeds=3)[0]["seeds"] == 3
    assert len(fitted()) == 3
    run(models={"mine": factory}, seeds=3)
    assert len(fitted()) == 6


def test_a_failed_trial_is_a_row_and_not_an_exception():
    class Faulty(Constant):
        def fit(self, train, conditions):
            raise RuntimeError("out of luck")

    rows = run(models={"bad": Faulty, "good": Constant})
    assert [row["status"] for row in rows] == ["failed", "finished"]
    assert rows[0]["accuracy"] is None
    assert "RuntimeError: out of luck" in str(rows)


def test_defaults_that_no_spec_can_hold_do_not_matter():
    @dataclass(kw_only=True)
    class Odd(Constant):
        thing: object = field(default_factory=object)

    assert run(models={"odd": Odd})[0]["status"] == "finished"


def test_a_label_may_be_that_of_an_installed_tagger_or_hold_blanks():
    rows = run(models={"baseline": lambda: Constant(tag="V"), "my tagger": Constant, "usual": "baseline"})
    assert [row["model"] for row in rows] == ["baseline", "my tagger", "usual"]
    assert [row["status"] for row in rows] == ["finished"] * 3
    assert rows[0]["accuracy"] == pytest.approx(2 / 6)


def test_two_datasets_of_one_name_are_told_apart_or_named(tmp_path):
    for place, text in {"a/small.tsv": "x\tA\n\n" * 9, "b/small.tsv": "y\tB\n\n" * 9}.items():
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).write_text(text)
    rows = run(models="baseline", data=["a/small.tsv", "b/small.tsv", "grammar?seed=1", "grammar?seed=2"])
    assert [row["dataset"] for row in rows] == ["a/small", "b/small", "grammar?seed=1", "grammar?seed=2"]
    shown = program("show", rows.folder, cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    named = run(models="baseline", data=["first=a/small.tsv", "b/small.tsv"], out="named")
    assert [row["dataset"] for row in named] == ["first", "small"]


def test_two_datasets_of_one_name_that_nothing_tells_apart_are_refused():
    other = Corpus.encode([["a"]], [["NN"]])
    with pytest.raises(UsageError, match="2 datasets are called 'sample' and hold different data; name them"):
        run(models="baseline", data=[dataset(), Dataset.of("sample", train=other, test=other)])


def test_options_have_their_effect(tmp_path):
    (tmp_path / "small.tsv").write_text("".join(f"w{i}\tA\nv{i % 3}\tB\n\n" for i in range(30)))
    rows = run(models="perceptron,usual=baseline", data="small.tsv", folds=3, settings={"perceptron.epochs": 1},
               against="usual", jobs=2)  # fmt: skip
    assert len(rows) == 6
    assert all("epochs=1" in row["spec"] for row in rows if row["model"] == "perceptron")
    assert all("usual" in (c["a"], c["b"]) for c in rows.comparisons)
    assert {c["question"] for c in rows.comparisons} == {"model", "learner", "splits"}


def test_rows_have_other_analyses_of_the_same_predictions(tmp_path):
    (tmp_path / "small.tsv").write_text("".join(f"w{i % 7}\tA\nv{i % 3}\t{'AB'[i % 2]}\n\n" for i in range(30)))
    (pair,) = run(models="majority,baseline", data="small.tsv").multiverse
    assert {pair["a"], pair["b"]} == {"majority", "baseline"}
    assert 0 < pair["holds"] <= pair["analyses"]


def test_python_takes_every_option_of_the_command_line():
    printing = {"form", "wide", "legend", "rows", "confusion", "per_tag"}
    of_files = {"plan", "save_plan", "dry_run"}
    options = {parameter.name for parameter in command.params} - printing - of_files
    assert set(inspect.signature(seqbench.run).parameters) == options


def test_the_door_is_loaded_when_it_is_used():
    code = "import sys, seqbench\nassert 'numpy' not in sys.modules\nseqbench.run\nassert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
