"""Mistakes of models as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqbench.comparing.error_analysis.agreement import agreements, all_wrong
from seqbench.comparing.error_analysis.confusions import between, confusions
from seqbench.comparing.error_analysis.report import Chosen, ErrorReport
from seqbench.comparing.error_analysis.slices import slices
from seqbench.comparing.error_analysis.tokens_in_context import Case
from seqbench.reporting.table import ABSENT, Table
from seqbench.results.model_names import ModelKey

_REACH = 7  # words shown to either side of a token


def accuracy(report: ErrorReport) -> Table:
    """Each model in each slice of the test set."""
    body = []
    for part in slices(report.predictions.reference, report.words):
        scores = (part.accuracy(report.predictions, model).mean or 0.0 for model in report.models)
        body.append([part.by, part.name, f"{part.tokens:,}", *(f"{100 * score:.2f}" for score in scores)])
    title = f"{report.predictions.dataset.name}: accuracy in %, by kind of token{_means(report)}"
    notes = ["Of so many rows some differ by chance, small ones most of all."]
    return Table(title, ["by", "", "tokens", *_names(report)], body, notes, texts=[""], about=_about(report))


def confused(report: ErrorReport) -> Table:
    """The gold tags taken for others, those first on which the models differ most."""
    listed = confusions(report.predictions)
    body = [[c.gold, c.predicted, *map(_count, c.tokens.values())] for c in listed[: report.limit]]
    order = "those first on which models differ most" if len(report.models) > 1 else "the most frequent first"
    title = f"{report.predictions.dataset.name}: tags taken for others, in tokens{_means(report)}, {order}"
    notes = _cut(report, len(listed), "confusions")
    return Table(title, ["gold", "taken for", *_names(report)], body, notes, texts=["taken for"], about=_about(report))


def confused_by_one(report: ErrorReport, first: ModelKey, second: ModelKey) -> Table:
    """The confusions of two models, token by token."""
    listed = between(report.predictions, first, second)
    body = [[c.gold, c.predicted, *map(_count, (c.first, c.second, c.both))] for c in listed[: report.limit]]
    what = "tags taken for others by one of two models or by both, in tokens"
    title = f"{report.predictions.dataset.name}: {what}{_means(report)}"
    columns = ["gold", "taken for", f"{report.names[first]} only", f"{report.names[second]} only", "both"]
    return Table(
        title, columns, body, _cut(report, len(listed), "confusions"), texts=["taken for"], about=_about(report)
    )


def tokens(report: ErrorReport, chosen: Chosen) -> Table:
    """The tokens of a choice, with their sentences."""
    number, listed = report.tokens(chosen)
    notes = ["Right or wrong is what more than half of the seeds are; tags are those of most seeds."]
    models = [*chosen.right, *chosen.wrong] or report.models
    title = f"{report.predictions.dataset.name}: tokens with {chosen.described(report.names)}"
    columns = ["sentence", "token", "gold", *(report.names[model] for model in models), "text", *_read_at(listed)]
    body = [
        [*_where(case), *(case.predicted[model] for model in models), case.marked(_REACH), *_origin(case, listed)]
        for case in listed
    ]
    notes = [*notes * bool(_means(report)), *_cut(report, number, "tokens", always=True)]
    return Table(title, columns, body, notes, texts=columns[2:], about=_about(report))


def agreement(report: ErrorReport) -> Table:
    """How far each pair of models agrees, and on how many tokens nobody is right."""
    body = [
        [report.names[p.a], report.names[p.b], _percent(p.same), _kappa(p.kappa), _percent(p.both_wrong),
         _percent(p.alike)]
        for p in agreements(report.predictions)
    ]  # fmt: skip
    trials, tokens = sum(len(model.ids) for model in report.predictions.models), len(report.predictions.reference.gold)
    nobody = all_wrong(report.predictions)
    wrong = f"All {len(report.models)} models ({trials} trials) are wrong on {nobody.tokens:,} of {tokens:,} tokens"
    notes = [
        f"{wrong}, and give the same wrong tag to {nobody.alike:,} of these.",
        "kappa: agreement beyond chance (Cohen 1960), 1 at most.",
        "alike: of the tokens that both have wrong, those that get the same wrong tag.",
    ]
    title = f"{report.predictions.dataset.name}: agreement of two models, shares of tokens in %{_means(report)}"
    columns = ["model", "and", "same tag", "kappa", "both wrong", "alike"]
    return Table(title, columns, body, notes, texts=["and"], about=_about(report))


def suspects(report: ErrorReport) -> Table:
    """Tokens on which all models agree against gold."""
    number, listed = report.suspects()
    shown = [case for case, _ in listed]
    columns = ["sentence", "token", "gold", "all models", "suspicion", "text", *_read_at(shown)]
    body = [
        [
            *_where(case),
            case.predicted[report.models[0]],
            f"{suspicion:.1f}",
            case.marked(_REACH),
            *_origin(case, shown),
        ]
        for case, suspicion in listed
    ]
    trials = sum(len(model.ids) for model in report.predictions.models)
    notes = [
        f"All {len(report.models)} models ({trials} trials) agree on a tag that is not the gold tag.",
        "suspicion: logarithm of how much likelier their tag is for this word in train than the gold tag.",
        *_cut(report, number, "tokens", always=True),
    ]
    title = f"{report.predictions.dataset.name}: suspects for mistakes of annotation"
    return Table(title, columns, body, notes, texts=["gold", "all models", *columns[5:]], about=_about(report))


def _about(report: ErrorReport) -> dict[str, str]:
    return {"dataset": report.predictions.dataset.name}


def _where(case: Case) -> Sequence[str]:
    return str(case.sentence), str(case.token), case.gold


def _read_at(listed: Sequence[Case]) -> list[str]:
    """The column that says where sentences were read, where any case knows it."""
    return ["read at"] * any(case.origin for case in listed)


def _origin(case: Case, listed: Sequence[Case]) -> list[str]:
    """File, line and name of a case's sentence."""
    origin = case.origin
    if origin is None:
        return ["-"] * len(_read_at(listed))
    return [f"{Path(origin.file).name}:{origin.line}{f' ({origin.sent_id})' * bool(origin.sent_id)}"]


def _percent(share: float | None) -> str:
    return ABSENT if share is None else f"{100 * share:.2f}"


def _kappa(kappa: float | None) -> str:
    return ABSENT if kappa is None else f"{kappa:.3f}"


def _count(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0") if number else "."


def _means(report: ErrorReport) -> str:
    return ", means of seeds" if max(len(model.ids) for model in report.predictions.models) > 1 else ""


def _cut(report: ErrorReport, number: int, what: str, *, always: bool = False) -> list[str]:
    """Note on the number of entries, if not all are shown, or always."""
    if number > report.limit:
        return [f"{number:,} {what}, of which {report.limit} are shown (--limit)."]
    return [f"{number:,} {what}."] if always else []


def _names(report: ErrorReport) -> list[str]:
    return [report.names[model] for model in report.models]
