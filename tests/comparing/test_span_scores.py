"""Runs counted in spans: the scores of models over types and seeds, against counting by hand."""

import pytest
from runs import registry_of, run_of
from samples import Constant
from span_runs import span_run

from seqbench.comparing.span_scores import SpanReading, span_rows
from seqbench.results.listing import list_runs
from seqbench.spans import KINDS


@pytest.fixture(scope="module")
def listing(tmp_path_factory):
    return list_runs([span_run(tmp_path_factory.mktemp("spans"))])


def rows_of(listing, **how):
    return span_rows(listing, SpanReading(**how))


def test_models_are_scored_over_all_types_and_their_mean(listing):
    """Of the baseline's spans X, Y | X, X(e), Y three are right; gold has X, X | X, Y."""
    baseline, shifty = rows_of(listing)
    assert baseline.reading.scheme.name == "IOB2"  # told from the tags
    assert baseline.score("precision").mean == pytest.approx(3 / 5)
    assert baseline.score("recall").mean == pytest.approx(3 / 4)
    assert baseline.score("f1").mean == pytest.approx(6 / 9)
    assert baseline.score("macro_f1").mean == pytest.approx((2 * 2 / 6 + 2 / 3) / 2)
    assert baseline.illegal == [1]
    assert shifty.score("f1").per_seed == [0.0, 0.0]


def test_read_strictly_what_the_scheme_would_not_write_is_no_span(listing):
    baseline, _ = rows_of(listing, policy="strict")
    assert baseline.score("precision").mean == pytest.approx(3 / 4)


def test_a_named_scheme_reads_tags_that_would_not_be_detected(listing):
    """Where IOB1 would not write B, no span begins: of gold only the b is left, of the baseline's b and e."""
    baseline = rows_of(listing, scheme="IOB1", policy="strict")[0]
    assert (baseline.score("precision").mean, baseline.score("recall").mean) == (0.5, 1.0)


def test_tags_that_a_named_scheme_does_not_have_are_counted(listing):
    (row, *_) = rows_of(listing, scheme="IOE2")
    assert row.notes[0].startswith("4 of 8 gold tags are of another scheme than IOE2 ('B-X', first in sentence 1)")


def test_scores_that_are_not_exact_are_those_of_semeval(listing):
    """Of 4 gold and 5 predicted spans 3 are right, 1 has another type: 2 * 3 / 9 and 2 * (3 + 1) / 9."""
    baseline = rows_of(listing)[0]
    assert (baseline.partial("type_f1").mean, baseline.partial("partial_f1").mean) == (6 / 9, 8 / 9)


def test_spans_of_types_that_are_left_out_do_not_count(listing):
    baseline = rows_of(listing, without=("X",))[0]
    assert [kind.type for kind in baseline.by_type()] == ["Y"]


def test_each_type_has_its_scores_and_what_became_of_its_spans_as_means_over_seeds(listing):
    baseline, shifty = rows_of(listing)
    first, second = baseline.by_type()
    assert (first.type, first.gold, second.type, second.gold) == ("X", 3, "Y", 1)
    assert first.became == {**dict.fromkeys(KINDS, 0.0), "right": 2.0, "type": 1.0, "invented": 1.0}
    assert (second.precision, second.recall) == (0.5, 1.0)
    of_x = next(kind for kind in shifty.by_type() if kind.type == "X")
    # the seed that says Y for each a meets the X of one word at its boundaries, and begins the longer one
    assert of_x.became == {**dict.fromkeys(KINDS, 0.0), "type": 0.5, "both": 0.5, "missed": 2.0}


def test_the_confusion_of_types_is_summed_over_seeds(listing):
    baseline, shifty = rows_of(listing)
    assert baseline.confusion.types.tolist() == [[2, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert shifty.confusion.types.sum(1)[:2].tolist() == [6, 2]  # the gold spans of both seeds


def test_a_trial_that_is_not_finished_leaves_the_score_open(listing, tmp_path):
    store = span_run(tmp_path / "run")
    next(store.folder.glob("trials/shifty-s1-*.json")).unlink()
    _, shifty = rows_of(list_runs([store]))
    assert shifty.score("f1").mean is None
    assert [len(shifty.pairs), len(shifty.illegal)] == [1, 1]


def test_a_dataset_whose_tags_are_no_spans_has_no_row(tmp_path):
    assert rows_of(list_runs([run_of(tmp_path, registry_of(constant=Constant), "constant")])) == []
