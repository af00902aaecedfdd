"""What commands print of runs at their end, and the exit code that says whether all trials finished."""

import json

import pytest
from runs import registry_of, run_of
from samples import Constant, Seeded

from seqbench.cli.printing import Wanted, check_labels, print_results
from seqbench.errors import UsageError


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    registry = registry_of(constant=Constant, seeded=Seeded)
    return run_of(tmp_path_factory.mktemp("run"), registry, "constant", "seeded", seeds=2)


def printed(capsys, store, form="table", registry=registry_of, **wanted):
    code = print_results([store], Wanted(form, **wanted), registry)
    return code, capsys.readouterr().out


def test_without_comparisons_no_plugin_is_asked_for(store, capsys):
    def nobody():
        raise AssertionError("no plugin is needed")

    code, out = printed(capsys, store, registry=nobody)
    assert code == 0
    assert "sample: test accuracy in %, mean ± standard deviation of 2 seeds" in out
    assert "who is best?" not in out


def test_comparisons_follow_the_tables_if_they_are_wanted_and_never_as_csv(store, capsys):
    assert "sample: who is best?" in printed(capsys, store, compared=True)[1]
    assert "what is better or worse than seeded?" in printed(capsys, store, compared=True, against="seeded")[1]
    csv = printed(capsys, store, "csv", compared=True)[1]
    assert [line.split(",")[1] for line in csv.splitlines()] == ["model", "constant", "seeded"]


def test_json_holds_rows_and_comparisons(store, capsys):
    content = json.loads(printed(capsys, store, "json")[1])
    assert [row["model"] for row in content["rows"]] == ["constant", "seeded"]
    assert len(content["comparisons"]) == 2


def test_confusions_and_scores_per_tag_are_those_that_are_wanted(store, capsys):
    out = printed(capsys, store, confusion=["seeded"], per_tag=True)[1]
    assert "sample: seeded, gold (rows) and predicted (columns), summed over 2 seeds" in out
    assert out.count(" per tag, in %") == 2


def test_a_trial_that_is_not_finished_is_exit_code_1(tmp_path, capsys):
    registry = registry_of(constant=Constant, bad="no_such_package:Tagger")
    code, out = printed(capsys, run_of(tmp_path / "run", registry, "constant", "bad"))
    assert code == 1
    assert "failed: bad, seed 0: plugin samples: tagger 'bad' of plugin" in out


def test_options_of_a_command_say_what_is_wanted():
    given = {"form": "csv", "confusion": ("a",), "per_tag": True}
    assert Wanted.of(given, compared=True) == Wanted("csv", ["a"], per_tag=True, compared=True)
    assert Wanted.of({**given, "against": "b"}, compared=False).against == "b"


def test_a_label_of_no_model_is_answered_with_the_nearest():
    check_labels(["a"], ["a", "b"])
    with pytest.raises(UsageError, match=r"no model of this run is named 'basline'. Did you mean 'baseline'\?"):
        check_labels(["basline"], ["baseline"])
