"""Hook functions of a plugin: what pluggy passes over, or calls without an effect, is refused with the reason."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection

from seqbench.contracts import hooks as hookspecs
from seqbench.errors import PluginError

_HOOKS = tuple(name for name, thing in vars(hookspecs).items() if hasattr(thing, "seqbench_spec"))


def refuse_silent(thing: object, heard: Collection[str]) -> None:
    """Accept a plugin whose hooks `heard` pluggy knows. Raises `PluginError` if one has no effect, or there is none."""
    for name in _HOOKS:
        function = getattr(thing, name, None)
        if callable(function) and (fault := _fault(name, function) if name in heard else _overlooked(function)):
            raise PluginError(f"{name} has no effect: {fault}")
    if not heard:
        raise PluginError(
            "it registers nothing; write @seqbench.hookimpl before a function such as register_taggers(register)"
        )


def _fault(name: str, function: Callable[..., object]) -> str:
    """Reason why a function that is called does nothing; empty if there is none."""
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return "it is `async def`, which nobody awaits; write def"
    if inspect.isgeneratorfunction(function):
        return "it has `yield` and so is never run; call register(...) instead"
    if name.startswith("register_") and "register" not in inspect.signature(function).parameters:
        return "it does not take the argument `register`; write (register)"
    return ""


def _overlooked(function: Callable[..., object]) -> str:
    """Reason why pluggy does not see a function."""
    if not inspect.isroutine(function):
        return f"it is a {type(function).__name__}, no function; write def, after @seqbench.hookimpl"
    marks = [name.removesuffix("_impl") for name in vars(inspect.unwrap(function)) if name.endswith("_impl")]
    if marks and not hasattr(function, "seqbench_impl"):
        return f"it carries the marker of {marks[0]!r}; write @seqbench.hookimpl"
    return "it lacks its marker; write @seqbench.hookimpl before it"


def hashable(thing: object) -> object:
    """Thing that pluggy can look up. Raises `PluginError` if it cannot be hashed."""
    if type(thing).__hash__ is None:
        raise PluginError(f"a {type(thing).__name__} cannot be hashed; write @dataclass(eq=False)")
    return thing
