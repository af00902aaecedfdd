"""Plots for a terminal: what they draw stands in them, within the width, and nothing is drawn of nothing."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as with_fields
from program import called
from result_rows import results_of, row_of, summary_of
from runs import registry_of, run_of
from samples import Constant

from seqbench.data.split_options import SIZE
from seqbench.reporting.layout import Layout
from seqbench.reporting.plots import plots
from seqbench.reporting.row_confusions import row_answers
from seqbench.reporting.text_width import width
from seqbench.results.listing import list_runs
from seqbench.results.rows import read_results
from seqbench.scoring.tag_scores import frequent_pairs

PLAIN = Layout(width=60)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    registry = registry_of(constant=Constant)
    return run_of(tmp_path_factory.mktemp("run"), registry, "constant", "模型=constant(tag='V')")


def drawn(run, kind):
    listing = list_runs([run])
    return list(plots(kind, listing, read_results(listing), PLAIN))


def test_accuracy_by_cost_names_the_models_that_no_other_beats(run):
    (text,) = drawn(run, "pareto")
    assert text.startswith("sample: test accuracy in % by CPU seconds of training\n\n")
    assert "no other is as good in less time: " in text
    assert "constant" in text.rpartition("less time: ")[2]
    assert "\x1b" not in text


def test_confusions_are_counted_in_tokens(run):
    first, _second = drawn(run, "confusion")
    assert first.startswith("sample: tags that constant takes for others, in tokens")
    assert " as " in first
    assert all(width(line) <= 60 for line in first.splitlines())


def test_dev_accuracy_is_drawn_by_epoch():
    row = row_of("m", [0.5])
    curve = tuple({"epoch": number, "dev_accuracy": 0.5 + number / 10} for number in (1, 2, 3))
    row.trials[0] = with_fields(row.trials[0], curve=curve)
    (text,) = plots("curve", list_runs([]), results_of(row), PLAIN)
    assert text.startswith("data: dev accuracy in % by epoch")
    assert "80" in text
    assert "60" in text


def test_no_point_is_hidden_and_what_letters_stand_for_is_told_below():
    """Seconds from 0.004 to 16: on an axis that is not logarithmic the quick ones would be one point."""
    costs = {
        "slow": (16.0, 0.95),
        "middle": (1.2, 0.94),
        "quick": (0.2, 0.93),
        "instant": (0.004, 0.8),
        "none": (0.0, 0.7),
    }
    rows = [replace(row_of(name, [score]), costs={"fit_seconds": cost}) for name, (cost, score) in costs.items()]
    (text,) = plots("pareto", list_runs([]), results_of(*rows), PLAIN)
    *_, below, _front = text.splitlines()
    picture = "".join(line for line in text.splitlines() if line.endswith("│"))
    assert sorted(letter for letter in picture if letter in "abcde") == [*"abcde"]
    assert below == "a slow   b middle   c quick   d instant   e none"


@pytest.mark.parametrize(("epochs", "ticks"), [(3, "1 2 3"), (8, "1 2 3 4 5 6 7 8"), (20, "1 4 7 10 13 16 19")])
def test_epochs_are_whole_numbers(epochs, ticks):
    row = row_of("m", [0.5])
    curve = tuple({"epoch": number, "dev_accuracy": number / 100} for number in range(1, epochs + 1))
    row.trials[0] = with_fields(row.trials[0], curve=curve)
    (text,) = plots("curve", list_runs([]), results_of(row), PLAIN)
    assert text.splitlines()[-2].split() == ticks.split()


def test_training_sizes_stand_at_the_axis():
    sizes = {"100": 0.5, "400": 0.6, "1123": 0.7}
    rows = [row_of("m", [v], summary_of(f"d{s}", origin="d", drawn={SIZE: s})) for s, v in sizes.items()]
    (text,) = plots("sizes", list_runs([]), results_of(*rows), PLAIN)
    assert text.splitlines()[-2].split() == [*sizes]


def test_confusions_are_means_over_seeds_like_those_of_errors(payloads):
    first, *_ = drawn(payloads, "confusion")
    listing = list_runs([payloads])
    answers = row_answers(listing, read_results(listing).rows[0])
    pairs = frequent_pairs(answers.gold, answers.trials, len(answers.tags))
    wrong = [tokens for gold, predicted, tokens in pairs if gold != predicted]
    assert ", means of 2 seeds" in " ".join(first.split())
    shown = [float(line.split()[-1]) for line in first.splitlines() if "▇" in line]
    assert shown == [tokens / 2 for tokens in wrong[: len(shown)]]
    assert ".00" not in first


def test_accuracy_is_drawn_by_training_size():
    rows = [
        row_of("m", [score], summary_of(f"d{size}", origin="d", drawn={SIZE: size}))
        for size, score in (("10", 0.5), ("20", 0.6))
    ]
    (text,) = plots("sizes", list_runs([]), results_of(*rows), PLAIN)
    assert text.startswith("d: test accuracy in % by sentences of train")
    assert "20" in text.splitlines()[-2]


def test_nothing_is_drawn_of_nothing(run):
    assert drawn(run, "sizes") == []
    assert drawn(run, "curve") == []
    done = called("show", run.folder, "--plot", "sizes")
    assert (done.returncode, "it takes a run with --train-sizes" in done.stderr) == (2, True)


def test_show_draws_what_is_asked_for(run):
    done = called("show", run.folder, "--plot", "pareto", "--plot", "confusion")
    assert done.returncode == 0
    assert "by CPU seconds of training" in done.stdout
    assert "takes for others" in done.stdout
