"""What became of each span, against pairing by hand."""

import numpy as np
from annotations import TAGS_OF, gold_and_predicted, pair_of
from hypothesis import given

from seqbench.spans import KINDS, confusion


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


@given(gold_and_predicted(TAGS_OF["IOB2"]))
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
