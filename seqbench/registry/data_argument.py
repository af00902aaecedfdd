"""Arguments of `--data` as text: a name or path, and options behind `?`, written as in a URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_plus, urlencode

from seqbench.errors import UsageError, shortened

_PATHS = ("train", "dev")
_LONGEST = 20_000  # characters


@dataclass(frozen=True)
class Source:
    """Parts of a `--data` argument: the name or path before `?`, and the options behind it."""

    name: str
    options: Mapping[str, str]


def parsed(text: str) -> Source:
    """Parts of an argument; a path that has `?` in it is recognised by being there.

    Raises `UsageError` if there is no name, the text is no UTF-8 or too long, or an option has no value or comes twice.
    """
    if len(text) > _LONGEST:
        was = shortened(repr(text), 200)
        raise UsageError(f"data must be a dataset's name or a path of at most {_LONGEST:,} characters, was: {was}")
    if not text.isprintable() and text.encode(errors="ignore").decode() != text:
        raise UsageError(f"{text!a} has bytes that are no UTF-8, which no record can hold; rename the file or folder")
    if "\0" in text:
        raise UsageError(f"data must be a dataset's name or a path, which has no NUL in it, was: {text!r}")
    name, query = _cut(text)
    if not name:
        raise UsageError(f"data must be a dataset's name or a path, was: {text!r}")
    pairs = [_pair(part, path_of(name).parent) for part in _parts(query)]
    options = {option: value for option, value in pairs if value}
    if len(options) < len(pairs):
        raise UsageError(f"each option of {text!r} must be given once and have a value: NAME?option=value&other=value")
    return Source(name, options)


def _parts(query: str) -> list[str]:
    """Options of a text; a part without `=` goes on with a path in which there is `&`."""
    parts: list[str] = []
    for part in query.split("&") if query else []:
        if "=" not in part and parts and parts[-1].partition("=")[0] in _PATHS:
            parts[-1] += f"&{part}"
        else:
            parts.append(part)
    return parts


def _pair(part: str, folder: Path) -> tuple[str, str]:
    """Option and value, written as in a URL but for a path that exists as it is typed, here or in the folder."""
    option, _, value = part.partition("=")
    literal = value.partition("?")[0]
    if option in _PATHS and literal and (exists(path_of(literal)) or exists(folder / literal)):
        return option, value
    return unquote_plus(option), unquote_plus(value)


def each_layer(text: str) -> list[str]:
    """Arguments for each of the tag layers that an option names: `PATH?tags=upos,xpos` is two datasets."""
    source = parsed(text)
    layers = [layer for layer in source.options.get("tags", "").split(",") if layer]
    if len(layers) <= 1:
        return [text]
    if len(set(layers)) < len(layers):
        raise UsageError(f"{text!r} names a tag layer twice")
    return [f"{source.name}?{urlencode({**source.options, 'tags': layer})}" for layer in layers]


def with_options(text: str, **options: str) -> str:
    """Argument with further options behind those that it has."""
    return f"{text}{'&' if '?' in text else '?'}{urlencode(options)}"


def _cut(text: str) -> tuple[str, str]:
    """Name or path, and the options as text: cut behind the longest path that exists, else at the first `?`."""
    marks = [position for position, character in enumerate(text) if character == "?"]
    for end in [len(text), *reversed(marks)] if marks else []:
        if text[:end] and exists(path_of(text[:end])):
            return text[:end], text[end + 1 :]
    name, _, query = text.partition("?")
    return name, query


def path_of(name: str) -> Path:
    """Path of a name, in which `~` is the home of a user; a home that nobody has is no home."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def exists(path: Path) -> bool:
    """Whether a path is there; a name too long for a file, or in a folder that may not be looked into, is not."""
    try:
        return path.exists()
    except OSError:
        return False
