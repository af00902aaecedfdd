"""Specs, which name a model and set its hyperparameters: `name`, `name(field=256)`, `label=name(field=256)`.

Values are Python literals; nothing is ever evaluated.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

from seqbench.errors import UsageError

_FORM = re.compile(r"(?:(?P<label>[^=(),\s]+)\s*=\s*)?(?P<name>[^=(),\s]+)\s*(?:\((?P<fields>.*)\))?", re.DOTALL)
_ASSIGNMENT = re.compile(r"(?P<label>.+?)\.(?P<field>[^\W\d]\w*)\s*=\s*(?P<value>.*)", re.DOTALL)
_OPENING, _CLOSING = "([{", ")]}"


@dataclass(frozen=True)
class Spec:
    """Parsed spec; `label` is the text before `=`, else the spec as typed."""

    label: str
    name: str
    fields: Mapping[str, object]


def parse(text: str) -> Spec:
    """Spec of a text. Raises `UsageError` if the text is none, or a value is no literal."""
    typed = text.strip()
    match = _FORM.fullmatch(typed)
    if match is None:
        message = f"{typed!r} is not a model spec; write NAME, NAME(field=value, ...) or LABEL=NAME(...)"
        raise UsageError(message)
    return Spec(match["label"] or typed, match["name"], _fields(typed, match["fields"] or ""))


def _fields(typed: str, text: str) -> dict[str, object]:
    try:
        call = ast.parse(f"_({text})", mode="eval").body
    except (SyntaxError, ValueError) as error:
        message = f"the fields of {typed!r} are not understood; write NAME(field=value, ...) with literal values"
        raise UsageError(message) from error
    if (
        not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name))
        or call.args
        or any(k.arg is None for k in call.keywords)
    ):
        message = f"every field of {typed!r} needs its name: NAME(field=value, ...)"
        raise UsageError(message)
    return {str(k.arg): _literal(typed, str(k.arg), k.value) for k in call.keywords}


def _literal(typed: str, field: str, node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError as error:
        written = ast.unparse(node)
        message = f"field {field!r} of {typed!r} must be a literal, was: {written}; did you mean {field}={written!r}?"
        raise UsageError(message) from error


def split(text: str) -> list[str]:
    """Specs of a list, cut at the commas outside brackets and quotes. Raises `UsageError` if one is empty."""
    parts, depth, quote = [""], 0, ""
    for previous, character in zip(" " + text, text, strict=False):
        if quote:
            quote = "" if character == quote and previous != "\\" else quote
        elif character in "\"'":
            quote = character
        depth += 0 if quote else (character in _OPENING) - (character in _CLOSING)
        if character == "," and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += character
    if any(not part.strip() for part in parts):
        message = f"{text!r} has an empty place where a model should stand; write NAME,NAME,..."
        raise UsageError(message)
    return [part.strip() for part in parts]


def written(name: str, fields: Mapping[str, object]) -> str:
    """Canonical text of a model with these fields; parsing the text gives the fields back."""
    return f"{name}({', '.join(f'{key}={value!r}' for key, value in fields.items())})" if fields else name


def assignment(text: str) -> tuple[str, str, object]:
    """`LABEL.FIELD=VALUE` as its three parts; a value that is no literal is a word. Raises `UsageError` otherwise."""
    match = _ASSIGNMENT.fullmatch(text.strip())
    if match is None:
        message = f"{text!r} is not understood; write LABEL.FIELD=VALUE, with the label of a model that runs"
        raise UsageError(message)
    try:
        return match["label"], match["field"], ast.literal_eval(match["value"])
    except (ValueError, SyntaxError):
        return match["label"], match["field"], match["value"]
