"""Results over training sizes and datasets as tables and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.comparison import LEVEL
from seqbench.comparing.overall_standing import OverallStanding, improvement, standings
from seqbench.comparing.statistics.rank_tests import EXACT, HOLM, NEMENYI, SHAFFER
from seqbench.data.split_options import SIZE
from seqbench.reporting.number_format import counted, limits, named, p_value, score, unit
from seqbench.reporting.practical_tables import practical_pairs
from seqbench.reporting.table import Table
from seqbench.results.model_names import ModelKey
from seqbench.results.records import DatasetSummary
from seqbench.results.rows import Results, Score


def learning_curves(pooled: Results, metric: str) -> Iterator[Table]:
    """Tables of scores by training size, models in rows, for each dataset with several sizes."""
    curves: dict[tuple[str, str], list[DatasetSummary]] = {}
    for dataset in pooled.datasets:
        over = pooled.over.get(dataset.fingerprint, "")
        curves.setdefault((dataset.origin or dataset.name, over), []).append(dataset)
    for (name, over), datasets in curves.items():
        if len(datasets) > 1:
            yield _curve(name + (f", {over}" if over else ""), datasets, pooled, metric)


def _curve(name: str, datasets: Sequence[DatasetSummary], pooled: Results, metric: str) -> Table:
    models = list(dict.fromkeys(row.key for row in pooled.rows))
    scores = {(row.dataset.fingerprint, row.key): row.score(metric) for row in pooled.rows}
    cells = {model: [_spread(scores.get((d.fingerprint, model))) for d in datasets] for model in models}
    rows = [[pooled.names[model], *spreads] for model, spreads in cells.items()]
    sizes = [_size(dataset) for dataset in datasets]
    title = f"{name}: test {named(metric)} in % by sentences of train"
    return Table(title, ["model", *sizes], [row for row in rows if set(row[1:]) != {"-"}], about={"dataset": name})


def _size(dataset: DatasetSummary) -> str:
    drawn = dataset.drawn.get(SIZE)
    if drawn:
        return f"{int(drawn):,}"
    return f"all ({dataset.sentences.train:,})" if dataset.sentences else "all"


def _spread(score: Score | None) -> str:
    if score is None or score.mean is None:
        return "-"
    return f"{100 * score.mean:.2f}" + (f" ± {100 * score.std:.2f}" if score.std is not None else "")


def ranks(ranking: Ranking, names: Mapping[ModelKey, str], *, every: bool = True) -> Iterator[Table]:
    """The mean ranks over all datasets, then the pairs: all, or those with the best mean rank alone."""
    stood = standings(ranking)
    middle = [_IQM] * any(standing.middle for standing in stood)
    shown = [[score(value, ranking.metric) for value in scores] for scores in ranking.scores.T.tolist()]
    rows = [
        [*_standing(standing, names), *_middle(standing, ranking.metric, middle), *shown[model]]
        for model, standing in zip(ranking.order, stood, strict=True)
    ]
    title = f"all {len(ranking.datasets)} datasets: mean ranks by {named(ranking.metric)}{unit(ranking.metric)}"
    left_out = [f"left out: {names[m]}, without a score on {', '.join(d)}." for m, d in ranking.left_out.items()]
    columns = ["model", "mean rank", "95 % interval", "rank", "P(best)", *middle, *ranking.datasets]
    yield Table(title, columns, rows, [*_together(ranking), _FOR_OTHERS, *(_MIDDLE for _ in middle), *left_out])
    yield _pairs(ranking, names, every=every)
    if ranking.rope is not None:
        yield practical_pairs(ranking, names)


_IQM = "IQM"
_FOR_OTHERS = (
    "95 % interval of the mean rank, and P(best): over other datasets of such kind. rank: 1 more than the models shown "
    "to be better, and above all shown to be worse."
)
_MIDDLE = "IQM: interquartile mean of all seeds on these datasets, its 95 % interval over seeds (Agarwal et al. 2021)."


def _standing(standing: OverallStanding, names: Mapping[ModelKey, str]) -> Iterator[str]:
    """Cells of a model before its scores."""
    low, high = standing.interval
    yield from (names[standing.model], f"{standing.mean_rank:.2f}", f"{low:.2f} to {high:.2f}")
    yield from (str(standing.rank), f"{100 * standing.p_best:.0f} %")


def _middle(standing: OverallStanding, metric: str, columns: Sequence[str]) -> list[str]:
    """Cells of the interquartile mean, one for each of these columns: one or none."""
    middle = standing.middle
    shown = "-" if middle is None else f"{score(middle.value, metric)} ({limits(middle.interval(), metric)})"
    return [shown for _ in columns]


def _pairs(ranking: Ranking, names: Mapping[ModelKey, str], *, every: bool) -> Table:
    """Pairs of models with their wins and Wilcoxon's test."""
    rows = [
        [
            names[ranking.models[pair.first]],
            names[ranking.models[pair.second]],
            f"{pair.wins}/{pair.ties}/{pair.losses}",
            _improvement(ranking, pair.first, pair.second),
            p_value(None if pair.turned else pair.p),
            p_value(pair.p_adjusted),
        ]
        for pair in ranking.pairs
        if every or ranking.order[0] in (pair.first, pair.second)
    ]
    score_of = _ONE_SCORE if ranking.alone else _BETTER
    left = [f"Pairs with the best mean rank alone; --pairs prints all {len(ranking.pairs)}."]
    title = "all datasets: pairs of models"
    columns = ["better rank", "than", "wins/ties/losses", "P(better)", "p", "p (adj.)"]
    return Table(title, columns, rows, [*_tests(ranking, names), score_of, *left * (len(rows) < len(ranking.pairs))])


