"""Several splits, sizes and datasets: the statistics against independent oracles, the tables as users see them."""

import json
import re
import xml.etree.ElementTree as ET
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from seqbench.cli import program
from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.statistics import rank_tests
from seqbench.comparing.statistics.corrected_resampled_t import corrected
from seqbench.errors import UsageError
from seqbench.reporting.rank_diagram import as_svg, as_text
from seqbench.results.model_key import ModelKey

RANDOM = np.random.default_rng(7)


def test_the_corrected_t_test_is_a_plain_one_without_a_training_set_in_common():
    differences = RANDOM.normal(0.3, 1, 10)
    found = corrected(differences, 0)
    plain = stats.ttest_1samp(differences, 0)
    assert found.p == pytest.approx(plain.pvalue)
    assert found.interval() == pytest.approx(tuple(plain.confidence_interval()))


def test_the_correction_widens_the_error_by_the_share_of_test_in_train():
    differences = RANDOM.normal(0.3, 1, 10)
    plain, wide = corrected(differences, 0), corrected(differences, 1 / 9)
    assert wide.error / plain.error == pytest.approx(((1 / 10 + 1 / 9) / (1 / 10)) ** 0.5)


def test_overlapping_splits_are_not_taken_for_independent_ones():
    """Ten random splits of one sample in which no model is better: what a plain t test finds too often."""
    random, found = np.random.default_rng(7), np.zeros(2)
    for _ in range(400):
        better = random.normal(0, 1, 100)  # by how much one model does better on each sentence
        scores = np.array([better[random.permutation(100)[:20]].mean() for _ in range(10)])
        found += [corrected(scores, ratio).p <= 0.05 for ratio in (0, 20 / 80)]
    assert found[0] / 400 > 0.2
    assert found[1] / 400 < 0.08


@given(st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=9))
@settings(max_examples=100, deadline=None)
def test_friedman_is_the_f_form_of_scipys_statistic(rows):
    scores = np.array(rows, float)
    n, k = scores.shape
    with np.errstate(all="ignore"):
        chi = stats.friedmanchisquare(*scores.T).statistic if np.ptp(scores, axis=1).any() else 0.0
    if n * (k - 1) - chi < 1e-9:
        assert rank_tests.friedman(scores) == 0
    else:
        expected = stats.f.sf((n - 1) * chi / (n * (k - 1) - chi), k - 1, (k - 1) * (n - 1))
        assert rank_tests.friedman(scores) == pytest.approx(expected)


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=9))
@settings(max_examples=100, deadline=None)
def test_wilcoxon_counts_all_signs(values):
    differences = np.array([v for v in values if v], float)
    if not len(differences):
        assert rank_tests.wilcoxon(np.array(values, float)) == 1
        return
    placed = stats.rankdata(np.abs(differences))
    sums = np.array([placed[np.array(signs, bool)].sum() for signs in product([0, 1], repeat=len(placed))])
    mine = placed[differences > 0].sum()
    tail = min(np.mean(sums <= mine + 1e-9), np.mean(sums >= mine - 1e-9))
    assert rank_tests.wilcoxon(np.array(values, float)) == pytest.approx(min(1, 2 * tail))


def test_wilcoxon_equals_scipys_exact_test_without_ties():
    differences = np.array([0.5, -1.1, 2.3, 3.7, 4.2, -0.2, 6.0])
    assert rank_tests.wilcoxon(differences) == pytest.approx(stats.wilcoxon(differences, method="exact").pvalue)


def test_ranks_share_ties_and_one_is_best():
    assert rank_tests.ranks(np.array([[0.9, 0.8, 0.9, 0.1]])).tolist() == [[1.5, 3, 1.5, 4]]


def test_wins_ties_and_losses_are_those_of_the_better_rank():
    scores = np.array([[0.9, 0.8], [0.7, 0.7], [0.6, 0.5], [0.1, 0.2]])
    (pair,) = rank_tests.pairs(scores)
    assert (pair.first, pair.wins, pair.ties, pair.losses) == (0, 2, 1, 1)


def test_cliques_are_the_longest_stretches_without_a_pair_apart():
    apart = frozenset({frozenset((0, 2)), frozenset((0, 3)), frozenset((1, 3))})
    assert rank_tests.cliques([0, 1, 2, 3], apart) == [(0, 1), (1, 2), (2, 3)]
    assert rank_tests.cliques([0, 1, 2], frozenset()) == [(0, 2)]
    assert rank_tests.cliques([0, 1], frozenset({frozenset((0, 1))})) == []


def ranking_of(scores, models="abc"):
    keys = [ModelKey("run", label) for label in models]
    return Ranking("accuracy", [f"d{number}" for number in range(len(scores))], keys, np.array(scores, float))


def names_of(ranking):
    return {key: key.label for key in ranking.models}


