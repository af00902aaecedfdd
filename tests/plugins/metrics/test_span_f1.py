"""F1 of spans as a registered metric: countable, and silent where tags are no spans."""

import numpy as np

from seqbench import Countable, Outcome, Sequences
from seqbench_plugins.metrics.span_f1 import span_f1

IOB2 = ("O", "B-X", "I-X", "B-Y", "I-Y")


def outcome(gold, predicted, tags):
    encoded = Sequences.encode([tags, *gold, *predicted])
    first, middle = len(tags), encoded.offsets[len(gold) + 1]
    offsets = encoded.offsets[1 : len(gold) + 2] - first
    flags = np.ones(middle - first, bool)
    return Outcome(
        tags=tags,
        learned=len(tags),
        gold=encoded.ids[first:middle],
        predicted=encoded.ids[middle:],
        offsets=offsets,
        known=flags,
        ambiguous=~flags,
    )


def test_the_registered_metric_is_countable_and_recounts_to_its_own_score():
    found = outcome([["B-X", "I-X", "O"], ["B-Y"]], [["B-X", "I-X", "O"], ["B-X"]], IOB2)
    assert isinstance(span_f1, Countable)
    assert span_f1(found) == 0.5
    assert span_f1.counts(found).tolist() == [[1, 1, 1], [0, 1, 1]]
    assert span_f1.score(np.array([[[1.0, 1, 1], [2, 4, 4]]])).tolist() == [[1, 0.5]]


def test_span_f1_does_not_apply_to_tags_that_are_no_spans():
    found = outcome([["DET", "NOUN"]], [["DET", "DET"]], ("DET", "NOUN"))
    assert span_f1(found) is None
    assert span_f1.counts(found) is None
