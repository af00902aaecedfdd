"""Claims that `seqbench compare` prints, read from its tables and sentences, and whether they are true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Truth = Mapping[tuple[str, str], Mapping[str, float]]
_QUESTIONS = {"(a) these models": "a", "(b) these learners": "b"}
_LEVEL = 0.05


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence: one model is better than another by more than the rope, equal to it within, or has a rank."""

    question: str
    dataset: str
    better: str
    worse: str = ""
    equal: str = ""
    rope: float = 0.0
    ranks: tuple[int, int] = (0, 0)

    def is_true(self, truth: Truth) -> bool:
        """Whether it holds; models that are truly as good share their ranks, and any of these counts."""
        scores = truth[self.question, self.dataset]
        mine = scores[self.better]
        if self.worse:
            return mine > scores[self.worse] + self.rope
        if self.equal:
            return abs(mine - scores[self.equal]) <= self.rope
        first = 1 + sum(score > mine for score in scores.values())
        last = sum(score >= mine for score in scores.values())
        return self.ranks[0] <= last and first <= self.ranks[1]


@dataclass(frozen=True)
class Printed:
    """What one command printed: claims, the interval of each model by dataset, and differences "often missed"."""

    claims: list[Claim] = field(default_factory=list)
    intervals: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    missed: dict[str, float] = field(default_factory=dict)


def printed(texts: Sequence[str]) -> Printed:
    """All claims of the texts of a command, in its table format with the pairs."""
    result, rope = Printed(), _rope(texts)
    for text in texts:
        title = text.splitlines()[0]
        rows = list(_rows(text))
        if "who is best?" in title:
            _read_standing(title.split(":")[0], text, rows, result)
        elif "all datasets: pairs of models, differences" not in title and "all datasets: pairs" in title:
            result.claims.extend(_better(rows, "all", ""))
        elif ": (a) are" in title:
            result.claims.extend(_better(rows, "a", title.split(":")[0], rope))
        elif ": (b) are" in title:
            result.claims.extend(_better(rows, "b", title.split(":")[0], rope))
        elif "all datasets: pairs of models, differences" in title:
            result.claims.extend(_better(rows, "all", "", rope))
        elif "mean ranks by" in title:
            result.claims.extend(_overall(text, rows))
    return result


def _rows(text: str) -> Iterator[list[str]]:
    """Cells of the table in a text, the names of the columns first."""
    lines = text.splitlines()
    ruled = [number for number, line in enumerate(lines) if line.startswith("---")]
    if ruled:
        yield re.split(r"\s{2,}", lines[ruled[0] - 1].strip())
        for line in lines[ruled[0] + 1 :]:
            if not line.strip():
                return
            yield re.split(r"\s{2,}", line.strip())


def _read_standing(dataset: str, text: str, rows: Sequence[Sequence[str]], result: Printed) -> None:
    columns, first = rows[0], rows[1][0]
    for row in rows[1:]:
        limits = re.fullmatch(r"([\d.]+) to ([\d.]+)", row[2])
        if limits:
            result.intervals[dataset, row[0]] = float(limits[1]) / 100, float(limits[2]) / 100
        for short, question in _QUESTIONS.items():
            place = columns.index(short)
            word, ranks = row[place], row[place + 1].split("-")
            if word == "worse":
                result.claims.append(Claim(question=question, dataset=dataset, better=first, worse=row[0]))
            interval = int(ranks[0]), int(ranks[-1])
            result.claims.append(Claim(question=question, dataset=dataset, better=row[0], ranks=interval))
            if word == "best":
                result.claims.extend(
                    Claim(question=question, dataset=dataset, better=first, worse=other[0]) for other in rows[2:]
                )
    for question, size in re.findall(r"^\((a|b)\) .*Differences under ([\d.e-]+) points", text, re.MULTILINE):
        result.missed[question] = max(result.missed.get(question, 0.0), float(size) / 100)


def _overall(text: str, rows: Sequence[Sequence[str]]) -> Iterator[Claim]:
    """The claims of the table of mean ranks: Friedman's, and the ranks of each model."""
    if "are not all as good" in text:
        yield Claim(question="some", dataset="", better="first", worse="last")
    place = rows[0].index("rank")
    for row in rows[1:]:
        ranks = row[place].split("-")
        yield Claim(question="all", dataset="", better=row[0], ranks=(int(ranks[0]), int(ranks[-1])))


def _rope(texts: Sequence[str]) -> float:
    """Differences that count as none, a fraction of 1; 0 where nothing is said of them."""
    match = re.search(r"differences up to ([\d.]+) points counted as none|borders of ([\d.]+) points", " ".join(texts))
    return float(match[1] or match[2]) / 100 if match else 0.0


def _said(rows: Sequence[Sequence[str]], question: str, dataset: str, rope: float) -> Iterator[Claim]:
    """What a table says of pairs beside a rope."""
    for row in rows[1:]:
        names, relation = {"better": row[0], "worse": row[1]}, row[-1]
        if relation == "worse":
            names = {"better": row[1], "worse": row[0]}
        if relation in {"better", "worse"}:
            yield Claim(question=question, dataset=dataset, rope=rope, **names)
        elif relation == "equal":
            yield Claim(question=question, dataset=dataset, rope=rope, better=row[0], equal=row[1])


def _better(rows: Sequence[Sequence[str]], question: str, dataset: str, rope: float = 0.0) -> Iterator[Claim]:
    """Pairs of a table whose corrected p is under the level, or what it says of them beside a rope."""
    if rows[0][-1] == "relation":
        yield from _said(rows, question, dataset, rope)
        return
    place = next(number for number, column in enumerate(rows[0]) if column in {"p (Holm)", "p (adj.)"})
    for row in rows[1:]:
        p = row[place].lstrip("<")
        if p != "-" and float(p) <= _LEVEL:
            yield Claim(question=question, dataset=dataset, better=row[0], worse=row[1])
