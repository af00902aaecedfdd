"""Names that the header of a table has for the column of the words, and for the one that parts sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seqbench import DataError

SENTENCE = ("sentence #", "sentence", "sentence_id", "sentence_idx", "sent_id", "sentence id", "sent", "sid")
WORD = ("word", "token", "form", "words", "tokens", "text")


def refuse_doubled(where: str, names: Sequence[str], chosen: Iterable[tuple[int, str]]) -> None:
    """Raises `DataError` where a column is chosen whose name the header has twice, unless it is chosen by number.

    `chosen` are numbers from 0, each with how the user asked for it: by number, by name, or not at all.
    """
    folded = [name.casefold() for name in names]
    for number, wish in chosen:
        name = folded[number] if folded else ""
        same = [str(column) for column, other in enumerate(folded, start=1) if other == name]
        if name and len(same) > 1 and (not wish.isdecimal() or wish in folded):
            raise DataError(
                f"{where}: the header has {len(same)} columns {names[number]!r}; choose one by its number: "
                f"{' or '.join(same)}"
            )
