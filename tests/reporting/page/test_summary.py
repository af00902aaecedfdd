"""The answer in two sentences."""

from dataclasses import replace

from result_rows import results_of, row_of, summary_of

from seqbench.comparing.across_splits import SPLITS
from seqbench.comparing.comparison import BETTER, LEARNER, MODEL, OPEN, SAME, Comparison
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.page.summary import summary
from seqbench.results.model_names import ModelKey
from seqbench.results.rows import Score, TrialFailure

KEYS = {name: ModelKey("run", name) for name in "abc"}


def pair(a, b, relation, **further):
    known = {"question": LEARNER, "test": "t", "difference": 0.1, **further}
    return Comparison(a=KEYS[a], b=KEYS[b], dataset="data", relation=relation, **known)


def told(*comparisons, rows=None, notes=()):
    rows = rows or [row_of("a", [0.9, 0.9]), row_of("b", [0.8, 0.8]), row_of("c", [0.7, 0.7])]
    dataset = summary_of("data", notes=notes)
    results = results_of(*(replace(row, dataset=dataset) for row in rows))
    return summary(DatasetReport(dataset=dataset, results=results, comparisons=list(comparisons)))


def test_a_leader_that_is_better_than_all_is_said_to_be():
    first, second = told(pair("a", "b", BETTER), pair("a", "c", BETTER), pair("b", "c", SAME))
    best = "On data, the best score is 90.00 % of the test tokens right, by a"
    assert first == f"{best}: as a way of learning a is better than all others."
    assert second == "Nothing failed, and the audit of the data found nothing."


def test_who_cannot_be_told_apart_is_named_with_the_size_that_would_be_missed():
    first, second = told(pair("a", "b", SAME, detectable=0.0123), pair("a", "c", BETTER))
    assert "the best score is 90.00 % of the test tokens right, by a" in first
    assert first.endswith("a has the best score; not told apart from it: b; worse: c.")
    assert second == "As a way of learning, differences under 1.23 points would often be missed on these data."


def test_what_is_shown_over_splits_comes_with_what_it_takes_for_granted():
    _, second = told(*(pair("a", other, BETTER, question=SPLITS) for other in "bc"))
    assert second.startswith("What is shown over splits allows for overlaps, as far as 25 of 30 measured")
    _, second = told(*(pair("a", other, SAME, question=SPLITS) for other in "bc"))
    assert "allows for overlaps" not in second


def test_what_is_not_decided_is_said_with_the_reason():
    why = "it takes two or more seeds"
    undecided = [pair("a", other, OPEN, why=why, question=MODEL) for other in "bc"]
    first, second = told(*undecided)
    assert first.endswith(f": on text like this test set nothing is decided: {why}.")
    assert second == "Nothing failed, and the audit of the data found nothing."


def test_the_page_says_what_compare_says_where_one_question_is_decided_and_one_pair_of_the_other_is_not():
    why = "it takes two or more seeds"
    models = [pair("a", other, BETTER, question=MODEL) for other in "bc"]
    comparisons = [*models, pair("a", "b", OPEN, why=why), pair("a", "c", BETTER)]
    first, second = told(*comparisons)
    assert "on text like this test set a is better than all others; as a way of learning a has the best score" in first
    assert first.endswith(f"worse: c; not decided: b, as {why}.")
    assert why not in second


def test_a_leader_that_was_not_compared_is_said_to_be_left_out_and_the_others_are_told_of():
    first, _ = told(pair("b", "c", BETTER))
    assert "the best score is 90.00 % of the test tokens right, by a, which is not compared" in first
    assert first.endswith("as a way of learning b is better than all others.")


def test_failures_and_the_first_notes_of_the_audit_are_named():
    lost = row_of("c", [None, 0.5], failures=[TrialFailure(0, "boom")])
    _, second = told(rows=[row_of("a", [0.9, 0.9]), lost], notes=("n1.", "n2.", "n3.", "n4."))
    assert second == "1 trial of c did not finish; n1; n2; 2 further notes below."


def test_where_nothing_finished_that_is_said():
    lost = row_of("a", [None], failures=[TrialFailure(0, "boom")])
    assert told(rows=[lost])[0] == "No model finished on data."


def test_one_model_alone_is_compared_with_nobody():
    first, _ = told(rows=[row_of("a", [0.9])])
    assert first.endswith("no other model is there to be compared with.")


def test_over_splits_the_second_sentence_does_not_say_again_what_the_scores_are():
    notes = ("the mean of 3 folds, each drawn from all sentences of data", "2 sentences repeat another")
    dataset = summary_of("data, 3 folds", notes=notes)
    results = results_of(replace(row_of("a", [0.9]), dataset=dataset), over={dataset.fingerprint: "3 folds"})
    _, second = summary(DatasetReport(dataset=dataset, results=results, comparisons=[]))
    assert second == "2 sentences repeat another."
    same = pair("a", "b", SAME, question=SPLITS, detectable=0.02)
    assert told(same)[1] == "On other samples of such data, differences under 2.00 points would often be missed."


def test_the_second_sentence_says_that_no_documents_are_marked_and_who_is_best_by_spans():
    rows = [row_of(name, [0.9], metrics={"span-f1": Score.of([f1])}) for name, f1 in (("a", 0.2), ("b", 0.4))]
    results = results_of(*rows)
    _, second = summary(DatasetReport(dataset=summary_of("data"), results=results, comparisons=[], unmarked=True))
    assert second.startswith("Tags are spans: by their F1 b comes first (40.00 %), which seqbench compare --metric")
    assert second.endswith(
        "no documents are marked: sentences are taken as independent, and intervals may be too short."
    )
