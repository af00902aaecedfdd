"""Tables of pairs beside a rope."""

from dataclasses import replace

from rankings import names_of, ranking_of

from seqbench.comparing.comparison import SAME, Comparison
from seqbench.reporting.practical_tables import practical_pairs, practical_splits_table
from seqbench.results.model_names import ModelKey

A, B = (ModelKey("run", label) for label in "ab")


def test_a_pair_over_splits_has_its_posterior_and_what_is_said():
    comparison = Comparison(
        a=A, b=B, dataset="d, 4 folds", question="splits", test="corrected resampled t test", difference=0.002,
        ci95=(-0.001, 0.005), p=0.3, p_adjusted=0.6, relation=SAME, rope=0.002, posterior=(0.4, 0.58, 0.02),
    )  # fmt: skip
    table = practical_splits_table([comparison], {A: "a", B: "b"})
    assert table.rows == [["a", "b", "+0.20", "-0.10 to +0.50", "40 %", "58 %", "0.3000", "0.6000", "undecided"]]
    assert "borders of 0.2 points" in table.footnotes[0]
    assert any(note.startswith("Both allow for overlaps, as far as 25 of 30") for note in table.footnotes)


def test_pairs_over_datasets_say_what_holds_of_the_first():
    ranking = replace(ranking_of([[0.9, 0.5]] * 10, "ab"), rope=0.01)
    table = practical_pairs(ranking, names_of(ranking))
    assert table.title == "all datasets: pairs of models, differences up to 1 points counted as none"
    assert table.rows[0] == ["a", "b", "100 %", "0 %", "0 %", "0.0020", "0.0078", "better"]
