"""JSON in which no name stands twice in an object; the reader of Python keeps the last and drops the others."""

from __future__ import annotations

import json

_SHOWN = 60


class StrictDecoder(json.JSONDecoder):
    """Reads JSON as `json.JSONDecoder()` does (NaN included), by `decode(text)` and `raw_decode(text, position)`.

    Both take a `str`, and raise `ValueError` also where a name stands twice in one object: which of both is meant is
    not known.
    """

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=_object)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Raises `ValueError` if a name stands twice."""
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError(f"the name {_twice(pairs)[:_SHOWN]!r} stands twice in one object")
    return content


def _twice(pairs: list[tuple[str, object]]) -> str:
    """The first name that stood before, if one did."""
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            return name
        seen.add(name)
    return ""
