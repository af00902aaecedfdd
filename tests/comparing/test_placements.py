"""Rank, tier and P(best) in rows, from comparisons that were corrected together."""

from seqbench.comparing.comparison import BETTER, SAME, Comparison
from seqbench.comparing.dataset_comparison import DatasetComparison, Standing
from seqbench.comparing.placements import Placement, placements
from seqbench.results.model_names import ModelKey

A, B = (ModelKey("run", label) for label in "ab")


def test_a_model_has_the_ranks_of_each_question_and_metric():
    standings = [
        Standing(model=m, mean=0.9, interval=None, deterministic=True, p_best=p) for m, p in ((A, 0.8), (B, 0.2))
    ]
    dataset = DatasetComparison(dataset="d", metric="f1", units="", standings=standings, tests=[], comparisons=[])
    pairs = [
        Comparison(a=A, b=B, dataset="d", metric="f1", question=question, test="t", difference=0.1, relation=relation)
        for question, relation in (("model", BETTER), ("learner", SAME))
    ]
    placed = placements([dataset], pairs)["d", B].as_json()
    assert placed["rank"] == {"f1": {"model": [2, 2], "learner": [1, 2]}}
    assert placed["tier"] == {"f1": {"model": 2, "learner": 1}}
    assert placed["p_best"] == {"f1": 0.2}


def test_without_a_comparison_the_keys_are_there_and_unknown():
    assert Placement().as_json() == {"rank": None, "tier": None, "p_best": None}
