"""Findings of a search: the best trial, its spec, and its worth where that is known."""

from dataclasses import dataclass, field

import pytest

from seqbench.reporting.search_report import SearchReport
from seqbench.results.request_records import SearchTrial


@dataclass
class Searched:
    trials: list
    label: str = "mine"
    tagger: str = "crf"
    metric: str = "accuracy"
    searchable: bool = True
    fixed: dict = field(default_factory=lambda: {"c1": 0.5})

    def held_out(self, number):
        return 0.25 + number

    def counts(self, numbers):
        return None


def test_the_first_of_equal_trials_is_the_best_and_failed_ones_do_not_count():
    trials = [SearchTrial(0, {"c2": 1.0}, None), SearchTrial(1, {"c2": 2.0}, 0.5), SearchTrial(2, {"c2": 3.0}, 0.5)]
    report = SearchReport(Searched(trials))
    assert (report.best.number, report.held_out, report.corrected) == (1, 1.25, None)
    assert report.spec == "tuned-crf=crf(c1=0.5, c2=2.0)"
    plain = report.plain()
    assert plain["expected_best"] == pytest.approx([0.5, 0.5])
    assert plain["trials"][0] == {"number": 0, "fields": {"c2": 1.0}, "score": None, "pruned": False}
    assert report.row([1])[:4] == ["mine", "3", "0", "1"]


def test_without_a_finished_trial_there_is_no_best():
    report = SearchReport(Searched([SearchTrial(0, {}, None)]))
    assert (report.best, report.spec, report.held_out) == (None, None, None)