def test_the_diagram_places_models_at_their_ranks_and_joins_what_is_not_told_apart():
    found = ranking_of([[0.9, 0.89, 0.1]] * 8 + [[0.8, 0.85, 0.2]] * 2)
    lines = as_text(found, names_of(found)).splitlines()
    assert lines[1] == "|---------|---------|"
    assert [line.split() for line in lines[2:5]] == [["o", "1.20", "a"], ["o", "1.80", "b"], ["o", "3.00", "c"]]
    assert [line.index("o") for line in lines[2:5]] == [2, 8, 20]
    assert lines[5:] == ["  =======              not told apart: a, b".replace("              ", " " * 15)]


def test_the_svg_is_well_formed_and_escapes_labels():
    ranking = ranking_of([[3, 2, 1]] * 3, ["<a>", "b&c", '"d"'])
    root = ET.fromstring(as_svg(ranking, names_of(ranking)))  # noqa: S314 -- our own text
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in texts if len(text) > 1] == ["<a> 1.00", "b&c 2.00", '"d" 3.00']


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """Two datasets, one of them in three folds and two sizes."""
    folder = tmp_path_factory.mktemp("several")
    words = [[f"{'abcde'[i * j % 5]}{i % 4}" for j in range(1 + i % 6)] for i in range(60)]
    text = "\n\n".join("\n".join(f"{word}\t{word[0].upper()}" for word in sentence) for sentence in words)
    for name in ("one", "two"):
        (folder / f"{name}.tsv").write_text(text if name == "one" else text.replace("a1", "x9").replace("b2", "y7"))
    return folder


def run(*arguments):
    return program.main([str(argument) for argument in arguments], standalone_mode=False)


def test_folds_and_sizes_end_in_one_table_a_curve_and_corrected_tests(several, capsys):
    out = several / "folds"
    asked = ["--models", "baseline,majority", "--folds", "3", "--train-sizes", "10,all", "--out", out, "-q"]
    assert run("run", "--data", several / "one.tsv", *asked) == 0
    printed = capsys.readouterr().out
    assert "one, 3 folds: test accuracy in %, mean ± standard deviation of 3 folds" in printed
    assert re.search(r"one, 3 folds: test accuracy in % by sentences of train\n\nmodel +10 +all \(\d+\)", printed)
    assert "corrected resampled t test, 3 splits (Nadeau and Bengio 2003); Holm over 1 pair, level 5 %" in printed
    assert run("show", out, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["rows"]) == 12
    (over,) = [c for c in found["comparisons"] if c["dataset"] == "one, 3 folds"]
    assert over["question"] == "splits"
    whole = [row for row in found["rows"] if "train-size" not in row["dataset"]]
    mean = {m: np.mean([r["accuracy"]["mean"] for r in whole if r["model"] == m]) for m in ("baseline", "majority")}
    assert over["difference"] == pytest.approx(mean["baseline"] - mean["majority"])


def test_a_failed_split_is_shown_and_never_averaged_away(several, capsys):
    plugin = several / "moody.py"
    plugin.write_text(
        "from seqbench import hookimpl\n"
        "class Moody:\n"
        "    def fit(self, train, conditions):\n"
        "        if 'a0' in train.sentences.vocabulary[:3]: raise ValueError('not today')\n"
        "        self.tag = train.tags.vocabulary[0]\n"
        "    def predict(self, sentences): return [[self.tag] * len(s) for s in sentences]\n"
        "@hookimpl\ndef register_taggers(register): register('moody', Moody, 'fails on some data')\n"
    )
    asked = ["--models", "baseline,moody", "--plugin", plugin, "--resplits", "4", "--out", several / "moody", "-q"]
    code = run("run", "--data", several / "one.tsv", *asked)
    printed = capsys.readouterr().out
    assert code == 1
    assert re.search(r"^moody +- ", printed, re.MULTILINE)
    assert re.search(r"failed: moody, seed 0: one, resplit \d: plugin .*not today", printed)


def test_two_datasets_end_in_ranks_and_a_diagram(several, capsys):
    out, picture = several / "two-datasets", several / "ranks.svg"
    data = [part for name in ("one", "two") for part in ("--data", several / f"{name}.tsv")]
    assert run("run", *data, "--models", "baseline,majority,hmm", "--out", out, "-q") == 0
    printed = capsys.readouterr().out
    assert "all 2 datasets: mean ranks by accuracy in %" in printed
    assert "With 2 datasets p (Holm) is 1 at best: no pair can be told apart." in printed
    assert run("compare", out, "--diagram", picture) == 0
    assert picture.read_text().startswith("<svg")
    capsys.readouterr()
    assert run("compare", out, "--format", "json") == 0
    (found,) = json.loads(capsys.readouterr().out)["rankings"]
    assert found["datasets"] == ["one", "two"]
    assert sum(found["mean_ranks"].values()) == 6


def test_folds_and_random_splits_together_are_refused(several):
    with pytest.raises(UsageError, match="choose one"):
        run("run", "--data", several / "one.tsv", "--folds", "3", "--resplits", "3")
