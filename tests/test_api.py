"""seqbench.run: a comparison from Python, with factories of this process."""

import inspect
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pandas as pd
import pytest
from program import seqbench as program
from samples import Constant, Seeded, dataset
from sklearn.tree import DecisionTreeClassifier

import seqbench
from seqbench import Corpus, Dataset
from seqbench.cli.commands.run import command
from seqbench.errors import UsageError


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def run(**given):
    return seqbench.run(**{"data": dataset(), "device": "cpu", "out": "run", **given})


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


def test_what_is_registered_is_reused(capsys):
    class Listener:
        todo = None

        @seqbench.hookimpl
        def run_started(self, trials):
            Listener.todo = len(trials)

    run(models="baseline,majority")
    run(models=["baseline", "majority"], reporters=[Listener()])
    assert Listener.todo == 0
    assert capsys.readouterr() == ("", "")


def test_rows_become_a_data_frame():
    frame = pd.DataFrame(run(models={"mine": Seeded}, seeds=2))
    assert frame["accuracy"].dtype == float
    assert frame.loc[0, "accuracy_std"] >= 0
    assert frame.loc[0, "parameters"] is None


class Cells(HTMLParser):
    """The text of cells; a tag from a label would be seen as one."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.texts.append(data.strip())


def test_a_notebook_shows_an_escaped_table():
    rows = run(models={"<script>x</script>": Constant, "b&b": "baseline"}, data=dataset("<b>data</b>"))
    shown = Cells()
    shown.feed(rows._repr_html_())
    assert {"table", "td"} <= shown.tags
    assert not {"script", "b"} & shown.tags
    assert {"<script>x</script>", "b&b"} <= set(shown.texts)
    assert "accuracy" in repr(rows)


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


@dataclass(kw_only=True)
class Needy(Constant):
    length: int


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"models": {"mine": Constant()}}, "must be a class or another factory: write lambda: Constant"),
        ({"models": {"mine": Needy}}, "must need no arguments: write lambda: Needy"),
        ({"models": {"tree": DecisionTreeClassifier()}}, r"wrap it with seqbench.adapters: lambda: PerToken\(Decision"),
        ({"models": {"tree": DecisionTreeClassifier}}, r"wrap it with seqbench.adapters: lambda: PerToken\(Decision"),
        ({"models": [DecisionTreeClassifier()]}, "'DecisionTreeClassifier' is an estimator, no tagger; wrap it"),
        ({"models": DecisionTreeClassifier()}, "'DecisionTreeClassifier' is an estimator, no tagger; wrap it"),
        ({"models": [Constant]}, "models are specs, or a mapping of labels to specs and factories"),
        ({"models": "baseline", "data": ["tutorial", "tutorial"]}, "hold the same data .*; leave one out"),
        ({"models": "baseline", "data": [dataset(), dataset("other")]}, "hold the same data"),
        ({"models": "baseline", "folds": 2, "resplits": 2}, "choose one"),
        ({"models": "baseline", "against": "nobody"}, "no model of this run is named 'nobody'"),
        ({"models": "baseline", "memory": "much"}, "memory must be a size such as 2G"),
        ({"models": {"mine": Constant}, "jobs": 2}, "known to this process only"),
        ({"models": "baselin"}, "Did you mean 'baseline'"),
        ({"models": ["baseline", "baseline"]}, "the label 'baseline' is used twice"),
        ({"data": "nowhere", "models": "baseline"}, "no dataset or path is named 'nowhere'"),
    ],
)
def test_what_does_not_fit_is_a_usage_error(given, why):
    with pytest.raises(UsageError, match=why):
        run(**given)


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


def test_what_the_command_line_would_have_said_is_kept():
    rows = run(models="baseline", data="tutorial", epochs=2)
    assert rows.notes[0] == "note: --epochs does not apply to baseline"
    assert rows.notes[1].startswith("warning: tutorial: test is train")


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
