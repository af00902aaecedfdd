"""Promises of sections of the page: pictures and tables that stand on their own, made of what the report has."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, replace
from functools import cache
from io import StringIO
from pathlib import Path

from seqbench.comparing.error_analysis.words import Words
from seqbench.contracts.hooks import Register, hookimpl
from seqbench.contracts.tagger import Conditions, Tagger
from seqbench.data.corpus import Corpus, Sequences
from seqbench.data.dataset import Dataset
from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.reporting.comparison_findings import Findings, findings
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.page.dataset_report import DatasetReport, dataset_reports
from seqbench.reporting.page.figure import Figure
from seqbench.reporting.table import Table
from seqbench.results.store import Store
from seqbench.running.plan import Plan
from seqbench.running.runner import run
from seqbench.testing.examples import corpus, dev
from seqbench.testing.promise import BrokenPromiseError, Make, Promise, require

_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SPECS = ("first", "last")


@dataclass(frozen=True)
class PageSection:
    """A section's function; `together` if it is about all datasets."""

    give: Callable[[DatasetReport | Findings], Iterable[object]]
    together: bool = False


class _OneTag(Tagger):
    """Gives every token the first tag of train, or the last."""

    def __init__(self, position: int) -> None:
        self._place, self._tag = position, ""

    def fit(self, train: Corpus, conditions: Conditions) -> None:
        for epoch in (1, 2):
            conditions.report(epoch=epoch, tokens=train.tokens, loss=1 / epoch)
        self._tag = str(train.tags.vocabulary[self._place])

    def predict(self, sentences: Sequences) -> list[list[str]]:
        return [[self._tag] * len(sentence) for sentence in sentences]


class _Models:
    """Plugin of the models of the example."""

    @hookimpl
    def register_taggers(self, register: Register) -> None:
        """Name both."""
        for position, name in zip((0, -1), _SPECS, strict=True):
            register(name, lambda position=position: _OneTag(position), f"the {name} tag")


@cache
def _example() -> tuple[DatasetReport, Findings]:
    """The report of two models with two seeds on a few sentences, and the findings over all of it."""
    registry, data = Registry(), Dataset.of("example", train=corpus(), dev=dev(), test=dev())
    registry.add(_Models(), "example")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder, "run"))
        run(Plan([data], [resolve(registry, parse(spec)) for spec in _SPECS], 2), registry, store, lambda _note: None)
        runs = comparable([store], registry, Question())
        compared = findings(runs, registry)
        (report,) = dataset_reports(runs.listing, compared, lambda _: Words.of(data))
    return report, compared


def _whole(section: PageSection) -> DatasetReport | Findings:
    report, compared = _example()
    return compared if section.together else report


def _sparse(section: PageSection) -> DatasetReport | Findings:
    """A report or findings where nothing was compared, and predictions and words are not known."""
    report, compared = _example()
    if section.together:
        return replace(compared, comparisons=[], rankings=[], placements={})
    return replace(report, comparisons=[], predictions=None, calibrations=(), words=None, runs=())


def _figures(make: Make) -> Iterator[Figure]:
    """Pictures of a section for both reports; what raises is another promise."""
    section = make()
    for report in (_whole(section), _sparse(section)):
        with suppress(Exception):
            yield from [part for part in section.give(report) if isinstance(part, Figure)]


def _gives_parts(make: Make) -> None:
    section = make()
    for part in section.give(_whole(section)):
        require(isinstance(part, Figure | Table), f"it gave {type(part).__name__}, no Figure and no Table")


def _sparse_too(make: Make) -> None:
    section = make()
    list(section.give(_sparse(section)))


def _named_apart(make: Make) -> None:
    section = make()
    names = [part.name for part in section.give(_whole(section)) if isinstance(part, Figure)]
    wrong = [name for name in names if not _FILE_NAME.fullmatch(name)]
    require(not wrong, f"the picture {wrong[:1]} cannot be a file: name it by small letters, digits and '-'")
    twice = [name for name, times in Counter(names).items() if times > 1]
    require(not twice, f"two pictures are named {twice[:1]}")


def _plain(make: Make) -> None:
    for figure in _figures(make):
        try:
            json.dumps(figure.spec, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise BrokenPromiseError(f"the picture {figure.name!r} is no plain JSON: {error}") from error


def _no_request(make: Make) -> None:
    for figure in _figures(make):
        address = next(_addresses(figure.spec), None)
        require(address is None, f"the picture {figure.name!r} loads {address!r}; a page opens without a network")


def _addresses(spec: object) -> Iterator[object]:
    """Addresses of data and images that a specification would load when it is shown."""
    if isinstance(spec, Mapping):
        yield from (spec[name] for name in ("url", "href") if isinstance(spec.get(name), str))
    parts = spec.values() if isinstance(spec, Mapping) else spec if isinstance(spec, list | tuple) else ()
    for part in parts:
        yield from _addresses(part)


def _silent(make: Make) -> None:
    section = make()
    with redirect_stdout(StringIO()) as printed:
        list(section.give(_whole(section)))
    require(not printed.getvalue(), f"it printed {printed.getvalue()[:100]!r}; a section gives its parts")


SECTIONS = (
    Promise("gives-parts", "gives pictures and tables of seqbench.sections", _gives_parts),
    Promise("sparse-too", "does with what there is: no predictions, no words, nothing compared", _sparse_too),
    Promise("named-apart", "names each picture otherwise, as a file may be named", _named_apart),
    Promise("plain-json", "makes pictures of plain JSON, with finite numbers", _plain),
    Promise("no-request", "loads nothing when the page is opened", _no_request),
    Promise("silent", "prints nothing", _silent),
)
