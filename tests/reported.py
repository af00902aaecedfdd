"""Runs whose pages are tested: their words, tags, labels and notes would be code if a page obeyed any of them."""

from __future__ import annotations

from functools import cache

import numpy as np
from runs import registry_of, run_of

from seqbench import Corpus, Dataset
from seqbench.comparing.error_analysis.words import Words
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_findings import findings
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.page.dataset_report import dataset_reports
from seqbench.reporting.page.figure import Figure
from seqbench.reporting.page.page import page
from seqbench.reporting.page.page_sections import PageSections

PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><script>alert(1)</script>", "<!--",
    "-->", "]]>", "<![CDATA[", "{{7*7}}", "{%raw%}", "${alert(1)}", "#{7*7}", "javascript:alert(1)", "&lt;b&gt;",
    "&amp;", "'\"`", "\u202etxt", "\u2028line", "<svg/onload=alert(1)>", '<iframe src="//example.org">',
    "<style>*{display:none}</style>", '<link rel="stylesheet" href="//example.org/a.css">',
    '<base href="//example.org">',
    '<meta http-equiv="refresh" content="0">', "=cmd|'/C calc'!A0", "@SUM(1)", "https://example.org/x",
    "data:text/html,<script>alert(1)</script>", "__proto__", "\\u003cscript\\u003e", "signal('width')",
    "</textarea></title></style>", "\x1b[31mred",
)  # fmt: skip
"""Words, tags and notes that something would obey."""
TAGS = ("A", "<b>B</b>", "</script>", "__proto__")
LABELS = ("</script><b>x", "{{7*7}}", "__proto__")
WORDS = [[*PAYLOADS[i % 3 :: 3], f"w{i}"] for i in range(30)]
GOLD = [[TAGS[(i + j) % len(TAGS)] for j in range(len(words))] for i, words in enumerate(WORDS)]


class Guess:
    """Right but for the first tokens and a share of the others; tells its epochs, and notes what nobody may obey."""

    notes = PAYLOADS[:3]

    def __init__(self, *, share: float = 0.1):
        self.share = share

    def fit(self, train, conditions):
        self.random = np.random.default_rng([conditions.seed, round(1e6 * self.share)])
        for epoch in (1, 2, 3):
            conditions.report(epoch=epoch, tokens=10, loss=1 / epoch, dev_accuracy=0.3 * epoch)

    def predict(self, sentences):
        return [[TAGS[0] if not i or self.random.random() < self.share else t for i, t in enumerate(s)] for s in GOLD]


@cache
def data() -> Dataset:
    """A dataset whose name, words, tags and notes are payloads."""
    corpus = Corpus.encode(WORDS, GOLD)
    return Dataset.of('<img src="x">', train=corpus, test=corpus, notes=(PAYLOADS[1], PAYLOADS[21]))


def hostile_run(folder):
    """The run of three models with two seeds each on this dataset."""
    specs = [f"{label}=guess(share={0.1 + number / 5})" for number, label in enumerate(LABELS)]
    return run_of(folder, registry_of(guess=Guess), *specs, seeds=2, data=data())


def compared(*stores):
    """Runs that are compared, and what was found."""
    registry = registry_of(guess=Guess)
    runs = comparable(stores, registry, Question())
    return runs, findings(runs, registry)


def reports_of(*stores, words=True):
    """What is told of each dataset of these runs, with or without the words of this dataset."""
    runs, found = compared(*stores)
    return list(dataset_reports(runs.listing, found, lambda _: Words.of(data()) if words else None))


def page_of(*stores):
    """The page of these runs."""
    runs, found = compared(*stores)
    return page(runs.listing, found, lambda _: Words.of(data()), sections_of())


def sections_of(warn=print):
    """The built-in sections of a page."""
    return PageSections.of(Registry.discover(), warn)


def pictures(parts):
    """The pictures among the parts of a section."""
    return [part for part in parts if isinstance(part, Figure)]


def records(figure):
    """The records of a picture: those of its first data, then those of any others."""
    return list(figure.spec["datasets"].values())
