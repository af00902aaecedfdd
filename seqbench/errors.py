"""Every exception that seqbench raises on purpose, and how it is worded.

    SeqbenchError            foreseen: the command line prints it plainly and ends with exit code 2
    ├── UsageError           an option, spec, field or name that does not fit
    ├── DataError            a file or corpus that cannot be read as asked
    ├── PluginError          a plugin that cannot be loaded or registers what it may not
    ├── PredictionError      a tagger that answered something other than one known tag per token
    ├── NotFittedError       a tagger that was asked for what only fit can teach it
    └── StoreError           a run folder that cannot be read or written

A message is one sentence that says who, what and the way out, with values quoted. Anything that is not a
`SeqbenchError` is a bug of seqbench or of a plugin, and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_MARK = 40  # characters that say how many are left out
_LISTED = 60
"""So many names are listed in an error; of more, only the nearest are."""


class SeqbenchError(Exception):
    """A foreseen failure: its text is all that a user needs to see."""


class UsageError(SeqbenchError):
    """An option, spec, field or name that does not fit."""


class DataError(SeqbenchError):
    """A file or corpus that cannot be read as asked."""


class PluginError(SeqbenchError):
    """A plugin that cannot be loaded, or that registers what it may not."""


class PredictionError(SeqbenchError):
    """A tagger that answered something other than one tag of the training set per token."""


class NotFittedError(SeqbenchError, AttributeError):
    """A tagger that was asked before `fit`. An `AttributeError` too: such a tagger has no `parameters` yet."""


class StoreError(SeqbenchError):
    """A run folder that cannot be read or written."""


def cause(error: BaseException) -> str:
    """Text of an error, for a message that names the file itself: of an `OSError` neither its number nor its path."""
    said = error.strerror if isinstance(error, OSError) else ""
    return said or str(error).strip().partition("\n")[0] or type(error).__name__


def unknown(
    kind: str, name: str, known: Iterable[str], *, listed: str = "Installed", here: Path | None = None
) -> UsageError:
    """The error for a name that nobody registered, with the nearest one that is known, of many the nearest three.

    `here` is a plugin file that may have it: if the file is there, the error says how to name it.
    """
    names = sorted(known)
    if len(names) > _LISTED:
        return _unknown_of_many(kind, name, names, listed)
    near = nearest(name, names)
    hint = f" Did you mean {near!r}?" if near else ""
    file = f" {str(here)!r} is here: --plugin {here} loads it, 'seqbench check {here}' checks it." * _is_file(here)
    return UsageError(f"no {kind} is named {name!r}.{hint}{file} {listed}: {', '.join(names) or 'none'}.")


def _is_file(path: Path | None) -> bool:
    """Whether there is such a file; False where no path can be so long, or have such characters."""
    try:
        return path is not None and path.is_file()
    except (OSError, ValueError):
        return False


def nearest(name: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    """The name most like this one, or one that this one has the initials of (lr: learning_rate); else None."""
    import difflib  # costs 10 ms, needed only once something went wrong

    folded = {candidate.casefold(): candidate for candidate in known}
    short = name.casefold()
    initials = [full for full in folded if short == "".join(part[:1] for part in full.replace("-", "_").split("_"))]
    near = initials or difflib.get_close_matches(short, folded, n=1, cutoff=cutoff)
    return folded[near[0]] if near else None


def shortened(message: str, longest: int = 1000) -> str:
    """The message; one longer than that is cut in its middle, with the number of characters that are left out."""
    if len(message) <= longest:
        return message
    half = (longest - _MARK) // 2
    return f"{message[:half]} [... {len(message) - 2 * half:,} characters ...] {message[-half:]}"


def _unknown_of_many(kind: str, name: str, names: list[str], listed: str) -> UsageError:
    near = [repr(close) for close in _nearest_three(name, names)]
    hint = f" Did you mean {' or '.join(filter(None, [', '.join(near[:-1]), near[-1]]))}?" if near else ""
    return UsageError(f"no {kind} is named {name!r}.{hint} {listed}: {len(names):,} in all.")


_SHORT = 2  # letters that stand in many names


def _nearest_three(name: str, names: list[str]) -> list[str]:
    """Names that have this one in them, the shortest first, then those most like it; none where none is like it."""
    import difflib

    folded, short = {candidate.casefold(): candidate for candidate in names}, name.casefold().replace("_", "-")
    holding = [full for full in folded if full.startswith(short) or (len(short) > _SHORT and short in full)]
    like = difflib.get_close_matches(short, folded, n=3, cutoff=0.4)
    if holding or like:
        like += difflib.get_close_matches(short, folded, n=6, cutoff=0)
    return [folded[full] for full in dict.fromkeys([*sorted(holding, key=len)[:3], *like])][:3]
