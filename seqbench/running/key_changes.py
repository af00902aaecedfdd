"""Why a trial's key is not the one that it had before, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_FILES = {
    "module": "its module {module}",
    "imports": "what {module} imports",
    "contracts": "what every tagger of seqbench is handed (seqbench.contracts)",
}


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Parts of a trial's identity that differ from those of an earlier one, code by the files that differ."""
    names = [name for name in dict.fromkeys([*now, *before]) if name != "code" and before.get(name) != now.get(name)]
    return [*names, *_of_code(before.get("code") or {}, now.get("code") or {})]


def _of_code(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Words for each difference between the code of a tagger, or of a part of one, then and now."""
    if before.get("once") != now.get("once"):
        yield "an object handed over in Python, whose trials are never taken from an earlier run"
    if before.get("version") != now.get("version"):
        yield f"version of {now.get('distribution')} ({before.get('version')}, now {now.get('version')})"
    yield from _of_files(before.get("sha256"), now.get("sha256"), str(now.get("module")))
    if before.get("missing") != now.get("missing"):
        yield f"modules that cannot be found ({', '.join(now.get('missing', ())) or 'now none'})"
    if before.get("files") != now.get("files"):
        yield f"contents of files that the spec names ({', '.join(now.get('files', ()))})"
    yield from _of_parts(before.get("parts", ()), now.get("parts", ()))


def _of_files(before: Any, now: Any, module: str) -> Iterator[str]:
    if isinstance(before, str) and isinstance(now, Mapping):
        yield "how code counts: by the files that a tagger imports, no longer by all files of its distribution"
    elif isinstance(before, Mapping) and isinstance(now, Mapping):
        yield from (text.format(module=module) for name, text in _FILES.items() if before.get(name) != now.get(name))


def _of_parts(before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Differences of parts with one spec; other specs stand in the spec of the whole."""
    earlier = {part["spec"]: part for part in before}
    for part in now:
        if part["spec"] in earlier:
            yield from (f"{change}, of part {part['spec']}" for change in _of_code(earlier[part["spec"]], part))
