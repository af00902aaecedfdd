"""The table of a capability profile: how far each model gets on each probe."""

from __future__ import annotations

from collections.abc import Sequence

from seqbench.reporting.number_format import counted
from seqbench.reporting.table import Table
from seqbench.results.capability_profile import Capability, CapabilityProfile, ProbeAxis, Reach, interval, limit_of

_MEANING = "the hardest level within one point of the ceiling (and two standard errors): the median of all seeds"
_MARKS = {
    "levels": "≥: there is no harder level",
    "training": "?: at the next level dev still rose when the epochs ended ({epochs}, or those that a spec sets; "
    "--epochs): no word about the model",
    "failed": "!: a trial of the next level failed; `seqbench show` has its error",
    "unknown": "…: not run to the end",
    "model": "no sign: at the next level dev did not rise in {patience} (what learns late may need more: "
    "--patience), or the model has no epochs",
    "sight": "no sign before a stroke: at the next level no tagger that sees as little is near the ceiling",
}
_SIGNS = {"levels": ("≥", ""), "training": ("", "?"), "failed": ("", "!"), "unknown": ("", "…")}


def profile_table(profile: CapabilityProfile) -> Table:
    """A row for each model, a column for each probe."""
    capabilities = {model: [profile.capability(axis, model) for axis in profile.axes] for model in profile.specs}
    rows = [[model, *map(_cell, row)] for model, row in capabilities.items()]
    columns = ["model", *(f"{axis.probe}: {axis.measures}" for axis in profile.axes)]
    shown = [reaches for row in capabilities.values() for c in row for reaches in (c.any, c.of_sight) if reaches]
    limits = set(map(limit_of, shown))
    notes = [f"{_MEANING} (lowest to highest seed)."]
    if any(capability.restricted for row in capabilities.values() for capability in row):
        notes.append("a / b: b against the ceiling of taggers that see as little of a sentence as the model does.")
    numbers = {"epochs": counted(profile.epochs, "epoch"), "patience": counted(profile.patience, "epoch")}
    notes += [text.format(**numbers) for limit, text in _MARKS.items() if limit in limits]
    return Table("capability profile", columns, rows, notes, texts=columns[1:])


def _cell(capability: Capability) -> str:
    text = _reached(capability.axis, capability.any)
    return f"{text} / {_reached(capability.axis, capability.of_sight)}" if capability.restricted else text


def _reached(axis: ProbeAxis, reaches: Sequence[Reach]) -> str:
    """The median level with its signs, and the levels of all seeds where these differ."""
    if not reaches:
        return "-"
    low, middle, high = interval(reaches)
    before, after = _SIGNS.get(limit_of(reaches), ("", ""))
    spread = f" ({_level(axis, low)} to {_level(axis, high)})" if low < high else ""
    return f"{before}{_level(axis, middle)}{after}{spread}"


def _level(axis: ProbeAxis, level: int) -> str:
    return str(axis.levels[level]) if level >= 0 else f"<{axis.levels[0]}"
