"""JSON in which no name stands twice in an object; the reader of Python keeps the last and drops the others."""

from __future__ import annotations

import json


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Raises `ValueError` if a name stands twice."""
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return content


strict_json = json.JSONDecoder(object_pairs_hook=_object)
"""Its `decode` and `raw_decode` raise `ValueError` also where a name stands twice in one object."""
