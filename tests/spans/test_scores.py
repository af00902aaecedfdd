"""Span scores equal to those of seqeval, and counted by sentence."""

import numpy as np
import pytest
from annotations import TAGS_OF, gold_and_predicted, pair_of
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics import sequence_labeling as default
from seqeval.metrics import v1 as strict
from seqeval.scheme import IOB1, IOB2, IOBES, IOE2

from seqbench import Sequences
from seqbench.spans import Reading, macro, micro, scheme, scores

STRICT = {"IOB1": IOB1, "IOB2": IOB2, "IOE2": IOE2, "IOBES": IOBES}


def seqeval_s(gold, predicted, name, policy, average):
    if policy == "strict":
        found = strict.precision_recall_fscore_support(
            gold, predicted, average=average, scheme=STRICT[name], zero_division=0
        )
    else:
        found = default.precision_recall_fscore_support(gold, predicted, average=average, zero_division=0)
    return found


@pytest.mark.parametrize("policy", ["conlleval", "strict"])
@pytest.mark.parametrize("name", TAGS_OF)
@given(data=st.data())
def test_scores_per_type_micro_and_macro_equal_seqeval_s(name, policy, data):
    gold, predicted = data.draw(gold_and_predicted(TAGS_OF[name]))
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


@given(gold_and_predicted(TAGS_OF["IOB2"]))
def test_counts_of_a_sentence_are_those_of_the_sentence_alone(sentences):
    counts = pair_of(*sentences, "IOB2").by_sentence()
    for number, (gold, predicted) in enumerate(zip(*sentences, strict=True)):
        assert counts[number].tolist() == pair_of([gold], [predicted], "IOB2").by_sentence()[0].tolist()


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
