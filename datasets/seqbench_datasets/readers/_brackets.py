"""Spans in brackets, as CoNLL-2012 and CoNLL-2004 write them: `(PER*`, `*`, `*)`, `(ORG)`; read as tags of IOB2."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seqbench import Sequences, strings

_TYPE = r"[^()*\s]+"
_CELL = re.compile(rf"(?:\((?P<open>{_TYPE}))?\*(?:(?:{_TYPE})?\))?|\((?P<single>{_TYPE})\)")


@dataclass(frozen=True, eq=False)
class _Cells:
    """Distinct cells taken apart: whether each opens and closes a span, and the type that it opens."""

    opens: NDArray[np.bool_]
    closes: NDArray[np.bool_]
    kinds: list[str]


def iob2_of_brackets(tags: Sequences) -> Sequences | None:
    """Tags of IOB2 for spans in brackets, None where tags are no brackets, or brackets stand inside brackets."""
    cells = _parted(tags.vocabulary.tolist())
    if cells is None:
        return None
    opens, closes = cells.opens[tags.ids], cells.closes[tags.ids]
    before = np.concatenate([[0], np.cumsum(opens.astype(np.int64) - closes)])
    inside = before[:-1] + opens  # (tokens,): how many spans each token is in
    if inside.min(initial=0) < 0 or inside.max(initial=0) > 1 or before[tags.offsets].any() or before.min() < 0:
        return None
    opening = np.maximum.accumulate(np.where(opens, np.arange(len(opens)), -1))
    kinds = list(dict.fromkeys(kind for kind in cells.kinds if kind))
    number = np.array([kinds.index(kind) if kind else 0 for kind in cells.kinds], np.int64)
    forms = ["O", *(f"{role}-{kind}" for kind in kinds for role in "BI")]
    ids = np.where(inside > 0, 1 + 2 * number[tags.ids[opening]] + ~opens, 0)
    return Sequences(ids.astype(np.int32), tags.offsets, strings(forms)).compact()


def _parted(forms: list[str]) -> _Cells | None:
    """Cells taken apart, None where one is no bracket or none opens a span."""
    matches = [match for form in forms if (match := _CELL.fullmatch(form))]
    if len(matches) < len(forms) or not any("(" in form for form in forms):
        return None
    kinds = [match["open"] or match["single"] or "" for match in matches]
    opens, closes = ([text in form for form in forms] for text in "()")
    return _Cells(np.array(opens, bool), np.array(closes, bool), kinds)
