"""Comparisons in words: one plain sentence, and nothing said that no test says."""

from seqbench.comparing.comparison import BETTER, IDENTICAL, OPEN, SAME, Comparison
from seqbench.comparing.dataset_comparison import DatasetComparison, Standing
from seqbench.reporting.comparison_words import place, verdict
from seqbench.results.model_names import ModelKey

A, B, C = (ModelKey("run", label) for label in "abc")
NAMES = {key: key.label for key in (A, B, C)}


def pair(a, b, relation, question="model", **further):
    known = {"test": "t", "difference": 0.1, **further}
    return Comparison(a=a, b=b, dataset="d", question=question, relation=relation, **known)


def told(*comparisons, scores=(0.9, 0.8, 0.7), against=None, seeds=0, deterministic=()):
    standings = [
        Standing(model=model, mean=mean, interval=None, deterministic=model in deterministic, p_best=0.0)
        for model, mean in zip((A, B, C), scores, strict=False)
    ]
    made = DatasetComparison(
        dataset="d", metric="macro_f1", units="9 sentences", standings=standings, tests=[],
        comparisons=list(comparisons), fewest_seeds=seeds,
    )  # fmt: skip
    return verdict(made, NAMES, against)


def test_the_best_of_all_is_told_once_where_both_questions_agree():
    said = told(*(pair(A, B, BETTER, question) for question in ("model", "learner")), scores=(0.9, 0.8))
    assert said == "d, macro F1: a is better than all others, on text like this test set and as a way of learning."


def test_where_nothing_is_decided_the_questions_come_before_the_reason():
    open_pairs = [pair(A, B, OPEN, question, why="5 documents are too few") for question in ("model", "learner")]
    said = told(*open_pairs, scores=(0.9, 0.8))
    both = "on text like this test set and as a way of learning nothing is decided"
    assert said == f"d, macro F1: {both}: 5 documents are too few."


def test_of_very_many_models_the_first_are_named_and_the_others_counted():
    keys = [ModelKey("run", f"m{number}") for number in range(30)]
    standings = [Standing(model=key, mean=0.9 - n / 100, interval=None, deterministic=False, p_best=0.0)
                 for n, key in enumerate(keys)]  # fmt: skip
    made = DatasetComparison(
        dataset="d", metric="accuracy", units="9 sentences", standings=standings, tests=[],
        comparisons=[pair(keys[0], key, SAME) for key in keys[1:]],
    )  # fmt: skip
    said = verdict(made, {key: key.label for key in keys})
    assert said.endswith("not told apart from it: m1, m2, m3, m4, m5, m6, m7, m8 and 21 more.")


def test_questions_that_differ_are_told_each_and_what_is_open_says_why():
    said = told(pair(A, B, BETTER), pair(A, B, OPEN, "learner", why="no seeds"), scores=(0.9, 0.8))
    assert said == (
        "d, macro F1: on text like this test set a is better than all others; "
        "as a way of learning nothing is decided: no seeds."
    )


def test_where_the_best_is_open_the_pairs_that_are_decided_are_told():
    said = told(pair(A, B, OPEN, "learner", why="no seeds"), pair(A, C, OPEN, "learner"), pair(B, C, BETTER, "learner"))
    assert said == "d, macro F1: as a way of learning which model is best is not decided: no seeds; b is better than c."


def test_a_leader_is_told_with_what_is_not_told_apart_and_what_is_worse():
    said = told(pair(A, B, SAME), pair(A, C, BETTER), pair(B, C, SAME))
    assert "a has the best score; not told apart from it: b; worse: c" in said


def test_an_exact_tie_and_equal_predictions_are_called_so():
    assert place(A, A, [pair(A, B, SAME, difference=0.0)], against=None) == "tied"
    assert place(B, A, [pair(A, B, SAME, difference=0.0)], against=None) == "tied"
    assert place(B, A, [pair(A, B, IDENTICAL, difference=0.0)], against=None) == "identical"
    assert "a has the best score, tied with b" in told(pair(A, B, IDENTICAL, difference=0.0), scores=(0.9, 0.9))


def test_all_beside_one_model_are_told_as_better_or_worse_than_it():
    said = told(pair(A, B, BETTER), pair(B, C, BETTER), against=B)
    assert said == "d, macro F1: on text like this test set better than b: a; worse than b: c."


def test_of_two_or_three_seeds_not_told_apart_is_not_to_be_read_as_equal():
    pairs = [pair(A, B, SAME, "learner", detectable=0.35)]
    said = told(*pairs, scores=(0.9, 0.8), seeds=2)
    assert said.endswith(
        "not told apart from it: b. Not told apart does not mean equal: as a way of learning, "
        "with 2 seeds differences under 35.00 points would often be missed."
    )
    assert "does not mean equal" in told(*pairs, scores=(0.9, 0.8), seeds=2, deterministic=[A])
    assert "does not mean equal" not in told(*pairs, scores=(0.9, 0.8), seeds=2, deterministic=[A, B])
    assert "does not mean equal" not in told(*pairs, scores=(0.9, 0.8), seeds=5)
    assert "does not mean equal" not in told(pair(A, B, BETTER, "learner"), scores=(0.9, 0.8), seeds=2)
