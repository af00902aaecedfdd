"""Where models are wrong, as tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from seqbench.comparing.error_analysis.confusions import between, confusions
from seqbench.comparing.error_analysis.report import Chosen, Findings
from seqbench.comparing.error_analysis.slices import slices
from seqbench.comparing.error_analysis.tokens_in_context import Case
from seqbench.reporting.table import Table

_REACH = 7  # words shown to either side of a token


def accuracy(found: Findings) -> Table:
    """Each model in each slice of the test set."""
    body = []
    for one in slices(found.answers.reference, found.dataset):
        scores = (one.accuracy(found.answers, label).mean or 0.0 for label in found.labels)
        body.append([one.by, one.name, f"{one.tokens:,}", *(f"{100 * score:.2f}" for score in scores)])
    title = f"{found.answers.dataset}: accuracy in %, by kind of token{_means(found)}"
    notes = ["Of so many rows some differ by chance, small ones most of all."]
    return Table(title, ["by", "", "tokens", *found.labels], body, notes, texts=[""])


def confused(found: Findings) -> Table:
    """The gold tags taken for others, those first on which the models differ most."""
    listed = confusions(found.answers)
    body = [[c.gold, c.predicted, *map(_count, c.tokens.values())] for c in listed[: found.limit]]
    order = "those first on which models differ most" if len(found.labels) > 1 else "the most frequent first"
    title = f"{found.answers.dataset}: tags taken for others, in tokens{_means(found)}, {order}"
    notes = _cut(found, len(listed), "confusions")
    return Table(title, ["gold", "taken for", *found.labels], body, notes, texts=["taken for"])


def confused_by_one(found: Findings, first: str, second: str) -> Table:
    """The confusions of two models, token by token."""
    listed = between(found.answers, first, second)
    body = [[c.gold, c.predicted, *map(_count, (c.first, c.second, c.both))] for c in listed[: found.limit]]
    title = f"{found.answers.dataset}: tags taken for others by one of two models or by both, in tokens{_means(found)}"
    columns = ["gold", "taken for", f"{first} only", f"{second} only", "both"]
    return Table(title, columns, body, _cut(found, len(listed), "confusions"), texts=["taken for"])


def tokens(found: Findings, asked: Chosen) -> Table:
    """The tokens that were asked for, with their sentences."""
    number, listed = found.chosen(asked)
    notes = ["Right or wrong is what more than half of the seeds are; tags are those of most seeds."]
    labels = [*asked.right, *asked.wrong] or found.labels
    title = f"{found.answers.dataset}: tokens with {asked}"
    columns = ["sentence", "token", "gold", *labels, "text"]
    body = [[*_where(case), *(case.given[label] for label in labels), case.marked(_REACH)] for case in listed]
    notes = [*notes * bool(_means(found)), *_cut(found, number, "tokens", always=True)]
    return Table(title, columns, body, notes, texts=columns[2:])


def suspects(found: Findings) -> Table:
    """Tokens on which all models agree against gold."""
    number, listed = found.suspects()
    columns = ["sentence", "token", "gold", "all models", "suspicion", "text"]
    body = [
        [*_where(case), case.given[found.labels[0]], f"{suspicion:.1f}", case.marked(_REACH)]
        for case, suspicion in listed
    ]
    trials = sum(map(len, found.answers.predicted.values()))
    notes = [
        f"All {len(found.labels)} models ({trials} trials) agree on a tag that is not the gold tag.",
        "suspicion: logarithm of how much likelier their tag is for this word in train than the gold tag.",
        *_cut(found, number, "tokens", always=True),
    ]
    title = f"{found.answers.dataset}: suspects for mistakes of annotation"
    return Table(title, columns, body, notes, texts=["gold", "all models", "text"])


def _where(case: Case) -> Sequence[str]:
    return str(case.sentence), str(case.token), case.gold


def _count(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0") if number else "."


def _means(found: Findings) -> str:
    return ", means of seeds" if max(map(len, found.answers.predicted.values())) > 1 else ""


def _cut(found: Findings, number: int, what: str, *, always: bool = False) -> list[str]:
    """How many there are, if not all are shown, or always."""
    if number > found.limit:
        return [f"{number:,} {what}, of which {found.limit} are shown (--limit)."]
    return [f"{number:,} {what}."] if always else []
