"""Analyses of the same predictions, counted again by plain loops over every choice."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from model_predictions import KEY, predictions_of
from scipy.stats import t as student
from seqeval.metrics import f1_score as span_f1
from seqeval.scheme import IOB2

from seqbench.comparing.multiverse import Counted, beside_the_best, multiverse
from seqbench.scoring.reference import Reference

TAGS = ("B-X", "I-X", "B-Y", "I-Y", "O")
SENTENCES, DOCUMENTS = 60, (0, 5, 11, 20, 24, 31, 40, 52)
STEP = 1e-5


@pytest.fixture(scope="module")
def predictions():
    """Two models of three seeds, and a deterministic one."""
    random = np.random.default_rng(11)
    offsets = np.concatenate([[0], np.cumsum(random.integers(1, 7, SENTENCES))])
    size = offsets[-1]
    gold = random.choice(5, size, p=[0.25, 0.1, 0.25, 0.1, 0.3]).astype(np.int32)
    shares = {"m0": (0.2, 0.25, 0.3), "m1": (0.24, 0.28, 0.22), "m2": (0.4,)}
    arrays = {
        name: np.stack([np.where(random.random(size) < share, random.integers(0, 5, size), gold) for share in of_seeds])
        for name, of_seeds in shares.items()
    }
    repeated = random.random(SENTENCES) < 0.3
    known = (random.random(size) < 0.7) | np.repeat(repeated, np.diff(offsets))
    test = Reference(tags=TAGS, learned=5, gold=gold, offsets=offsets, known=known, ambiguous=known & (gold != 4),
                     repeated=repeated)  # fmt: skip
    made = predictions_of(test, {name: ids.astype(np.int32) for name, ids in arrays.items()})
    models = [replace(model, deterministic=model.key.label == "m2") for model in made.models]
    return replace(made, models=models, documents=np.array(DOCUMENTS))


def macro_f1(gold, predicted, weights):
    scores = []
    for tag in set(gold.tolist()) | set(predicted.tolist()):
        right = weights[(gold == tag) & (predicted == tag)].sum()
        scores.append(2 * right / (weights[gold == tag].sum() + weights[predicted == tag].sum()))
    return sum(scores) / len(scores)


def accuracy(gold, predicted, weights):
    return weights[gold == predicted].sum() / weights.sum()


def of_spans(mode):
    """F1 of spans by seqeval, of whole sentences."""

    def score(test, predicted, sentences):
        cut = [slice(test.offsets[n], test.offsets[n + 1]) for n in sentences]
        texts = [[[TAGS[i] for i in ids[part]] for part in cut] for ids in (test.gold, predicted)]
        return span_f1(*texts, mode=mode, scheme=IOB2 if mode else None)

    return score


def tokens_of_slices(test):
    lengths = np.diff(test.offsets)
    of_token = np.repeat(lengths, lengths)
    new = ~np.repeat(test.repeated, lengths)
    every = np.ones(len(new), bool)
    short = of_token <= np.median(lengths)
    slices = [("all", every, True), ("known", test.known, False), ("unknown", ~test.known, False),
              ("ambiguous", test.ambiguous, False), ("short", short, True), ("long", ~short, True)]  # fmt: skip
    told = {}
    for (name, where, whole), (repeats, kept) in product(slices, (("with", every), ("without", new))):
        told.setdefault(tuple(np.flatnonzero(where & kept).tolist()), (name, repeats, whole))
    return [(np.array(tokens), *rest) for tokens, rest in told.items()]


def seeds_of(a, b):
    """Numbers of the seeds of two models by each choice."""
    yield range(len(a.ids)), range(len(b.ids))
    for chosen in ([0], [1], [2], [1, 2], [0, 2], [0, 1]):
        yield ([0] if m.deterministic else chosen for m in (a, b))


def scores_of(test, model, tokens, name):
    """Score of each seed of a model."""
    if name.startswith("span"):
        sentences = np.unique(np.searchsorted(test.offsets, tokens, side="right") - 1)
        return [of_spans("strict" if name.endswith("strict") else None)(test, ids, sentences) for ids in model.ids]
    score = accuracy if name == "accuracy" else macro_f1
    return [score(test.gold[tokens], ids[tokens], np.ones(len(tokens))) for ids in model.ids]


def test_an_analysis_holds_as_often_as_plain_loops_say(predictions):
    test = predictions.reference
    every = [(part, name) for part in tokens_of_slices(test) for name in ("accuracy", "macro", "span", "span strict")
             if part[3] or not name.startswith("span")]  # fmt: skip
    scored = {(n, m.key): scores_of(test, m, part[0], name) for n, (part, name) in enumerate(every)
              for m in predictions.models}  # fmt: skip
    for pair in multiverse(predictions):
        a, b = predictions.of(pair.a), predictions.of(pair.b)
        seeds = [tuple(chosen) for chosen in seeds_of(a, b)]
        apart = [np.mean([scored[n, pair.a][i] for i in of_a]) - np.mean([scored[n, pair.b][i] for i in of_b])
                 for n in range(len(every)) for of_a, of_b in seeds for _unit in range(2)]  # fmt: skip
        assert (pair.whole.analyses, pair.whole.holds) == (len(apart), sum(d > 1e-12 for d in apart))
        assert pair.whole.tied == sum(abs(d) <= 1e-12 for d in apart)
        alone = pair.choices["score", "accuracy"]
        assert alone.analyses == sum(name == "accuracy" for _, name in every) * 7 * 2


def naive_p(test, models, tokens, starts):
    """P by derivatives in small steps of the weight of each unit."""
    unit = np.searchsorted(starts, np.searchsorted(test.offsets, tokens, side="right") - 1, side="right") - 1
    gold = test.gold[tokens]

    def apart(weights):
        means = [np.mean([accuracy(gold, ids[tokens], weights) for ids in model.ids]) for model in models]
        return means[0] - means[1]

    ones = np.ones(len(tokens))
    slopes = [(apart(ones + STEP * (unit == u)) - apart(ones - STEP * (unit == u))) / 2 / STEP for u in np.unique(unit)]
    squares = np.square(slopes)
    error = np.sqrt(squares.sum() * len(slopes) / (len(slopes) - 1))
    return 2 * student.sf(abs(apart(ones)) / error, squares.sum() ** 2 / (squares**2).sum() - 1)


def test_what_is_significant_is_what_derivatives_in_small_steps_say(predictions):
    test = predictions.reference
    fixed = replace(predictions, models=[replace(m, ids=m.ids[:1], seeds=[0]) for m in predictions.models])
    starts = {"sentences": np.arange(SENTENCES), "documents": np.array(DOCUMENTS)}
    for pair in multiverse(fixed):
        models = fixed.of(pair.a), fixed.of(pair.b)
        for kind, opened in starts.items():
            p = [naive_p(test, models, part[0], opened) for part in tokens_of_slices(test)]
            only = multiverse_of_accuracy(fixed, pair, kind)
            assert (only.tested, only.significant + only.against) == (len(p), sum(one <= 0.05 for one in p))


def multiverse_of_accuracy(predictions, pair, kind):
    """Counts of one pair by accuracy and one unit: of predictions whose documents are no others than that unit."""
    opened = np.arange(SENTENCES) if kind == "sentences" else predictions.documents
    two = [predictions.of(pair.a), predictions.of(pair.b)]
    (alone,) = multiverse(replace(predictions, models=two, documents=opened))
    by_both = alone.choices["score", "accuracy"]
    if kind == "sentences":  # each sentence is a document: both units are the same
        return Counted(**{name: number // 2 for name, number in vars(by_both).items()})
    (of_sentences,) = multiverse(replace(predictions, models=two, documents=np.zeros(0, np.int64)))
    other = vars(of_sentences.choices["score", "accuracy"])
    return Counted(**{name: number - other[name] for name, number in vars(by_both).items()})


def test_the_better_comes_first_and_what_flips_a_pair_is_named():
    gold = np.zeros(40, np.int32)
    first, second = np.zeros((3, 40), np.int32), np.ones((3, 40), np.int32)
    first[2], second[:, :10] = 2, 0
    flags = np.ones(40, bool)
    test = Reference(tags=("A", "B", "C"), learned=3, gold=gold, offsets=np.arange(0, 41, 4), known=flags,
                     ambiguous=~flags)  # fmt: skip
    (pair,) = multiverse(predictions_of(test, {"m1": second, "m0": first}))
    assert (pair.a, pair.b) == (KEY["m0"], KEY["m1"])
    assert pair.difference == pytest.approx(2 / 3 - 1 / 4)
    assert pair.flipping == [("seeds", "seed 2 alone")]
    assert pair.choices["seeds", "seed 2 alone"].holds == 0
    assert pair.whole.flipped == pytest.approx(1 / 7)


def test_against_one_model_there_are_only_its_pairs(predictions):
    pairs = multiverse(predictions, KEY["m2"])
    assert [{pair.a, pair.b} for pair in pairs] == [{KEY["m0"], KEY["m2"]}, {KEY["m1"], KEY["m2"]}]
    assert multiverse(predictions, KEY["bad"]) == []


def test_fewer_than_six_documents_test_nothing_but_count(predictions):
    pair = multiverse(replace(predictions, documents=np.array([0, 30])))[0]
    documents, sentences = (pair.choices["unit", kind] for kind in ("documents", "sentences"))
    assert (documents.holds, documents.tested) == (sentences.holds, 0)
    assert sentences.tested > 0


def test_the_pairs_of_the_best_model_are_those_of_all_pairs(predictions):
    pairs = multiverse(predictions)
    (best,) = [key for key in predictions.keys if sum(pair.a == key for pair in pairs) == len(predictions.keys) - 1]
    assert [str(pair) for pair in beside_the_best(predictions)] == [str(pair) for pair in pairs if pair.a == best]
    assert beside_the_best(replace(predictions, models=predictions.models[:1])) == []


def test_of_models_that_tie_the_first_is_the_best(predictions):
    first = predictions.models[0]
    tied = replace(predictions, models=[first, replace(first, key=replace(first.key, label="again"))])
    assert [pair.a for pair in beside_the_best(tied)] == [pair.a for pair in multiverse(tied)] == [first.key]
