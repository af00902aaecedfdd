"""Models compared: which differences are real, on text like this test set, and for the learners behind the models.

Two questions are kept apart. (a) "model": are these trained models better on text like this test set? Sentences (or
documents, where the corpus marks them) are resampled, the models stay as they are. (b) "learner": is this way of
learning better? Seeds are resampled too, which takes at least two seeds of each model that has seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from seqbench.comparing.interim_tests import counted_looks, looked, looks_at
from seqbench.comparing.statistics import t_test_over_seeds
from seqbench.comparing.statistics.alpha_spending import Looks
from seqbench.comparing.statistics.effect_sizes import error_reduction, superiority
from seqbench.comparing.statistics.estimate import Estimate
from seqbench.comparing.statistics.paired_tests import floors, mcnemar, randomisation
from seqbench.comparing.statistics.stochastic_dominance import order_of_seeds
from seqbench.comparing.unit_counts import DRAWS, Measured
from seqbench.results.model_names import ModelKey
from seqbench.scoring.log_loss import PERPLEXITY

LEVEL = 0.05
MODEL, LEARNER = "model", "learner"
TESTS = {MODEL: "approximate randomisation, 10,000 draws", LEARNER: "t test over text and seeds"}
BETTER, SAME, IDENTICAL, OPEN, EQUAL = "better", "not told apart", "identical", "not decided", "equal"
"""Relations of two models: what a comparison says."""
TIE = 1e-12


@dataclass(frozen=True)
class Comparison:
    """Two models on one dataset under one question. Scores and differences are fractions of 1, `a` less `b`.

    Of perplexity, a difference is how much less `a` has. `p_adjusted` is Holm's for all that a command tests by one
    metric; `relation` says what follows; `detectable` is the real difference that the test so corrected finds in 80 %
    of cases; `mcnemar` (mid-p of the first seeds' tokens) is a cross-check of accuracy; `aso` is the bound of almost
    stochastic order, from five seeds on; `p` is None where the question could not be asked, and `why` says why. A
    comparison of one `tag` is part of a scan, and its `p_adjusted` is Benjamini-Hochberg's. With a `rope`, differences
    up to it count as none, and p is that of its borders; `posterior`, over splits, has the probabilities that a is
    better, both are equal, b is better.
    """

    a: ModelKey
    b: ModelKey
    dataset: str
    question: str
    test: str
    difference: float
    ci95: tuple[float, float] | None = None
    p: float | None = None
    p_adjusted: float | None = None
    error_reduction: float | None = None
    superiority: float | None = None
    detectable: float | None = None
    mcnemar: float | None = None
    aso: float | None = None
    metric: str = "accuracy"
    tag: str | None = None
    relation: str | None = None
    rope: float | None = None
    posterior: tuple[float, float, float] | None = None
    why: str | None = None


@dataclass(frozen=True)
class PairTest:
    """A comparison before the correction for many tests, and the estimate behind it; None where there is none.

    `floor` is the least p that the test can give, whatever the difference; `step` the least difference of two answers.
    `share` is the part of a level that an interval takes: under 1 where seeds were chosen by looking. `unlike` is the
    share of tokens that one model alone has right, of accuracies.
    """

    comparison: Comparison
    estimate: Estimate | None = None
    floor: float = 0.0
    step: float = 0.0
    share: float = 1.0
    unlike: float | None = None


def pairs_of(measured: Measured, against: ModelKey | None = None) -> list[tuple[int, int]]:
    """The models to compare, by number, the better of each pair first; none if `against` did not finish."""
    keys, means = measured.predictions.keys, measured.means
    return [
        (a, b) if means[a] >= means[b] else (b, a)
        for a, b in combinations(range(len(keys)), 2)
        if against is None or against in (keys[a], keys[b])
    ]


def models_tested(measured: Measured, pairs: Sequence[tuple[int, int]], family: int = 1) -> list[PairTest]:
    """Pairs under question (a); p can be as small as a correction over `family` tests asks for."""
    if measured.units.undecided:
        return [_undecided(measured, pair, MODEL, measured.units.undecided) for pair in pairs]
    p = randomisation(measured.counts, pairs, DRAWS, LEVEL / max(1, family) / 2).tolist()
    by_token, tests = measured.metric == "accuracy", []
    right = [measured.right(model) for model in range(len(measured.models))] if by_token else []
    for pair, raw, floor in zip(pairs, p, floors(measured.counts, pairs), strict=True):
        check = mcnemar(*(right[model] for model in pair)).mid_p if by_token else None
        comparison = replace(_effect(measured, pair, MODEL), p=raw, mcnemar=check)
        estimate = None if measured.unsteady else Estimate(comparison.difference, (measured.by_text(pair),))
        test = PairTest(comparison, estimate, floor=floor, step=measured.step, unlike=measured.unlike(pair))
        tests.append(_at_each_look(measured, pair, test))
    return tests


def _at_each_look(measured: Measured, pair: tuple[int, int], test: PairTest) -> PairTest:
    """A test of trained models, by Bonferroni over the planned looks where seeds were chosen by looking."""
    looks = looks_at(measured, pair)
    if looks is None or test.comparison.p is None:
        return test
    many = len(looks.planned)
    method = f"{TESTS[MODEL]}, corrected for {counted_looks(looks)}"
    comparison = replace(test.comparison, p=min(1.0, many * test.comparison.p), test=method)
    return replace(test, comparison=comparison, floor=many * test.floor, share=1 / many)


def learners_tested(
    measured: Measured, pairs: Sequence[tuple[int, int]], *, with_orders: bool = True
) -> list[PairTest]:
    """Pairs under question (b), which some cannot be asked: those with a single seed of a model that has more.

    `with_orders`: almost stochastic orders too, which no test uses.
    """
    return [_learner_tested(measured, pair, with_orders=with_orders) for pair in pairs]


def _learner_tested(measured: Measured, pair: tuple[int, int], *, with_orders: bool) -> PairTest:
    a, b = pair
    why = measured.units.undecided or measured.unsteady or _no_seeds(measured, pair)
    if why:
        return _undecided(measured, pair, LEARNER, why)
    looks = looks_at(measured, pair)
    if looks is not None:
        return _learner_looked_at(measured, pair, looks)
    learners, text = (measured.learners[a], measured.learners[b]), measured.by_text(pair)
    estimate = t_test_over_seeds.difference(*learners, measured.counts.units, text)
    comparison = replace(
        _effect(measured, pair, LEARNER),
        p=estimate.p,
        superiority=superiority(*(measured.scores[model] for model in pair)),
        aso=order_of_seeds(*(measured.scores[model] for model in pair)) if with_orders else None,
    )
    return PairTest(comparison, estimate, step=measured.step, unlike=measured.unlike(pair))


def _learner_looked_at(measured: Measured, pair: tuple[int, int], looks: Looks) -> PairTest:
    """A pair under question (b) whose number of seeds was chosen by looking."""
    result = looked(measured, pair, looks)
    if result is None:
        return _undecided(measured, pair, LEARNER, f"seeds are looked at from {looks.planned[0]} of each model on")
    method = f"group-sequential t test over text and seeds, {counted_looks(looks)}"
    comparison = replace(_effect(measured, pair, LEARNER), p=result.p, test=method)
    comparison = replace(comparison, superiority=superiority(*(measured.scores[model] for model in pair)))
    return PairTest(comparison, result.estimate, step=measured.step, share=result.share)


def _no_seeds(measured: Measured, pair: tuple[int, int]) -> str | None:
    """Reason why learners cannot be told from the luck of a seed; None where each has several seeds or needs none."""
    models = [measured.models[number] for number in pair]
    if all(len(model.ids) > 1 or model.deterministic for model in models):
        return None
    return "it takes two or more seeds of each model that has seeds (--seeds 5)"


def _undecided(measured: Measured, pair: tuple[int, int], question: str, why: str) -> PairTest:
    """A question that cannot be asked; the same tags of two trained models say nothing of how they learn."""
    effect = _effect(measured, pair, question)
    return PairTest(replace(effect, why=why, relation=None if question == LEARNER else effect.relation))


def _effect(measured: Measured, pair: tuple[int, int], question: str) -> Comparison:
    """A comparison before any test: how much better the first model is."""
    first, second = (measured.means[model] for model in pair)
    return Comparison(
        a=measured.predictions.keys[pair[0]],
        b=measured.predictions.keys[pair[1]],
        dataset=measured.predictions.dataset.name,
        question=question,
        test=TESTS[question],
        difference=first - second,
        error_reduction=None if measured.metric == PERPLEXITY else error_reduction(first, second),
        metric=measured.metric,
        relation=IDENTICAL if _identical(measured, pair) else None,
    )


def _identical(measured: Measured, pair: tuple[int, int]) -> bool:
    """Whether two models predict the same tags with all seeds."""
    first, second = (measured.models[number].ids for number in pair)
    if len(first) != len(second) and min(len(first), len(second)) > 1:
        return False
    return measured.means[pair[0]] == measured.means[pair[1]] and bool((first == second).all())
