"""Who is best by the F1 of spans, beside a verdict by accuracy."""

import pytest
from result_rows import row_of

from seqbench.reporting.span_verdict import best_by_spans
from seqbench.results.rows import Score


def rows(**f1):
    return [row_of(name, [0.9], metrics={"span-f1": Score.of([value])}) for name, value in f1.items()]


@pytest.mark.parametrize(
    ("f1", "words"),
    [
        ({"a": 0.25, "b": 0.5}, "by their F1 b comes first (50.00 %), which --metric span-f1 tests"),
        ({"a": 0.25, "b": 0.25}, "by their F1 a and b come first (25.00 %)"),
    ],
)
def test_the_best_ones_are_named_with_the_score(f1, words):
    listed = rows(**f1)
    assert words in best_by_spans(listed, {row.key: row.key.label for row in listed})


def test_nothing_is_said_of_one_model_or_where_tags_are_no_spans():
    for listed in ([], rows(a=0.5), [row_of("a", [0.9]), row_of("b", [0.8])], rows(a=0.5, b=None)):
        assert best_by_spans(listed, {row.key: row.key.label for row in listed}) is None
