"""Specs, which name a model and set its hyperparameters: `name`, `name(field=256)`, `label=name(field=256)`.

Values are Python literals; nothing is ever evaluated.
"""

from __future__ import annotations

import ast
import cmath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from seqbench.errors import UsageError

_FORM = re.compile(r"(?:(?P<label>[^=(),\s]+)\s*=\s*)?(?P<name>[^=(),\s]+)\s*(?:\((?P<fields>.*)\))?", re.DOTALL)
_ASSIGNMENT = re.compile(r"(?P<label>.+?)\.(?P<field>[^\W\d]\w*)\s*=\s*(?P<value>.*)", re.DOTALL)
_SQUARE = re.compile(r"([^=(),\s\[\]]+)\[(.*)\]", re.DOTALL)
_PATH = re.compile(r"(?<!\w)(\w+)\s*=\s*([^\s\"'(),=\[\]]*[/.\\][^\s\"'(),=\[\]]*)")
_OPENING, _CLOSING = "([{", ")]}"
_LONGEST_SPEC, _LONGEST_LIST, _LONGEST_NAME = 20_000, 200_000, 200


@dataclass(frozen=True)
class Spec:
    """Parsed spec; `label` is the text before `=`, else the spec as typed."""

    label: str
    name: str
    fields: Mapping[str, object]


def parse(text: str) -> Spec:
    """Spec of a text. Raises `UsageError` if the text is none, or a value is no literal."""
    typed = text.strip()
    refuse_long(typed, _LONGEST_SPEC, "a model spec")
    match = None if _SQUARE.fullmatch(typed) else _FORM.fullmatch(typed)
    if match is None or "\0" in typed:
        message = f"{typed!r} is not a model spec; write NAME, NAME(field=value, ...) or LABEL=NAME(...)"
        raise UsageError(message + _meant(typed))
    refuse_long(match["label"] or match["name"], _LONGEST_NAME, "a model's label or name")
    return Spec(match["label"] or typed, match["name"], _fields(typed, match["fields"] or ""))


def _meant(typed: str) -> str:
    """A question for the spec that a user probably meant; nothing where none is near."""
    label, equals, rest = typed.partition("=")
    if bracketed := _SQUARE.fullmatch(typed):
        meant = f"{bracketed[1]}({bracketed[2]})"
    elif equals and " " in label.strip() and "(" not in label:
        meant = f"{'-'.join(label.split())}={rest.strip()}"
    elif " " in typed and not set("=(),") & set(typed):
        meant = ",".join(typed.split())
    else:
        return ""
    return f"; did you mean {meant!r}?"


def _fields(typed: str, text: str) -> dict[str, object]:
    source = f"_({text})"
    try:
        call = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = f"the fields of {typed!r} are not understood; write NAME(field=value, ...) with literal values"
        raise UsageError(message + _quoted(text)) from error
    if (
        not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name))
        or call.args
        or any(k.arg is None for k in call.keywords)
    ):
        message = f"every field of {typed!r} needs its name: NAME(field=value, ...)"
        raise UsageError(message)
    names = [str(keyword.arg) for keyword in call.keywords]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"field {name!r} of {typed!r} is given {names.count(name)} times; leave one")
    return {
        name: _literal(typed, name, keyword.value, source) for name, keyword in zip(names, call.keywords, strict=True)
    }


def _quoted(text: str) -> str:
    """A hint for the first value that looks like a path and stands without quotes."""
    match = _PATH.search(text)
    return f"; text stands in quotes: {match[1]}={match[2]!r}" if match else ""


def _literal(typed: str, field: str, node: ast.expr, source: str) -> object:
    try:
        return _readable(ast.literal_eval(node))
    except OverflowError as error:
        raise UsageError(f"field {field!r} of {typed!r}: {error}; write a plainer value") from error
    except (RecursionError, MemoryError) as error:
        raise UsageError(f"field {field!r} of {typed!r} is nested too deeply; write a plainer value") from error
    except ValueError as error:
        written = ast.get_source_segment(source, node) or ast.unparse(node)
        message = f"field {field!r} of {typed!r} must be a literal, was: {written}; text stands in quotes"
        raise UsageError(f"{message} ({field}={written!r}), a number does not") from error


def _readable(value: object) -> object:
    """The value. Raises `OverflowError` if what is written of it could not be read again."""
    try:
        repr(value)
    except ValueError as error:  # Python writes no number of more than 4,300 digits
        raise OverflowError("it has a number of too many digits") from error
    if _infinite(value):
        raise OverflowError("it has a number that is not finite")
    return value


def _infinite(value: object) -> bool:
    """Whether a number that is not finite is in a value."""
    if isinstance(value, float | complex):
        return not cmath.isfinite(value)
    if isinstance(value, Mapping):
        return any(map(_infinite, [*value, *value.values()]))
    return isinstance(value, list | tuple | set) and any(map(_infinite, value))


def split(text: str) -> list[str]:
    """Specs of a list, cut at the commas outside brackets and quotes. Raises `UsageError` if one is empty."""
    refuse_long(text, _LONGEST_LIST, "a list of models")
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
    refuse_long(text, _LONGEST_SPEC, "LABEL.FIELD=VALUE")
    match = _ASSIGNMENT.fullmatch(text.strip())
    if match is None:
        message = f"{text!r} names no model; write LABEL.FIELD=VALUE, with the label of a model that runs"
        raise UsageError(message)
    try:
        return match["label"], match["field"], _readable(ast.literal_eval(match["value"]))
    except OverflowError as error:
        raise UsageError(f"{match['label']}.{match['field']}: {error}; write a plainer value") from error
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return match["label"], match["field"], match["value"]


def refuse_long(text: str, longest: int, kind: str) -> None:
    """Accept a text of up to `longest` characters. Raises `UsageError` with its length and its beginning if longer."""
    if len(text) > longest:
        raise UsageError(f"{kind} may have {longest:,} characters, and has {len(text):,}: {text[:50]!r}...")


def differing(first: str, second: str) -> tuple[str, str]:
    """Two unequal specs in short: their names, or the fields that differ; in full where neither tells them apart."""
    try:
        specs = parse(first), parse(second)
    except UsageError:
        return first, second
    if specs[0].name != specs[1].name:
        return specs[0].name, specs[1].name
    fields = [spec.fields for spec in specs]
    names = [name for name in {**fields[0], **fields[1]} if _value(fields[0], name) != _value(fields[1], name)]
    if not names:
        return first, second
    short = [written(specs[0].name, {name: of[name] for name in names if name in of}) for of in fields]
    return short[0], short[1]


def _value(fields: Mapping[str, object], name: str) -> str:
    """A field as it is written, so that 1, 1.0 and True differ; empty without it."""
    return repr(fields[name]) if name in fields else ""
