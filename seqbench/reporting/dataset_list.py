"""The list of registered datasets, made without loading one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from seqbench.registry.entries import Entry
from seqbench.reporting.table import listing
from seqbench.results.records import Json

_FEW = 20  # datasets of a list that also says what each is


@dataclass(frozen=True, kw_only=True)
class DatasetSearch:
    """Conditions on a listed dataset: a task, a language, a beginning of its licence, a text anywhere."""

    task: str | None = None
    language: str | None = None
    licence: str | None = None
    search: str | None = None

    def fits(self, entry: Entry) -> bool:
        """Whether a dataset has all of it, in small or large letters."""
        about = entry.about
        languages = [language.casefold() for language in about.language.split()]
        names = {language.partition("-")[0] for language in languages}
        text = f"{entry.name} {entry.summary} {about.task} {about.citation}".casefold()
        return (
            (self.task is None or about.task.casefold() == self.task.casefold())
            and (self.language is None or self.language.casefold() in {*languages, *names})
            and (self.licence is None or about.licence.casefold().startswith(self.licence.casefold()))
            and (self.search is None or self.search.casefold() in text)
        )


def dataset_list(entries: Mapping[str, Entry], form: str) -> str:
    """Datasets by name, with task, language, tokens of all splits and licence."""
    heads = ["dataset", "task", "language", "tokens", "licence", "summary", "default", "plugin"]
    groups = [heads[1:5], *([["summary"]] if len(entries) <= _FEW else [])]
    return listing(heads, [_row(name, entry) for name, entry in sorted(entries.items())], form, groups)


def _row(name: str, entry: Entry) -> list[str]:
    about = entry.about
    tokens = sum(size[1] for size in about.sizes.values())
    facts = [about.task, about.language, f"{tokens:,}" if tokens else "", about.licence]
    return [name, *facts, entry.summary, "yes" if entry.default else "", entry.plugin.name]


def dataset_row(entry: Entry) -> dict[str, Json]:
    """The row of a dataset for a program: tokens of all splits are a number, None where they are not known."""
    about = entry.about
    return {
        "dataset": entry.name,
        "task": about.task,
        "language": about.language,
        "tokens": sum(size[1] for size in about.sizes.values()) or None,
        "licence": about.licence,
        "summary": entry.summary,
        "default": entry.default,
        "plugin": entry.plugin.name,
    }
