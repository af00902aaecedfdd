"""JSON in which no name stands twice in an object; the reader of Python keeps the last and drops the others."""

from __future__ import annotations

import json


class StrictDecoder(json.JSONDecoder):
    """Reads JSON as `json.JSONDecoder` does, by `decode(text)` and `raw_decode(text, position)`.

    Both raise `ValueError` also where a name stands twice in one object: which of both is meant is not known.
    """

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=_object)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Raises `ValueError` if a name stands twice."""
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return content
