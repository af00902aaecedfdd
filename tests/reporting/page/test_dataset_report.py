"""What is told of each dataset: splits of one together first, then one by one."""

from functools import partial

from folded import FOLDS, WORDS
from reported import LABELS, data, reports_of, sections_of
from result_rows import results_of, row_of, summary_of

from seqbench.comparing.error_analysis.words import Words
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_findings import Findings, findings
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.page.dataset_report import dataset_reports
from seqbench.reporting.page.figure import Figure
from seqbench.reporting.page.packed import explorer
from seqbench.reporting.page.suspect_list import suspect_list
from seqbench.results.listing import list_runs


def test_rows_come_best_first_with_the_comparisons_and_words_of_their_dataset(run, report):
    assert [report.names[row.key] for row in report.rows] == list(LABELS)
    assert {c.dataset for c in report.comparisons} == {data().name}
    assert len(report.comparisons) == 6
    assert report.words.datasets == [data()]
    (without,) = reports_of(run, words=False)
    assert without.words is None


def test_splits_are_told_of_together_and_then_one_by_one():
    folds = [summary_of(f"d{fold}", origin="d", drawn={"fold": f"{fold}/2"}) for fold in (1, 2)]
    results = results_of(*(row_of("m", [0.5], fold) for fold in folds))
    found = Findings(results=results, comparisons=[], rankings=[], placements={})
    reports = list(dataset_reports(list_runs([]), found, lambda _: None))
    assert [report.dataset.name for report in reports] == ["d, 2 folds", "d1", "d2"]
    assert [len(report.rows) for report in reports] == [1, 1, 1]


def test_a_model_without_a_score_comes_last():
    results = results_of(row_of("lost", [None, 0.5]), row_of("low", [0.1, 0.1]), row_of("high", [0.9, 0.9]))
    found = Findings(results=results, comparisons=[], rankings=[], placements={})
    (class_,) = dataset_reports(list_runs([]), found, lambda _: None)
    assert [row.key.label for row in class_.rows] == ["high", "low", "lost"]


def test_folds_have_their_predictions_together_and_words_of_each(folds):
    registry = Registry.discover()
    runs = comparable([folds], registry, Question())
    words = partial(Words.read, stores=[folds], registry=registry)
    whole, *parts = dataset_reports(runs.listing, findings(runs, registry), words)
    assert whole.dataset.name == f"corpus, {FOLDS} folds"
    assert len(whole.words.datasets) == len(whole.predictions.parts) == len(parts) == FOLDS
    assert len(whole.calibrations) == 2
    assert [part.predictions for part in parts] == [None] * FOLDS
    assert {part.name for part in sections_of().of_dataset(whole) if isinstance(part, Figure)} >= {
        "confusion",
        "tags",
        "reliability",
    }
    suspects = suspect_list(whole)
    assert [s.suspicion for s in suspects] == sorted((s.suspicion for s in suspects), reverse=True)
    assert len(explorer(whole)["forms"]) == len({word for words in WORDS for word in words})
