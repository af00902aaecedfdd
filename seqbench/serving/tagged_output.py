"""Tagged sentences as text: columns, CoNLL-U, JSON lines, or words with coloured tags."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Literal, TypeAlias

from seqbench.serving.tagging import Distribution, Tagged
from seqbench.serving.text_input import CONLLU_COLUMNS, Sentence

OutputFormat: TypeAlias = Literal["columns", "conllu", "jsonl", "words"]
DIFFERENT = "<>"
_COLOURS = (32, 33, 34, 35, 36, 92, 93, 94, 95, 96)


@dataclass(frozen=True, kw_only=True)
class Output:
    """How tagged sentences are written: `labels` name the models, `column` is where CoNLL-U gets the tag.

    `colour` is for `words` on a terminal, where `shown` makes words and tags safe; `all_tags`: of a distribution each
    tag is written, not only the first.
    """

    form: OutputFormat
    labels: Sequence[str]
    column: int = CONLLU_COLUMNS.index("upos")
    colour: bool = False
    all_tags: bool = False
    shown: Callable[[str], str] = str

    def text(self, block: Sequence[Tagged]) -> str:
        """The text of a block, without the last line's end."""
        if self.form == "columns":
            return self._columns(block)
        write: dict[OutputFormat, Callable[[Tagged], Iterator[str]]] = {
            "conllu": self._conllu,
            "jsonl": self._json,
            "words": self._words,
        }
        return "\n".join(line for tagged in block for line in write[self.form](tagged))

    def _columns(self, block: Sequence[Tagged]) -> str:
        """A word a line with the tag of each model; what the file had before stays before it.

        The pieces of all lines are joined at once, which takes half the time that line by line takes.
        """
        if not block:
            return ""
        heads = _chained(_heads(tagged.sentence) for tagged in block)
        models = range(len(block[0].tags))
        columns = [_chained(tagged.tags[model] for tagged in block) for model in models]
        if block[0].distributions:
            columns += [self._cells(block, model) for model in models]
        if len(models) > 1:
            columns.append(_chained(_marks(tagged) for tagged in block))
        width = len(columns) + 1
        pieces = [""] * (1 + width * len(heads))
        pieces[1::width] = heads
        for number, cells in enumerate(columns, start=2):
            pieces[number::width] = _behind_tabs(cells, "\n" if number == width else "")
        for end in accumulate(len(tagged.sentence.words) for tagged in block):
            pieces[width * end] += "\n"  # behind the last word; that of an empty first sentence in front of all
        return "".join(pieces)[:-1]

    def _cells(self, block: Sequence[Tagged], model: int) -> list[str]:
        return [self._cell(token) for tagged in block for token in tagged.distributions[model]]

    def _cell(self, distribution: Distribution) -> str:
        if not self.all_tags:
            return f"{distribution[0][1]:.4f}"
        return " ".join(f"{tag}:{p:.4f}" for tag, p in distribution)

    def _conllu(self, tagged: Tagged) -> Iterator[str]:
        sentence = tagged.sentence
        tags = tagged.tags[0]
        if not sentence.places:
            for number, (word, tag) in enumerate(zip(sentence.words, tags, strict=True), start=1):
                row = [str(number), word, *["_"] * 8]
                row[self.column] = tag
                yield "\t".join(row)
            yield ""
            return
        by_place = dict(zip(sentence.places, tags, strict=True))
        for index, line in enumerate(sentence.lines):
            yield _with_tag(line, self.column, by_place[index]) if index in by_place else line
        yield ""

    def _json(self, tagged: Tagged) -> Iterator[str]:
        content: dict[str, object] = {"words": tagged.sentence.words}
        if len(self.labels) == 1:
            content["tags"] = tagged.tags[0]
        else:
            content["tags"] = dict(zip(self.labels, tagged.tags, strict=True))
            content["differing"] = tagged.differing
        if tagged.distributions:
            several = [[dict(token) for token in model] for model in tagged.distributions]
            content["probabilities"] = (
                several[0] if len(self.labels) == 1 else dict(zip(self.labels, several, strict=True))
            )
        yield json.dumps(content, ensure_ascii=False)

    def _words(self, tagged: Tagged) -> Iterator[str]:
        """Each word with its tag behind a slash; the tags of several models where they differ."""
        parts = []
        for number, (word, *tags) in enumerate(zip(tagged.sentence.words, *tagged.tags, strict=True)):
            shown = "|".join(tags if len(set(tags)) > 1 else tags[:1])
            if tagged.distributions:
                shown += ":" + "|".join(f"{model[number][0][1]:.2f}" for model in tagged.distributions)
            parts.append(f"{self.shown(word)}/{self._coloured(self.shown(shown), tags)}")
        yield " ".join(parts)

    def _coloured(self, text: str, tags: Sequence[str]) -> str:
        if not self.colour:
            return text
        code = 7 if len(set(tags)) > 1 else _COLOURS[sum(tags[0].encode()) % len(_COLOURS)]
        return f"\x1b[{code}m{text}\x1b[0m"


def _chained(parts: Iterable[Sequence[str]]) -> list[str]:
    return list(chain.from_iterable(parts))


def _behind_tabs(cells: Sequence[str], end: str) -> list[str]:
    """Each cell with a TAB before it and an end behind it, which is made once for those that are alike."""
    texts = {cell: f"\t{cell}{end}" for cell in set(cells)}
    return list(map(texts.__getitem__, cells))


def _heads(sentence: Sentence) -> Sequence[str]:
    """Text before the tag of each word: the word, or the line of columns that it came from."""
    return [sentence.lines[index] for index in sentence.places] if sentence.places else sentence.words


def _marks(tagged: Tagged) -> list[str]:
    different = set(tagged.differing)
    return [DIFFERENT if number in different else "=" for number in range(len(tagged.sentence.words))]


def _with_tag(line: str, column: int, tag: str) -> str:
    row = line.split("\t")
    row += ["_"] * (column + 1 - len(row))
    row[column] = tag
    return "\t".join(row)
