"""Codes counted part by part, against counting all of them at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seqbench import Conditions, Corpus, make
from seqbench_plugins._shared import counts_by_part
from seqbench_plugins._shared.counts_by_part import Counted, parts_of

WORDS = [[f"w{(3 * number + place) % 17}" for place in range(number % 6)] for number in range(80)]
CORPUS = Corpus.encode(WORDS, [[f"T{(int(w[1:]) + (place > 2)) % 3}" for place, w in enumerate(s)] for s in WORDS])


@given(st.lists(st.lists(st.integers(0, 9))))
def test_parts_are_counted_as_all_of_them_at_once(parts):
    arrays = [np.array(part, np.int64) for part in parts]
    whole = np.concatenate([np.zeros(0, np.int64), *arrays])
    codes, first, counts = np.unique(whole, return_index=True, return_counts=True)
    together = Counted.of(arrays)
    assert (together.codes.tolist(), together.first.tolist()) == (codes.tolist(), first.tolist())
    assert together.counts.tolist() == counts.tolist()


@pytest.mark.parametrize("tokens", [1, 3, 50, 10_000])
def test_parts_hold_every_sentence_once_in_order(tokens):
    parts = list(parts_of(CORPUS, tokens))
    assert [s for part in parts for s in part.sentences] == WORDS
    assert all(part.tokens for part in parts)
    assert [part.tokens for part in parts_of(CORPUS.part(0, 1))] == [0]


@pytest.mark.parametrize("spec", ["baseline", "hmm"])
def test_what_is_learned_does_not_hang_on_the_size_of_parts(spec, monkeypatch, tmp_path):
    learned = []
    for size in (counts_by_part.PART, 7):
        monkeypatch.setattr(counts_by_part, "PART", size)
        tagger = make(spec)
        tagger.fit(CORPUS, Conditions())
        folder = tmp_path / str(size)
        folder.mkdir()
        tagger.save(folder)
        learned.append(sorted((path.name, path.read_bytes()) for path in folder.iterdir()))
    assert learned[0] == learned[1]
