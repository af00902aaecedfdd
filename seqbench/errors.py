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


def unknown(kind: str, name: str, known: Iterable[str], *, listed: str = "Installed") -> UsageError:
    """The error for a name that nobody registered, with the nearest one that is known, of many the nearest three."""
    import difflib  # costs 10 ms, needed only once something went wrong

    names = sorted(known)
    many = len(names) > _LISTED
    folded = {candidate.casefold(): candidate for candidate in names}
    near = difflib.get_close_matches(name.casefold(), folded, n=3 if many else 1, cutoff=0.4 if many else 0.5)
    *first, last = [repr(folded[candidate]) for candidate in near] or [""]
    hint = f" Did you mean {' or '.join([', '.join(first), last] if first else [last])}?" if near else ""
    rest = f"{len(names):,} in all" if many else ", ".join(names) or "none"
    return UsageError(f"no {kind} is named {name!r}.{hint} {listed}: {rest}.")
