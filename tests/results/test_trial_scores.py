"""Names of the scores of records that do not list them."""

from seqbench.results.trial_scores import FIRST_SCORES
from seqbench.scoring.core_scores import CORE_SCORES


def test_the_first_scores_are_all_computed_today():
    counted = {"tokens", "correct", "per_tag"}
    assert set(FIRST_SCORES) - counted <= {score.name for score in CORE_SCORES}
