"""Comparisons as tables: each model with its rank, and the pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seqbench.comparing.comparison import LEARNER, LEVEL, MODEL, OPEN, SAME, Comparison
from seqbench.comparing.dataset_comparison import DatasetComparison
from seqbench.comparing.ranks import ranks
from seqbench.comparing.unit_counts import Units
from seqbench.reporting.comparison_words import EXPLAINED, QUESTION_PHRASES, SHORT, Names, place, reason_of
from seqbench.reporting.number_format import in_points, limits, missed, named, p_value, points, score, tied, unit
from seqbench.reporting.pair_cells import cells_beside_rope, cells_of, seemingly_apart
from seqbench.reporting.table import Table
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions

QUESTIONS = {
    MODEL: "(a) are these trained models better on text like this test set?",
    LEARNER: "(b) are these ways of learning better, whatever the seed?",
}
_WIDE_RANK = re.compile(r"\d+-\d+")
_SEVERAL = 3  # models, of which the best is chosen


def standing(
    compared: DatasetComparison, names: Names, against: ModelKey | None = None, *, tiers: bool = False
) -> Table:
    """Each model with its score, the interval, and a word and the ranks for either question; the best first.

    With `tiers` the tier stands beside the ranks.
    """
    order = sorted(compared.standings, key=lambda s: (s.model != against, -s.mean))
    models = [standing.model for standing in order]
    columns = [[names[model] for model in models], [score(s.mean, compared.metric) for s in order]]
    columns += [[limits(s.interval, compared.metric) for s in order]]
    titles = ["model", named(compared.metric), "95 % interval"]
    for question, short in SHORT.items():
        of_question = [c for c in compared.comparisons if c.question == question]
        titles += [short] if against else [short, f"rank {short[:3]}"]
        columns += [[place(model, models[0], of_question, against=against) for model in models]]
        placed = ranks(models, of_question)
        columns += [] if against else [[str(placed[model]) for model in models]]
        if tiers and not against:
            titles.append(f"tier {short[:3]}")
            columns.append([str(placed[model].tier) for model in models])
    titles.append("P(best)")
    columns += [[f"{100 * s.p_best:.0f} %" if compared.why is None else "-" for s in order]]
    rows = [list(cells) for cells in zip(*columns, strict=True)]
    what = f"what is better or worse than {names[against]}" if against else "who is best"
    title = f"{compared.dataset}: {what}? {named(compared.metric)}{unit(compared.metric)}, {compared.units} resampled"
    return Table(title, titles, rows, list(_notes(compared, rows)), about=_about(compared), legend=_STANDING)


def _about(compared: DatasetComparison) -> dict[str, str]:
    """Subject that all rows of a table share."""
    return {"dataset": compared.dataset, "metric": compared.metric}


def _notes(compared: DatasetComparison, cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Test and power under each question, then the words of the table."""
    for question, short in SHORT.items():
        of_question = [c for c in compared.comparisons if c.question == question]
        decided = [c for c in of_question if c.p_adjusted is not None]
        if decided:
            yield _tested(short, decided)
        elif of_question:
            yield f"{short}: {QUESTION_PHRASES[question]}; no test was made."
    if compared.why:
        yield f"No interval: {compared.why}."
    words = {cell for row in cells for cell in row}
    if OPEN in words and not compared.why:
        yield from _open(compared.comparisons, f"{OPEN} (whether the model differs from the first)")
    wide = [cell for row in cells for cell in row[1:] if _WIDE_RANK.fullmatch(cell)]
    yield from (f"rank: {ranks_left} stands for all ranks that the tests leave possible." for ranks_left in wide[:1])
    yield from (f"{word}: {text}" for word, text in EXPLAINED.items() if word in words)
    if len(cells) >= _SEVERAL:
        yield "The best of several scores is a little too high: its interval is that of a model named beforehand."


def _open(comparisons: Sequence[Comparison], word: str) -> Iterator[str]:
    """Sentence on what a word or a dash means where a pair is not decided."""
    reason = reason_of(comparisons)
    if reason:
        yield f"{word}: {reason}."


def _tested(short: str, decided: Sequence[Comparison]) -> str:
    """The test under a question, its level, and what it would miss."""
    rope = decided[0].rope
    if rope is None:
        return f"{short}: {decided[0].test}, level {100 * LEVEL:.0f} % for {_FAMILY} (Holm).{_missed(decided)}"
    borders = f"intervals beside borders of {100 * rope:g} points (two one-sided tests)"
    return f"{short}: {borders}, level {100 * LEVEL:.0f} % for {_FAMILY} (Bonferroni)."


