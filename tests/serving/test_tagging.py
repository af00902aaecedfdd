"""Tagging in blocks: the same answers as at once, however small the blocks are."""

import gc

import pytest
from kept import WORDS, kept, loaded

from seqbench import UsageError
from seqbench.serving.tagging import Tagging
from seqbench.serving.text_input import Sentence


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    return [loaded(kept(spec, folder / spec)) for spec in ("hmm", "majority")]


@pytest.mark.parametrize("tokens", [1, 7, 1000])
def test_blocks_do_not_matter(models, tokens):
    tagging = Tagging(models=models[:1])
    blocks = list(tagging.tag((Sentence(words) for words in WORDS), tokens))
    assert [tagged.tags[0] for block in blocks for tagged in block] == models[0].predict(WORDS)


def test_text_is_read_no_further_than_the_block_that_is_tagged(models):
    read = []

    def endless():
        while True:
            read.append(1)
            yield Sentence(["The", "dog"])

    next(Tagging(models=models[:1]).tag(endless(), 30))
    assert len(read) == 10


def test_while_text_is_tagged_what_was_there_before_is_not_searched_for_garbage(models):
    before = gc.get_freeze_count()
    threshold = gc.get_threshold()
    blocks = Tagging(models=models[:1]).tag([Sentence(WORDS[0]), Sentence(WORDS[1])], 1)
    next(blocks)
    assert gc.get_freeze_count() > before + 10_000
    assert gc.get_threshold()[0] >= 100_000
    assert len(list(blocks)) == 1
    assert gc.get_freeze_count() == 0
    assert gc.get_threshold() == threshold


def test_models_stand_side_by_side_and_differences_are_marked(models):
    tagged = next(Tagging(models=models).tag([Sentence(WORDS[0])]))[0]
    assert list(tagged.tags) == [models[0].predict(WORDS[:1])[0], models[1].predict(WORDS[:1])[0]]
    assert tagged.differing == [n for n, (a, b) in enumerate(zip(*tagged.tags, strict=True)) if a != b] != []


def test_the_most_probable_tags_are_in_order(models):
    tagged = next(Tagging(models=models[:1], nbest=2).tag([Sentence(WORDS[0])]))[0]
    table = models[0].predict_proba(WORDS[:1]).astype(float)
    for row, several in zip(table, tagged.distributions[0], strict=True):
        assert [tag for tag, _ in several] == [models[0].tags[i] for i in (-row).argsort(kind="stable")[:2]]
        assert [p for _, p in several] == sorted(row.round(6).tolist(), reverse=True)[:2]


def test_a_model_without_probabilities_is_told(models):
    with pytest.raises(UsageError, match="model 'majority' has no probabilities; leave out"):
        Tagging(models=models, nbest=1)
