"""Options that name other splits of a dataset: `fold=2/5`, `resplit=3`, `train-size=300`, `split-by=document`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from seqbench.errors import UsageError

FOLD, RESPLIT, SIZE, GROUP = "fold", "resplit", "train-size", "split-by"
OPTIONS = (FOLD, RESPLIT, SIZE, GROUP)
DOCUMENT = "document"
_LONGEST_NUMBER = 9  # digits


def variants(
    folds: int | None, resplits: int | None, sizes: Sequence[int | None], group: str | None = None
) -> Iterator[dict[str, str]]:
    """Options of every dataset to draw, in order; None among the sizes is all of train, `group` is kept together."""
    splits: list[dict[str, str]] = [{}]
    if folds:
        splits = [{FOLD: f"{number}/{folds}"} for number in range(1, folds + 1)]
    elif resplits:
        splits = [{RESPLIT: str(number)} for number in range(1, resplits + 1)]
    for split in splits:
        grouped = {**split, **({GROUP: group} if group else {})}
        for size in sizes or [None]:
            yield {**grouped, **({SIZE: str(size)} if size else {})}


def sizes(texts: Iterable[str]) -> list[int | None]:
    """`100,1000,all` as numbers in rising order, None for all. Raises `UsageError` if a text is no number."""
    parts = [part.strip().replace("_", "") for text in texts for part in text.split(",")]
    for part in parts:
        if part != "all" and not (part.isdecimal() and len(part) <= _LONGEST_NUMBER and int(part)):
            raise UsageError(f"--train-sizes takes numbers of sentences and 'all', such as 100,1000,all; was: {part!r}")
    return [*sorted({int(part) for part in parts if part != "all"}), *([None] if "all" in parts else [])]


def fold_of(text: str) -> tuple[int, int]:
    """The number of a fold and of all. Raises `UsageError` if the text is no such pair."""
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not match or not 1 <= int(match[1]) <= int(match[2]) or int(match[2]) <= 1:  # one fold is no split
        raise UsageError(f"option fold must be I/K, such as 2/5 for the second of five, was: {text!r}")
    return int(match[1]), int(match[2])


def number_of(option: str, text: str) -> int:
    """The number that an option has. Raises `UsageError` if the text is none."""
    if not text.isdecimal() or len(text) > _LONGEST_NUMBER or not int(text):
        raise UsageError(f"option {option} must be a whole number from 1 to 999,999,999, was: {text!r}")
    return int(text)


def is_by_document(options: Mapping[str, str]) -> bool:
    """Whether documents are kept together. Raises `UsageError` for another group, or where nothing is split."""
    if GROUP not in options:
        return False
    if options[GROUP] != DOCUMENT:
        raise UsageError(f"option {GROUP} must be {DOCUMENT}, was: {options[GROUP]!r}")
    if FOLD not in options and RESPLIT not in options:
        raise UsageError(f"option {GROUP} keeps documents together in folds or random splits; name fold or resplit too")
    return True