_FAMILY = "all tests of this command by this metric together"


def _missed(decided: Sequence[Comparison]) -> str:
    """Sentence on the differences that the test as made would miss."""
    sizes = [c.detectable for c in decided if c.detectable is not None and c.relation == SAME]
    if not sizes:
        return ""
    text = missed(sizes, decided[0].metric)
    return f" {text[0].upper()}{text[1:]} would often be missed."


def pairs(compared: DatasetComparison, names: Names) -> Iterator[Table]:
    """The differences in points, a table for each question that could be answered."""
    for question, words in QUESTIONS.items():
        of_question = [c for c in compared.comparisons if c.question == question]
        if any(c.p is not None for c in of_question):
            title = f"{compared.dataset}: {words} Differences {in_points(compared.metric)}{named(compared.metric)}"
            further = ["errors", "McNemar"] if question == MODEL else ["seeds won"]
            columns = ["ahead", "behind", "difference", "95 % interval", further[0]]
            ropes = [c.rope for c in of_question if c.rope is not None]
            if ropes:
                rows = [cells_beside_rope(c, names) for c in of_question]
                notes = [_BORDERS, *_about_pairs(of_question, OPEN)]
                yield Table(title, [*columns[:4], "p", "p (adj.)", "relation"], rows, notes, legend=_PAIRS)
                continue
            columns += ["p", "p (Holm)", "detectable", *further[1:]]
            rows = [cells_of(c, names) for c in of_question]
            apart = seemingly_apart(of_question)
            notes = [_AHEAD, *([apart] if apart else []), *_explained(question), *_about_pairs(of_question, "-")]
            about = {**_about(compared), "question": question}
            yield Table(title, columns, rows, notes, about=about, legend=_PAIRS)


def _about_pairs(comparisons: Sequence[Comparison], word: str) -> list[str]:
    """Notes on pairs that are not decided, and on those of one score."""
    return [*_open(comparisons, word), *tied(c.difference for c in comparisons)]


_BORDERS = "p: how often data would say so much if the difference lay at the nearest border of --rope."
_AHEAD = "ahead: has the better score of the two; p (Holm) tells whether that is more than chance."
_STANDING = {
    "model": "the label of the model",
    "95 % interval": "true scores that these data allow: of such text, and of other seeds where a model has seeds",
    "P(best)": "how often the model has the best score where text and seeds are drawn anew; no test of any difference",
}
_PAIRS = {
    "difference": "the score of the model ahead less that of the one behind",
    "95 % interval": "true differences that these data allow, over text (b: and seeds), for this pair by itself",
    "p": "how often models that are equal would differ so much by chance",
    "p (Holm)": "p corrected for all tests of this command by this metric; under 0.05 the pair is told apart",
    "p (adj.)": "p corrected for all tests of this command by this metric",
}


def _explained(question: str) -> list[str]:
    detectable = "detectable: the real difference that the test, so corrected, finds in about 80 % of cases."
    if question == MODEL:
        return [
            "errors: how many fewer the model ahead makes than the one behind.",
            detectable,
            "McNemar: mid-p on the tokens of the first seeds, a cross-check only: it takes tokens as independent.",
        ]
    return ["seeds won: how often a seed of the better beats one of the other.", detectable]


def scanned(predictions: Predictions, tests: Sequence[Comparison], names: Names) -> Table:
    """The F1 of each tag for the pairs that were compared, the clearest difference first."""
    rows = [
        [c.tag or "", names[c.a], names[c.b], points(c.difference), p_value(c.p), p_value(c.p_adjusted)]
        for c in sorted(tests, key=lambda c: 1.0 if c.p is None else c.p)
    ]
    title = f"{predictions.dataset.name}: {QUESTIONS[MODEL]} Differences in points of F1, tag by tag"
    notes = [
        f"{tests[0].test}, {Units.of(predictions)}; p (BH): Benjamini-Hochberg over these {len(tests)} tests:",
        "of those that are under 0.05, about 5 % are false.",
        *tied(c.difference for c in tests),
    ]
    return Table(
        title,
        ["tag", "ahead", "behind", "difference", "p", "p (BH)"],
        rows,
        notes,
        about={"dataset": predictions.dataset.name},
    )
