"""Members of taggers that are made of others: how all are kept and told of, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seqbench import Conditions, Noted, Pretrained, Saveable, Sized, Tagger, UsageError, WarmsUp


def save(folder: Path, specs: Sequence[str], members: Sequence[Tagger]) -> None:
    """Write each member into a folder of its own. Raises `UsageError` if one of them cannot be kept."""
    for number, (spec, member) in enumerate(zip(specs, members, strict=True)):
        if not isinstance(member, Saveable):
            raise UsageError(f"the whole cannot be kept, since its member {spec!r} cannot")
        (folder / str(number)).mkdir()
        member.save(folder / str(number))


def load(folder: Path, specs: Sequence[str], members: Sequence[Tagger]) -> None:
    """Read what `save` wrote. Raises `UsageError` if a member cannot be loaded."""
    for number, (spec, member) in enumerate(zip(specs, members, strict=True)):
        if not isinstance(member, Saveable):
            raise UsageError(f"the whole cannot be loaded, since its member {spec!r} cannot")
        member.load(folder / str(number))


def parameters(members: Sequence[Tagger]) -> int:
    """The sum over all members that count theirs."""
    return sum(member.parameters for member in members if isinstance(member, Sized))


def notes(specs: Sequence[str], members: Sequence[Tagger]) -> list[str]:
    """The notes of the members, each with the member's spec."""
    by_member = [member.notes if isinstance(member, Noted) else () for member in members]
    return [f"{spec}: {note}" for spec, said in zip(specs, by_member, strict=True) for note in said]


def trained_on(members: Sequence[Tagger]) -> list[str]:
    """The texts beside train that members learned from, each once."""
    texts = [text for member in members if isinstance(member, Pretrained) for text in member.trained_on]
    return list(dict.fromkeys(texts))


def warm_up(members: Sequence[Tagger], conditions: Conditions) -> None:
    """Warm up every member that needs it."""
    for member in members:
        if isinstance(member, WarmsUp):
            member.warm_up(conditions)
