"""Suspects: tokens on which all models agree against gold, with safe texts."""

from reported import TAGS, reports_of

from seqbench.reporting import safe_text
from seqbench.reporting.page.suspect_list import suspect_list


def test_suspects_are_tokens_on_which_all_agree_against_gold(report):
    suspects = suspect_list(report)
    assert suspects
    for suspect in suspects:
        assert suspect.predicted == TAGS[0]
        assert suspect.gold != suspect.predicted
        assert safe_text.line(suspect.context) == suspect.context
    assert [s.suspicion for s in suspects] == sorted((s.suspicion for s in suspects), reverse=True)


def test_without_words_there_is_none(run):
    (report,) = reports_of(run, words=False)
    assert suspect_list(report) == []
