"""Promises about answers: one taught tag for each token, whatever the sentence and its neighbours."""

from __future__ import annotations

from contextlib import suppress

from seqbench.contracts.tagger import Conditions, Tagger
from seqbench.data.corpus import Corpus
from seqbench.running.prediction_check import IDS_ARE_NO_TAGS, is_id
from seqbench.testing.examples import KNOWN, UNKNOWN, corpus, encoded, fitted, smallest_first, tags_of
from seqbench.testing.promise import Make, Promise, require


def _one_tag_each(make: Make) -> None:
    tagger = fitted(make)
    for sentences in smallest_first(KNOWN):
        _require_one_each(sentences, tags_of(tagger, sentences))
    for sentences in smallest_first(UNKNOWN):
        if (answers := _unless_it_raises(tagger, sentences)) is not None:
            _require_one_each(sentences, answers)


def _require_one_each(sentences: list[list[str]], answers: list[list[str]]) -> None:
    tags, tokens = [len(answer) for answer in answers], [len(sentence) for sentence in sentences]
    require(tags == tokens, f"{sentences!r} have {tokens} tokens, and got {tags} tags")


def _unless_it_raises(tagger: Tagger, sentences: list[list[str]]) -> list[list[str]] | None:
    """The answers to sentences with unknown words; None where it does not cope, which is another promise."""
    with suppress(Exception):
        return tags_of(tagger, sentences)
    return None


def _only_taught(make: Make) -> None:
    taught = set(corpus().tags.vocabulary)
    tagger = fitted(make)
    _require_taught(tags_of(tagger, KNOWN), KNOWN, taught)
    _require_taught(_unless_it_raises(tagger, UNKNOWN) or [], UNKNOWN, taught)


def _require_taught(answers: list[list[str]], sentences: list[list[str]], taught: set[str]) -> None:
    for sentence, tags in zip(sentences, answers, strict=False):
        other = [tag for tag in tags if tag not in taught]
        hint = f"; {IDS_ARE_NO_TAGS}" if any(is_id(tag) for tag in other) else ""
        require(not other, f"{sentence!r} got {other!r}, which the training set does not have{hint}")


def _unknown_words(make: Make) -> None:
    tagger = fitted(make)
    for sentences in smallest_first(UNKNOWN):
        try:
            tags_of(tagger, sentences)
        except Exception as error:  # noqa: BLE001 -- the smallest sentence is told with it
            require(kept=False, broken=f"{sentences!r} raised {type(error).__name__}: {error}")


def _odd_sizes(make: Make) -> None:
    tagger = fitted(make)
    odd: tuple[list[list[str]], ...] = ([], [[]], [["dog"]], [[], ["dog"], []])
    for sentences in odd:
        try:
            lengths = [len(tags) for tags in tags_of(tagger, sentences)]
        except Exception as error:  # noqa: BLE001 -- the smallest sentence is told with it
            require(kept=False, broken=f"{sentences!r} raised {type(error).__name__}: {error}")
        require(lengths == [len(s) for s in sentences], f"{sentences!r} got {lengths} tags")


def _one_word(make: Make) -> None:
    smallest = Corpus.encode([["one"]], [["TAG"]])
    tagger = fitted(make, smallest, Conditions(dev=smallest))
    tags = tags_of(tagger, encoded([["one"]], smallest))
    require(tags == [["TAG"]], f"fitted on [['one']] with the tag 'TAG', it answers {tags!r}")


def _order(make: Make) -> None:
    tagger = fitted(make)
    for sentences in ([KNOWN[i], other] for i in range(len(KNOWN)) for other in KNOWN[i + 1 :]):
        straight, turned = tags_of(tagger, sentences), tags_of(tagger, sentences[::-1])[::-1]
        require(straight == turned, f"{sentences!r} got {straight!r}, and in turned order {turned!r}")


ANSWERS = (
    Promise("one-tag-per-token", "gives one tag to every token", _one_tag_each),
    Promise("only-taught-tags", "gives only tags of the training set, also to unknown words", _only_taught),
    Promise("unknown-words", "copes with words that it was not taught", _unknown_words),
    Promise("odd-sizes", "copes with no sentence, empty sentences and single tokens", _odd_sizes),
    Promise("smallest-train", "can be fitted on one word with one tag", _one_word),
    Promise("order-does-not-matter", "tags a sentence alike wherever it stands", _order),
)
