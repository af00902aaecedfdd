"""Words of folds in a row: each token's sentence, where it was read, and its count in the train set of its own fold."""

import numpy as np
from folded import WORDS

from seqbench.comparing.error_analysis.annotation_suspects import suspects
from seqbench.comparing.error_analysis.words import Words
from seqbench.comparing.pooled_folds import read_all_pooled
from seqbench.registry.discovery import Registry
from seqbench.results.listing import list_runs


def test_words_of_folds_stand_beside_the_predictions_with_file_line_and_name(folds):
    (whole,) = read_all_pooled(list_runs([folds]))
    words = Words.read(whole, [folds], Registry.discover())
    lengths = np.diff(whole.reference.offsets)
    assert words.lengths().tolist() == lengths.tolist()
    lines = (folds.folder.parent / "corpus.conllu").read_text().split("\n")
    names = set()
    for number, length in enumerate(lengths.tolist()):
        origin = words.origin(number)
        listed = [row.split("\t")[1] for row in lines[origin.line - 1 : origin.line - 1 + length]]
        assert words.sentence(number) == listed
        names.add(origin.sent_id)
    assert names == {f"s{number}" for number in range(len(lengths))}
    forms, places = words.forms()
    assert [forms[place] for place in places] == [w for n in range(len(lengths)) for w in words.sentence(n)]
    _check_counts(words)
    _check_suspects(whole, words)


def _check_counts(words):
    """Words of one fold are counted in the train set of that fold."""
    counts = words.times_in_train()
    first = words.datasets[0]
    trained = [word for sentence in first.train.sentences for word in sentence]
    tested = [word for sentence in first.test.sentences for word in sentence]
    assert counts[: len(tested)].tolist() == [trained.count(word) for word in tested]
    assert len(counts) == sum(dataset.test.tokens for dataset in words.datasets) > len(WORDS)


def _check_suspects(whole, words):
    """Suspects of all folds are those of each, in one order."""
    found = suspects(whole, words)
    every = np.concatenate([model.ids for model in whole.models])
    expected = np.flatnonzero((every == every[0]).all(0) & (every[0] != whole.reference.gold))
    assert sorted(found.places.tolist()) == expected.tolist()
    assert (np.diff(found.suspicion) <= 0).all()
