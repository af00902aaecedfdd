"""The texts of a ranking of published scores."""

import json

from seqbench.comparing.score_table import ranking_of_table
from seqbench.reporting.score_table_texts import names_of, score_table_texts


def test_a_table_of_scores_ends_in_ranks_pairs_and_a_diagram_or_in_json(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("model,x,y,z\na,0.9,0.8,0.7\nb,0.8,0.7,0.6\nc,0.1,,0.2\n")
    ranking = ranking_of_table(path)
    sentence, first, second, diagram = score_table_texts(ranking, "table")
    assert sentence.startswith("all 3 datasets, score: on other datasets of such kind a has the best mean rank; not")
    assert first.startswith("all 3 datasets: mean ranks by score in %")
    assert "left out: c, without a score on y." in first
    assert "p (adj.) is not under Friedman's. Each metric is alone." in " ".join(second.split())
    assert "P(better): the share of such datasets on which the first is better, a tie counting" in " ".join(
        second.split()
    )
    assert "seed" not in first + second
    assert "o" in diagram
    (told,) = score_table_texts(ranking, "json")
    assert json.loads(told)["rankings"][0]["mean_ranks"] == {"a": 1, "b": 2}
    assert {key.label for key in names_of(ranking)} == {"a", "b", "c"}
