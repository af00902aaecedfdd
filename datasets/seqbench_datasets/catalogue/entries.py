"""Entries of the catalogue as values: a corpus with its files, hashes, layout and licence."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Struct, field

_CORPORA = Path(__file__).with_name("corpora.json")
LIMIT = 100_000_000
"""Most bytes of a file whose size nobody knows: no larger one can be in a repository on GitHub."""

_Path: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]
Column: TypeAlias = int | str


class PinnedFile(Struct, frozen=True, kw_only=True):
    """File at a pinned commit: its path there, and size and hashes as far as they are known."""

    path: _Path
    bytes: int | None = None
    sha256: str | None = None
    git_blob: str | None = None

    @property
    def limit(self) -> int:
        """Most bytes that the file may have."""
        return self.bytes or LIMIT


class CorpusFile(PinnedFile, frozen=True, kw_only=True):
    """File of a corpus: its split ("all" if there is none) and counts; `member` is its path in an archive."""

    split: Literal["train", "dev", "test", "all"]
    member: str | None = None
    sentences: int | None = None
    tokens: int | None = None

    @property
    def name(self) -> str:
        """Last part of the path, in the archive if there is one."""
        return (self.member or self.path).rpartition("/")[2]


class Columns(Struct, frozen=True, kw_only=True):
    """Columns of a file: numbers from 1, or names of CoNLL-U columns."""

    words: Column
    tags: Column
    separator: Literal["tab", "space"] = "tab"
    comment: str = ""
    header: bool = False
    key: str = ""
    features: dict[str, int] = field(default_factory=dict)


class SentenceEnd(Struct, frozen=True):
    """Mark of the last token of a sentence, in a column of a file whose blank lines end documents."""

    column: int
    mark: str


class Cut(Struct, frozen=True):
    """Rule by which a text without sentence ends is cut: after these words, and at a greatest length."""

    after: tuple[str, ...]
    longest: int


class Rules(Struct, frozen=True, kw_only=True):
    """Rules for reading one corpus beyond its columns.

    `empty_word` and `empty_tag` stand for empty cells; `numbered`: lines whose first cell is no whole number are no
    words; `counts`: what the sentences of the catalogue count; `holdout`: how dev and test are taken from one file.
    """

    cut: Cut | None = None
    sentence_end: SentenceEnd | None = None
    empty_word: str | None = None
    empty_tag: str | None = None
    numbered: bool = False
    counts: Literal["sentences", "documents"] = "sentences"
    holdout: Literal["last", "tenth", "tenth-document"] = "tenth"

    @property
    def is_plain(self) -> bool:
        """Whether nothing is cut, left out or replaced."""
        return (self.cut, self.sentence_end, self.empty_word, self.empty_tag, self.numbered) == (*[None] * 4, False)


class CatalogueEntry(Struct, frozen=True, kw_only=True):
    """Corpus of the catalogue. One with `obtain` may not be fetched: the user places its files."""

    title: str
    description: str
    task: str
    language: str
    licence: str
    citation: str
    format: str
    files: tuple[CorpusFile, ...]
    repo: str = ""
    commit: str = ""
    encoding: str = "utf-8"
    columns: Columns | None = None
    archive: PinnedFile | None = None
    rules: Rules = Rules()
    notes: tuple[str, ...] = ()
    restricted: bool = False
    non_commercial: bool = False
    no_derivatives: bool = False
    obtain: str = ""
    placement: str = ""

    def address(self, path: str, template: str) -> str:
        """Address of a file of the corpus's repository, by a template of addresses."""
        from urllib.parse import quote

        return template.format(repo=quote(self.repo), commit=self.commit, path=quote(path))

    def obligations(self) -> str:
        """Sentence of what the licence obliges to; empty if to nothing beyond attribution and the like."""
        if self.obtain:
            return "it must be obtained by hand, and may not be passed on"
        parts = [
            "no licence is stated: for research and tests only" if self.restricted else "",
            "not for commercial use" if self.non_commercial else "",
            "no derivatives: do not pass on converted files" if self.no_derivatives else "",
        ]
        return "; ".join(part for part in parts if part)


def read_entries() -> MappingProxyType[str, CatalogueEntry]:
    """All entries by name."""
    return MappingProxyType(msgspec.json.decode(_CORPORA.read_bytes(), type=dict[str, CatalogueEntry]))
