"""Span scores equal to seqeval's, recounted per sentence; what became of each span, against pairing by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics import sequence_labeling as default
from seqeval.metrics import v1 as strict
from seqeval.scheme import IOB1, IOB2, IOBES, IOE2

from seqbench import Countable, Outcome, Sequences
from seqbench.spans import KINDS, Reading, confusion, macro, micro, scheme, scores
from seqbench_plugins.metrics.span_f1 import span_f1

TAGS = {
    "IOB1": ("O", "B-X", "I-X", "B-Y", "I-Y"),
    "IOB2": ("O", "B-X", "I-X", "B-Y", "I-Y"),
    "IOE2": ("O", "E-X", "I-X", "E-Y", "I-Y"),
    "IOBES": ("O", "B-X", "I-X", "E-X", "S-X", "B-Y", "I-Y", "E-Y", "S-Y"),
}
STRICT = {"IOB1": IOB1, "IOB2": IOB2, "IOE2": IOE2, "IOBES": IOBES}


@st.composite
def gold_and_predicted(draw, tags):
    gold = draw(st.lists(st.lists(st.sampled_from(tags), min_size=1, max_size=8), min_size=1, max_size=4))
    return gold, [draw(st.lists(st.sampled_from(tags), min_size=len(s), max_size=len(s))) for s in gold]


def pair_of(gold, predicted, name, policy="conlleval"):
    encoded = Sequences.encode([*gold, *predicted])
    middle = encoded.offsets[len(gold)]
    reading = Reading(list(encoded.vocabulary), scheme(name), policy)
    return reading.pair(encoded.ids[:middle], encoded.ids[middle:], encoded.offsets[: len(gold) + 1])


def seqeval_s(gold, predicted, name, policy, average):
    if policy == "strict":
        found = strict.precision_recall_fscore_support(
            gold, predicted, average=average, scheme=STRICT[name], zero_division=0
        )
    else:
        found = default.precision_recall_fscore_support(gold, predicted, average=average, zero_division=0)
    return found


@pytest.mark.parametrize("policy", ["conlleval", "strict"])
@pytest.mark.parametrize("name", TAGS)
@given(data=st.data())
def test_scores_per_type_micro_and_macro_equal_seqeval_s(name, policy, data):
    gold, predicted = data.draw(gold_and_predicted(TAGS[name]))
    pair = pair_of(gold, predicted, name, policy)
    counts = pair.by_type()
    present = counts[:, 1:].any(1)
    if not present.any():
        assert micro(counts).tolist() == macro(counts).tolist() == [0, 0, 0]
        return
    expected = seqeval_s(gold, predicted, name, policy, None)
    np.testing.assert_allclose(scores(counts[present]).T, expected[:3])
    assert counts[present, 2].tolist() == list(expected[3])
    assert micro(counts) == pytest.approx(seqeval_s(gold, predicted, name, policy, "micro")[:3])
    assert macro(counts) == pytest.approx(seqeval_s(gold, predicted, name, policy, "macro")[:3])
    assert pair.by_sentence().sum(0).tolist() == counts.sum(0).tolist()


@given(gold_and_predicted(TAGS["IOB2"]))
def test_counts_of_a_sentence_are_those_of_the_sentence_alone(sentences):
    counts = pair_of(*sentences, "IOB2").by_sentence()
    for number, (gold, predicted) in enumerate(zip(*sentences, strict=True)):
        assert counts[number].tolist() == pair_of([gold], [predicted], "IOB2").by_sentence()[0].tolist()


def outcome(gold, predicted, tags):
    encoded = Sequences.encode([tags, *gold, *predicted])
    first, middle = len(tags), encoded.offsets[len(gold) + 1]
    offsets = encoded.offsets[1 : len(gold) + 2] - first
    flags = np.ones(middle - first, bool)
    return Outcome(tags, len(tags), encoded.ids[first:middle], encoded.ids[middle:], offsets, flags, ~flags)


def test_the_registered_metric_is_countable_and_recounts_to_its_own_score():
    found = outcome([["B-X", "I-X", "O"], ["B-Y"]], [["B-X", "I-X", "O"], ["B-X"]], TAGS["IOB2"])
    assert isinstance(span_f1, Countable)
    assert span_f1(found) == 0.5
    assert span_f1.counts(found).tolist() == [[1, 1, 1], [0, 1, 1]]
    assert span_f1.score(np.array([[[1.0, 1, 1], [2, 4, 4]]])).tolist() == [[1, 0.5]]


def test_span_f1_does_not_apply_to_tags_that_are_no_spans():
    found = outcome([["DET", "NOUN"]], [["DET", "DET"]], ("DET", "NOUN"))
    assert span_f1(found) is None
    assert span_f1.counts(found) is None


@pytest.mark.parametrize(("data", "tags"), [("conll2000/test.txt", "3"), ("wnut17/test.conll", "2")])
@pytest.mark.parametrize("policy", ["conlleval", "strict"])
def test_scores_of_a_damaged_corpus_equal_seqeval_s(shared, data, tags, policy):
    from seqbench_datasets.readers.columns import read

    gold = read(shared / data, tags=tags).tags
    drawn = np.random.default_rng(1)
    damaged = np.where(drawn.random(len(gold.ids)) < 0.1, drawn.permutation(gold.ids), gold.ids).astype(np.int32)
    counts = Reading(list(gold.vocabulary), scheme("IOB2"), policy).pair(gold.ids, damaged, gold.offsets).by_type()
    sentences = list(gold), list(Sequences(damaged, gold.offsets, gold.vocabulary))
    present = counts[:, 1:].any(1)
    expected = seqeval_s(*sentences, "IOB2", policy, None)
    np.testing.assert_allclose(scores(counts[present]).T, expected[:3])
    assert counts[present, 2].tolist() == list(expected[3])


def paired_by_hand(gold, predicted):
    """Pairs of spans that share tokens, the best of all taken first, again and again."""
    pairs = []
    for g, (a, b, kind) in enumerate(gold):
        for p, (c, d, other) in enumerate(predicted):
            shared = min(b, d) - max(a, c)
            if shared > 0:
                moved = (a, b) != (c, d)
                order = {(False, False): 0, (False, True): 1, (True, False): 2, (True, True): 3}
                pairs.append((order[moved, kind != other], -shared, g, p))
    taken = {}
    for _, _, g, p in sorted(pairs):
        if g not in taken and p not in taken.values():
            taken[g] = p
    return taken


def listed(spans):
    return list(zip(spans.starts.tolist(), spans.ends.tolist(), spans.types.tolist(), strict=True))


@given(gold_and_predicted(TAGS["IOB2"]))
def test_what_became_of_each_span_equals_pairing_by_hand(sentences):
    pair = pair_of(*sentences, "IOB2")
    spans = [
        list(zip(s.starts.tolist(), s.ends.tolist(), s.types.tolist(), strict=True))
        for s in (pair.gold, pair.predicted)
    ]
    gold, predicted = spans
    partners = paired_by_hand(gold, predicted)
    size = len(pair.names)
    kinds, types = np.zeros((size, len(KINDS)), int), np.zeros((size + 1, size + 1), int)
    for number, (start, end, kind) in enumerate(gold):
        if number not in partners:
            kinds[kind, KINDS.index("missed")] += 1
            types[kind, size] += 1
            continue
        first, last, other = predicted[partners[number]]
        name = {(True, True): "right", (False, True): "boundary", (True, False): "type", (False, False): "both"}
        kinds[kind, KINDS.index(name[(start, end) == (first, last), kind == other])] += 1
        types[kind, other] += 1
    for number, (_, _, kind) in enumerate(predicted):
        if number not in partners.values():
            kinds[kind, KINDS.index("invented")] += 1
            types[size, kind] += 1
    found = confusion(pair)
    assert found.kinds.tolist() == kinds.tolist()
    assert found.types.tolist() == types.tolist()
    assert found.kinds[:, 0].tolist() == pair.by_type()[:, 0].tolist()
    assert found.types.sum(1)[:size].tolist() == pair.by_type()[:, 2].tolist()
    assert found.types.sum(0)[:size].tolist() == pair.by_type()[:, 1].tolist()


def test_each_kind_of_mistake_is_told_apart():
    gold = [["B-X", "I-X", "O", "B-Y", "O", "B-X", "O", "B-Y", "I-Y", "O"]]
    predicted = [["B-X", "O", "O", "B-X", "O", "O", "B-Y", "B-Y", "I-Y", "B-X"]]
    found = confusion(pair_of(gold, predicted, "IOB2"))
    kinds = dict(zip(KINDS, found.kinds.T.tolist(), strict=True))
    assert found.names == ("X", "Y")
    assert kinds == {"right": [0, 1], "boundary": [1, 0], "type": [0, 1], "both": [0, 0], "missed": [1, 0],
                     "invented": [1, 1]}  # fmt: skip
