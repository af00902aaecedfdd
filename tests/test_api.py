"""seqbench.run: a comparison from Python, with factories of this process."""

import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pandas as pd
import pytest
from samples import Constant, Seeded, dataset

import seqbench
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
    run(models=["baseline", "majority"], listeners=[Listener()])
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
        ({"models": {"baseline": Constant}}, "'baseline' is registered already, by 'seqbench-plugins'"),
        ({"models": {"my tagger": Constant}}, "'my tagger' cannot be a name"),
        ({"models": "baselin"}, "Did you mean 'baseline'"),
        ({"models": ["baseline", "baseline"]}, "a label is used twice"),
        ({"data": "nowhere", "models": "baseline"}, "no dataset or path is named 'nowhere'"),
    ],
)
def test_what_does_not_fit_is_a_usage_error(given, why):
    with pytest.raises(UsageError, match=why):
        run(**given)


def test_the_door_is_loaded_when_it_is_used():
    code = "import sys, seqbench\nassert 'numpy' not in sys.modules\nseqbench.run\nassert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
