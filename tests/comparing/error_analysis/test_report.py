"""Where models are wrong and where they differ, against counting by hand and token by token."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import dataset

from seqbench import Corpus, Dataset
from seqbench.comparing.error_analysis.annotation_suspects import suspects
from seqbench.comparing.error_analysis.confusions import between, chosen_tokens, confusions
from seqbench.comparing.error_analysis.slices import slices
from seqbench.comparing.error_analysis.tokens_in_context import cases
from seqbench.results.model_key import ModelKey
from seqbench.results.predictions import ModelPredictions, Predictions
from seqbench.results.records import DatasetSummary
from seqbench.scoring.reference import Reference

TAGS = ("A", "B", "C")
KEY = {name: ModelKey("run", name) for name in ("m", "m0", "m1", "first", "second", "good", "bad")}


def answers_of(gold, **predicted):
    """Answers over one sentence of `gold`, with the predictions of each seed of each model."""
    size = len(gold)
    reference = Reference(
        tags=TAGS,
        learned=3,
        gold=np.array(gold),
        offsets=np.array([0, size]),
        known=np.ones(size, bool),
        ambiguous=np.zeros(size, bool),
    )
    return predictions_of(reference, {n: np.array(seeds, np.int32).reshape(-1, size) for n, seeds in predicted.items()})


def predictions_of(reference, arrays):
    models = [ModelPredictions(key=KEY[name], seeds=range(len(ids)), ids=ids) for name, ids in arrays.items()]
    summary = DatasetSummary(name="data", fingerprint="f")
    return Predictions(dataset=summary, reference=reference, documents=np.zeros(0, np.int64), models=models)


def of_dataset(data, *predicted):
    reference = Reference.of(data)
    ids = {tag: i for i, tag in enumerate(reference.tags)}
    models = {f"m{i}": np.array([[ids[t] for t in tags.split()]], np.int32) for i, tags in enumerate(predicted)}
    return predictions_of(reference, models)


@st.composite
def drawn_answers(draw):
    size = draw(st.integers(1, 12))
    row = st.lists(st.integers(0, 2), min_size=size, max_size=size)
    seeds = st.lists(row, min_size=1, max_size=3)
    return answers_of(draw(row), first=draw(seeds), second=draw(seeds))


def test_slices_say_which_tokens_are_alike():
    """The test set is "The cat ate that" and "book it"; only cat is unknown, and book is noun and verb in train."""
    data = dataset()
    found = {(one.by, one.name): np.flatnonzero(one.where).tolist() for one in slices(Reference.of(data), data)}
    assert found == {
        ("word", "any"): [0, 1, 2, 3, 4, 5],
        ("word", "known"): [0, 2, 3, 4, 5],
        ("word", "unknown"): [1],
        ("word", "ambiguous"): [4],
        ("times in train", "0"): [1],
        ("times in train", "1"): [0, 2, 3, 5],
        ("times in train", "2-4"): [4],
        ("sentence length", "1-5"): [0, 1, 2, 3, 4, 5],
        ("position", "1"): [0, 4],
        ("position", "2-5"): [1, 2, 3, 5],
        ("tag", "NN"): [1, 3, 5],
        ("tag", "V"): [2, 4],
        ("tag", "DET"): [0],
    }


def test_the_slices_of_one_kind_hold_each_token_once():
    lengths = [0, 1, 5, 6, 10, 11, 20, 21, 40, 41, 60]
    sentences = [[f"w{i % 7}" for i in range(n)] for n in lengths]
    corpus = Corpus.encode(sentences, [["T"] * n for n in lengths])
    data = Dataset.of("x", train=corpus, test=corpus)
    found = slices(Reference.of(data), data)
    for by in ("times in train", "sentence length", "position", "tag"):
        assert (np.sum([one.where for one in found if one.by == by], axis=0) == 1).all()
    by_length = {one.name: one.tokens for one in found if one.by == "sentence length"}
    assert by_length == {"1-5": 6, "6-10": 16, "11-20": 31, "21-40": 61, "41+": 101}


def test_without_words_only_the_slices_by_frequency_are_missing():
    data = dataset()
    there, gone = ({one.by for one in slices(Reference.of(data), known)} for known in (data, None))
    assert there - gone == {"times in train"}


def test_the_accuracy_of_a_slice_is_that_of_each_seed():
    answers = answers_of([0, 0, 1, 2], m=[[0, 0, 1, 1], [0, 1, 1, 1]])
    by_tag = {one.name: one.accuracy(answers, KEY["m"]).per_seed for one in slices(answers.reference, None)}
    assert (by_tag["A"], by_tag["B"], by_tag["C"]) == ([1.0, 0.5], [1.0, 1.0], [0.0, 0.0])
    assert by_tag["any"] == [0.75, 0.5]


@given(drawn_answers())
def test_confusions_are_those_of_each_seed_and_model_counted_one_by_one(answers):
    gold = answers.reference.gold.tolist()
    expected = {}
    for model in answers.models:
        for g, p in ((g, p) for seed in model.ids.tolist() for g, p in zip(gold, seed, strict=True) if g != p):
            entry = expected.setdefault((TAGS[g], TAGS[p]), dict.fromkeys(answers.keys, 0.0))
            entry[model.key] += 1 / len(model.ids)
    found = confusions(answers)
    assert {(c.gold, c.predicted): pytest.approx(c.tokens) for c in found} == expected
    spreads = [max(c.tokens.values()) - min(c.tokens.values()) for c in found]
    assert spreads == sorted(spreads, reverse=True)


@given(drawn_answers())
def test_confusions_of_two_models_are_means_over_all_pairs_of_their_seeds(answers):
    gold, first, second = answers.reference.gold.tolist(), *(model.ids.tolist() for model in answers.models)
    counts = Counter()
    for a, b in product(first, second):
        for g, one, other in zip(gold, a, b, strict=True):
            share = 1 / len(first) / len(second)
            if one == other != g:
                counts[TAGS[g], TAGS[one], "both"] += share
            else:
                counts[TAGS[g], TAGS[one], "first"] += share * (one != g)
                counts[TAGS[g], TAGS[other], "second"] += share * (other != g)
    found = {
        (c.gold, c.predicted, part): getattr(c, part)
        for c in between(answers, KEY["first"], KEY["second"])
        for part in ("first", "second", "both")
    }
    assert {k: v for k, v in found.items() if v > 1e-9} == pytest.approx({k: v for k, v in counts.items() if v})


def test_a_token_is_right_or_wrong_as_more_than_half_of_the_seeds_are():
    answers = answers_of([0, 0, 1, 1], good=[[0, 0, 1, 0]] * 2 + [[0, 1, 0, 1]], bad=[[1, 1, 1, 1], [1, 0, 1, 0]])
    assert chosen_tokens(answers, [KEY["good"]], []).tolist() == [0, 1, 2]
    assert chosen_tokens(answers, [KEY["good"]], [KEY["bad"]]).tolist() == [
        0
    ]  # of the token behind it, half the seeds are wrong
    assert chosen_tokens(answers, [], [KEY["good"]]).tolist() == [3]
    assert chosen_tokens(answers, [KEY["good"]], [], "B").tolist() == [2]


def test_a_case_has_its_place_its_sentence_and_the_tags_of_most_seeds():
    answers = of_dataset(dataset(), "DET NN NN NN NN NN", "DET V V NN V V")
    first, second = cases(answers, dataset(), np.array([2, 5]))
    assert (first.sentence, first.token, first.gold, first.given) == (1, 3, "V", {KEY["m0"]: "NN", KEY["m1"]: "V"})
    assert first.marked(1) == "… cat [ate] that"
    assert (second.sentence, second.token, second.marked(9)) == (2, 2, "book [it]")
    assert cases(answers, None, np.array([0]))[0].marked(5) == "-"


def test_a_sentence_without_tokens_moves_no_case():
    corpus = Corpus.encode([["a"], [], [], ["b", "c"]], [["X"], [], [], ["X", "X"]])
    answers = of_dataset(Dataset.of("x", train=corpus, test=corpus), "X X X")
    found = cases(answers, None, np.array([0, 1, 2]))
    assert [(case.sentence, case.token) for case in found] == [(1, 1), (4, 1), (4, 2)]


def test_suspects_are_the_tokens_on_which_all_agree_against_gold_the_likeliest_first():
    """All say NN for dog and V for ate, as train does; cat is unknown, so tags alone speak; on book they differ."""
    train = Corpus.encode([["ate", "book", "the", "dog"]] * 5, [["V", "NN", "DET", "NN"]] * 5)
    test = Corpus.encode([["the", "cat", "ate"], ["book", "dog"]], [["DET", "V", "NN"], ["V", "V"]])
    data = Dataset.of("x", train=train, test=test)
    answers = of_dataset(data, "DET NN V NN NN", "DET NN V V NN")
    found = suspects(answers, data)
    assert found.places.tolist() == [4, 2, 1]
    v, nn = 6 / 23, 11 / 23  # shares in train, one added for each of three tags
    expected = [(5 + v) / (0 + nn), (5 + nn) / (0 + v), nn / v]
    assert found.suspicion == pytest.approx(np.sort(np.log(expected))[::-1])


def test_planted_mistakes_come_before_words_that_are_hard():
    """Words are sure (one tag each) or hard (any tag); models know the sure ones and call the hard ones A."""
    drawn = np.random.default_rng(0)
    words = [[f"{'hard' if j % 2 else 'sure'}{drawn.integers(8)}" for j in range(10)] for _ in range(200)]
    truth = [["ABCD"[int(w[-1]) % 4] if w.startswith("sure") else "A" for w in s] for s in words]
    gold = [[t if j % 2 == 0 else "ABCD"[drawn.integers(4)] for j, t in enumerate(tags)] for tags in truth]
    planted = 2 * drawn.choice(500, 30, replace=False)  # places of sure words
    for place in planted.tolist():
        gold[100 + place // 10][place % 10] = "ABCD"["BCDA".index(truth[100 + place // 10][place % 10])]
    data = Dataset.of("x", train=Corpus.encode(words[:100], gold[:100]), test=Corpus.encode(words[100:], gold[100:]))
    answers = of_dataset(data, *[" ".join(t for tags in truth[100:] for t in tags)] * 2)
    found = suspects(answers, data).places.tolist()
    assert len(found) > 300
    assert set(found[:30]) == set(planted.tolist())


def test_no_suspect_is_no_error():
    answers = of_dataset(dataset(), "DET NN V NN V NN")
    assert len(suspects(answers, dataset()).places) == 0
