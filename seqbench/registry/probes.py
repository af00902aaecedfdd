"""Probes: registered datasets that get harder by one option, from level to level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from seqbench.contracts.datasets import Difficulty
from seqbench.contracts.hyperparameters import Range, fields_of
from seqbench.errors import UsageError
from seqbench.registry.data_argument import parsed, with_options
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry

Level = str | int | float | bool | None
VARIED = "*"
"""Value of the option that is varied in the place of a probe's own: `probe?length=16&band=*`."""
_STEPS = 8  # levels of a range of fractions


@dataclass(frozen=True)
class Probe:
    """A probe as it was named, perhaps with options, what makes it harder, and its levels, the easiest first.

    `base` is the text without the option that is varied.
    """

    text: str
    base: str
    difficulty: Difficulty
    levels: tuple[Level, ...]

    def data(self, level: Level) -> str:
        """The argument of `--data` for a level."""
        return with_options(self.base, **{self.difficulty.option: str(level)})

    def up_to(self, hardest: float) -> Probe:
        """The probe without the levels above a number. Raises `UsageError` if none is left."""
        levels = tuple(level for level in self.levels if not isinstance(level, int | float) or level <= hardest)
        if not levels:
            raise UsageError(f"{self.text}: no level is left up to {hardest:g}; the easiest is {self.levels[0]}")
        return replace(self, levels=levels)


def probes_of(texts: Sequence[str], registry: Registry) -> list[Probe]:
    """The probes of these texts, else the default ones. Raises `UsageError` if one is no probe."""
    names = texts or [name for name, entry in registry.datasets.items() if _is_default(entry)]
    if not names:
        raise UsageError("no probe is registered as default; name one with --probes")
    if len(set(names)) < len(names):
        raise UsageError(f"a probe is named twice in {', '.join(names)}; leave one")
    return [_probe(text, registry) for text in names]


def _is_default(entry: Entry) -> bool:
    return entry.about.difficulty is not None and entry.about.difficulty.default


def _probe(text: str, registry: Registry) -> Probe:
    source = parsed(text)
    entry = registry.datasets.get(source.name)
    if entry is None or entry.about.difficulty is None:
        known = ", ".join(name for name, other in registry.datasets.items() if other.about.difficulty)
        raise UsageError(f"{source.name!r} is no probe; probes: {known}")
    varied = [option for option, value in source.options.items() if value == VARIED]
    difficulty = Difficulty(option=varied[0], measures=varied[0]) if varied else entry.about.difficulty
    if difficulty.option in source.options and not varied:
        raise UsageError(f"{text!r} sets {difficulty.option!r}, which is what `seqbench probe` varies; leave it out")
    field = fields_of(entry.load()).get(difficulty.option)
    if field is None or field.range is None:
        raise UsageError(f"option {difficulty.option!r} of probe {source.name!r} has no seqbench.Range: no levels")
    rest = {option: value for option, value in source.options.items() if option != difficulty.option}
    base = with_options(source.name, **rest) if rest else source.name
    return Probe(text, base, difficulty, levels_of(field.range, whole=field.type is int))


def levels_of(values: Range, *, whole: bool) -> tuple[Level, ...]:
    """Levels of a range: its choices, each twice the one before on a logarithmic scale, else evenly."""
    if values.choices:
        return values.choices
    number = int if whole else float
    if values.log:
        levels = [values.low]
        while levels[-1] * 2 <= values.high:
            levels.append(levels[-1] * 2)
        return tuple(number(level) for level in levels)
    if whole:
        return tuple(range(int(values.low), int(values.high) + 1))
    span = values.high - values.low
    return tuple(round(values.low + span * step / (_STEPS - 1), 9) for step in range(_STEPS))
