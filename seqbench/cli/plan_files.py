"""Plan files: the options of `seqbench run` in TOML, each under the name that it has on the command line.

The keys are taken from the command itself, so that an option has its key as soon as it exists. What is given on the
command line wins over the plan.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

import click

from seqbench.data.regular_files import opened
from seqbench.errors import UsageError, unknown

NOT_PLANNED = frozenset({"plan", "save_plan", "add", "beside", "help", "wide", "legend", "rows"})
"""Parameters that say which plan is read or written or how one call is printed, and are no part of a plan."""
_NOT_KEPT = frozenset(
    {"dry-run", "fresh", "live"}
)  # what is wanted of one call, which repeating it does not want again


def keys_of(command: click.Command) -> dict[str, click.Option]:
    """The options that a plan may set, by key."""
    options = [p for p in command.params if isinstance(p, click.Option) and p.name not in NOT_PLANNED]
    return {max(option.opts, key=len).removeprefix("--"): option for option in options}


def apply(context: click.Context, _parameter: click.Parameter, plan: Path | None) -> Path | None:
    """Take a plan's values as the defaults of the command that is called; an eager callback of its argument."""
    if plan is not None:
        values = _values(plan, _read(plan), keys_of(context.command))
        context.default_map = {**(context.default_map or {}), **values}
    return plan


def settings(context: click.Context) -> dict[str, object]:
    """Options of this call that are not at their defaults, by the keys of a plan, as JSON and TOML can say them.

    Left out are --fresh, --dry-run and --live.
    """
    nothing = click.Context(context.command)
    changed = {}
    for key, option in keys_of(context.command).items():
        if key in _NOT_KEPT:
            continue
        value = _plain(context.params[str(option.name)])
        if value not in (_plain(option.get_default(nothing)), None, []):
            changed[key] = value
    return changed


def written(planned: Mapping[str, object]) -> str:
    """A plan as TOML."""
    return "".join(f"{key} = {_toml(value)}\n" for key, value in planned.items())


def write(path: Path, planned: Mapping[str, object]) -> None:
    """Write a plan. Raises `UsageError` if that is not possible."""
    try:
        path.write_text(written(planned), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the plan {str(path)!r}: {error.strerror or error}") from error


def _read(plan: Path) -> dict[str, object]:
    try:
        with opened(plan) as file:
            return tomllib.loads(file.read().decode())
    except OSError as error:
        raise UsageError(f"cannot read the plan {str(plan)!r}: {error.strerror or error}") from error
    except ValueError as error:  # of TOML, or of UTF-8
        raise UsageError(f"{str(plan)!r} is no TOML file: {error}") from error


def _values(plan: Path, content: Mapping[str, object], keys: Mapping[str, click.Option]) -> dict[str, object]:
    """The values by the names of parameters, as if they had been typed."""
    values: dict[str, object] = {}
    for name, value in content.items():
        if name not in keys:
            raise UsageError(f"{plan}: {unknown('option of a plan', name, keys, listed='Options')}")
        option = keys[name]
        values[str(option.name)] = _typed(f"{plan}: {name}", value, option)
    return values


def _typed(where: str, value: object, option: click.Option) -> bool | str | list[str]:
    if option.is_flag:
        if not isinstance(value, bool):
            raise UsageError(f"{where} must be true or false, was: {value!r}")
        return value
    listed = value if isinstance(value, list) else [value]
    if len(listed) != 1 and not option.multiple:
        raise UsageError(f"{where} must be one value, was: {value!r}")
    for entry in listed:
        if isinstance(entry, bool) or not isinstance(entry, str | int | float):
            kinds = f"text or a number{' or a list of them' * option.multiple}"
            raise UsageError(f"{where} must be {kinds}, was: {entry!r}")
        _check(where, str(entry), option)
    return [str(entry) for entry in listed] if option.multiple else str(listed[0])


def _check(where: str, text: str, option: click.Option) -> None:
    """Check a value as the option does. Raises `UsageError` that names the plan, not the command line."""
    try:
        option.type(text, option, click.Context(click.Command("run")))
    except click.BadParameter as error:
        raise UsageError(f"{where}: {error.message}") from error


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