def _tests(ranking: Ranking, names: Mapping[ModelKey, str]) -> Iterator[str]:
    """Notes on the tests of the pairs, and on what they cannot tell."""
    many, pairs = len(ranking.datasets), len(ranking.pairs)
    tests = _TESTS_BESIDE_ONE if ranking.beside_one else _TESTS
    test = tests[ranking.procedure].format("exact" if many <= EXACT else "normal approximation")
    yield f"{test} over {many} datasets, {counted(pairs, 'pair')}; {_times(ranking)}"
    best = min(1.0, ranking.shares * ranking.smallest_p * pairs)
    if best > LEVEL:
        way = " --ranking nemenyi (of the mean ranks) could." if ranking.others_find else ""
        yield f"With {many} datasets p (adj.) is {best:.4g} at best: no pair can be told apart.{way}"
    keys = [(ranking.models[pair.first], ranking.models[pair.second]) for pair in ranking.pairs if pair.turned]
    if keys:
        turned = ", ".join(f"{names[first]} and {names[second]}" for first, second in keys)
        yield f"Mean ranks and signed ranks point to different models, so that nothing is said: {turned}."


_BETTER = "P(better): how probably a seed of the first beats one of the second on a dataset, with its 95 % interval."
_ONE_SCORE = "P(better): the share of such datasets on which the first is better, a tie counting half; 95 % interval."


def _improvement(ranking: Ranking, first: int, second: int) -> str:
    """How probably the first model is better, with its interval."""
    share = improvement(ranking, first, second)
    return f"{100 * share[0]:.0f} % ({100 * share[1][0]:.0f} to {100 * share[1][1]:.0f})" if share else "-"


_TESTS = {
    HOLM: "Wilcoxon signed-rank test ({}) with Holm's correction (Demsar 2006)",
    SHAFFER: "Wilcoxon signed-rank test ({}) with Shaffer's static correction (Garcia and Herrera 2008)",
    NEMENYI: "Nemenyi's test of the mean ranks (Demsar 2006)",
}
_TESTS_BESIDE_ONE = {
    HOLM: _TESTS[HOLM],
    SHAFFER: f"{_TESTS[HOLM]}, since Shaffer's is for all pairs,",
    NEMENYI: "z test of the mean ranks beside one model, with Holm's correction (Demsar 2006)",
}


def _times(ranking: Ranking) -> str:
    """Clause on what shares the level."""
    others = ["of each dataset"] * (not ranking.alone) + ["of --rope"] * (ranking.rope is not None)
    times = f"is multiplied by {ranking.shares}, since tests {' and '.join(others)} share the level, and " * bool(
        others
    )
    return f"p (adj.) {times}is not under Friedman's. Each metric is alone."


def _together(ranking: Ranking) -> Iterator[str]:
    p = ranking.friedman
    if p is None:
        yield "Friedman's test takes three or more models."
        return
    level = LEVEL / ranking.shares
    shown = "the models are not all as good" if p <= level else "no difference between any of the models is shown"
    count = len(ranking.datasets)
    form = "F form of Iman and Davenport, corrected for ties, as these papers do not"
    test = f"Friedman's test ({form}; {count} datasets, level {100 * level:.2g} %)"
    yield f"{test}: p {'' if p_value(p).startswith('<') else '= '}{p_value(p)}, {shown}."
