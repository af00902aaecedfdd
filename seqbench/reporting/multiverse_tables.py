"""How far a lead hangs on choices of the analysis, as tables, a sentence, and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from seqbench.comparing.comparison import LEVEL, TIE
from seqbench.comparing.multiverse import SEEDS, UNIT, Choice, Counted, Multiverse
from seqbench.comparing.unit_counts import ENOUGH_DOCUMENTS
from seqbench.reporting.comparison_report import Comparable
from seqbench.reporting.number_format import points
from seqbench.reporting.table import Table
from seqbench.results.model_names import ModelKey
from seqbench.results.records import Json
from seqbench.scoring.metrics_from_counts import UNITS_OF_A_TAG

Names = Mapping[ModelKey, str]


def of_the_first(pairs: Sequence[Multiverse]) -> list[Multiverse]:
    """The pairs with the model that is better than all others by the first analysis."""
    wins = Counter(pair.a for pair in pairs)
    return [pair for pair in _ordered(pairs) if wins and wins.most_common(1)[0][0] in (pair.a, pair.b)]


def _ordered(pairs: Sequence[Multiverse]) -> list[Multiverse]:
    """Pairs of the best model first, and of these the closest first."""
    wins = Counter(pair.a for pair in pairs)
    return sorted(pairs, key=lambda pair: (-wins[pair.a], pair.difference))


def sentence(pair: Multiverse, names: Names) -> str:
    """One plain sentence on a pair."""
    if pair.whole.tied == pair.whole.analyses:
        return f"{pair.dataset}: {names[pair.a]} and {names[pair.b]} have the same score in all analyses."
    sentence = f"{names[pair.a]} > {names[pair.b]} holds in {pair.whole.holds} of {_analyses(pair.whole.analyses)}"
    flips = _flips(pair)
    return f"{pair.dataset}: {sentence}, least often with {flips}." if flips else f"{pair.dataset}: {sentence}."


def _analyses(number: int) -> str:
    return f"{number} analys{'i' if number == 1 else 'e'}s"


def table(pairs: Sequence[Multiverse], names: Names) -> Table:
    """A row for each pair (at least one): in how many analyses the first is better, and what flips that."""
    first = pairs[0]
    units = [value for kind, value in first.choices if kind == UNIT]
    columns = ["first", "second", "difference", "holds", "tied", *(f"significant by {unit}" for unit in units)]
    rows = [_cells(pair, names, units) for pair in _ordered(pairs)]
    title = f"{first.dataset}: how far does it hang on the analysis? Difference in points of {first.score}"
    about = {"dataset": first.dataset, "metric": first.score}
    columns += ["the other way", "holds least with"]
    return Table(title, columns, rows, list(_notes(pairs, units)), texts=columns[:2] + columns[-1:], about=about)


def _cells(pair: Multiverse, names: Names, units: Sequence[str]) -> list[str]:
    whole = pair.whole
    by_unit = [pair.choices[UNIT, unit] for unit in units]
    tested = [_of(counted.significant, counted.tested) for counted in by_unit]
    cells = [names[pair.a], names[pair.b], points(pair.difference), _of(whole.holds, whole.analyses), str(whole.tied)]
    return [*cells, *tested, _of(whole.against, whole.tested), _flips(pair) or "-"]


def _of(number: int, all_of_them: int) -> str:
    return f"{number} of {all_of_them}" if all_of_them else "-"


def _flips(pair: Multiverse) -> str:
    """The choices that flip a pair most often, each with the analyses that hold."""
    choices = [(named(choice), pair.choices[choice]) for choice in pair.flipping]
    return ", ".join(f"{name} ({_of(counted.holds, counted.analyses)})" for name, counted in choices)


def named(choice: Choice) -> str:
    """Words for a choice."""
    kind, value = choice
    return f"{kind} {value}" if kind == "policy" else f"{value} as units" if kind == UNIT else value


def _notes(pairs: Sequence[Multiverse], units: Sequence[str]) -> Iterator[str]:
    """Notes: what an analysis is, what is counted, and what the counts do not say."""
    yield f"An analysis is one choice of each kind: {'; '.join(_kinds(pairs))}. {_SAME}"
    yield "holds: the first model has the better score, which the unit has no part in."
    if pairs[0].over_splits:
        yield _UNTESTED
    else:
        level = f"p of at most {100 * LEVEL:.0f} %"
        yield f"significant: {level} in a t test of the analysis alone, question (a), {_TESTED}"
        yield "the other way: significant, but the second model is better."
    if len(units) > 1:
        yield "By sentences differences look surer than they are: sentences of one document share their fate."
    yield "Analyses share most of their tokens: their number is no probability that a model is better."


_UNTESTED = (
    "Not tested, and no choice of units: training sets of splits overlap, which a test of one analysis does not allow "
    "for. Test sets of all splits count as one, so that a sentence that several have counts as often."
)
_SAME = "The same tokens count once, and scores of spans have no slices of words."
_TESTED = (
    f"corrected for nothing. Not tested are means over tags of which one is in fewer than {UNITS_OF_A_TAG} units, and "
    f"fewer than {ENOUGH_DOCUMENTS} documents."
)


def _kinds(pairs: Iterable[Multiverse]) -> Iterator[str]:
    """Each kind of choice with its values."""
    values: dict[str, dict[str, None]] = {}
    for pair in pairs:
        for kind, value in pair.choices:
            values.setdefault(kind, {})[value] = None
    for kind, names in values.items():
        yield f"{kind} ({', '.join(names) if kind != SEEDS else _seeds(len(names))})"


def _seeds(number: int) -> str:
    return "all" if number == 1 else "all, each alone, all but one"


def multiverse_as_json(runs: Comparable) -> list[dict[str, Json]]:
    """All pairs of all datasets of runs, as plain values."""
    return as_json([pair for dataset in runs.listing.datasets for pair in runs.multiverse(dataset)], runs.names)


def as_json(pairs: Iterable[Multiverse], names: Names) -> list[dict[str, Json]]:
    """All pairs with the counts of each choice, as plain values."""
    return [
        {
            "a": names[pair.a],
            "b": names[pair.b],
            "dataset": pair.dataset,
            "score": pair.score,
            "difference": 0.0 if abs(pair.difference) < TIE else pair.difference,
            **vars(pair.whole),
            "holds_least_with": [list(choice) for choice in pair.flipping],
            "choices": [_choice(choice, counted) for choice, counted in pair.choices.items()],
        }
        for pair in _ordered(list(pairs))
    ]


def _choice(choice: Choice, counted: Counted) -> dict[str, Json]:
    return {"kind": choice[0], "value": choice[1], **vars(counted)}
