"""What there is to find out about the mistakes in a run: which tokens to look at, and all that is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from seqbench.comparing.error_analysis.annotation_suspects import suspects
from seqbench.comparing.error_analysis.confusions import chosen, confusions
from seqbench.comparing.error_analysis.slices import slices
from seqbench.comparing.error_analysis.tokens_in_context import Case, cases
from seqbench.data.dataset import Dataset
from seqbench.results.predictions import Answers


@dataclass(frozen=True)
class Chosen:
    """Which tokens to list: those that some models have right and others wrong, perhaps of one gold tag."""

    right: Sequence[str] = ()
    wrong: Sequence[str] = ()
    tag: str | None = None

    def __bool__(self) -> bool:
        return bool(self.right or self.wrong or self.tag)

    def __str__(self) -> str:
        said = [
            f"{', '.join(labels)} {how}" for how, labels in (("right", self.right), ("wrong", self.wrong)) if labels
        ]
        return " and ".join([*said, *([f"gold tag {self.tag}"] if self.tag else [])])


@dataclass(frozen=True, eq=False)
class Findings:
    """The answers to one dataset, its words where they could be read again, and how long a list may be."""

    answers: Answers
    dataset: Dataset | None
    limit: int

    @property
    def labels(self) -> list[str]:
        """The models."""
        return list(self.answers.predicted)

    def fits(self, asked: Chosen) -> bool:
        """Whether this dataset has the models and the tag that are asked for."""
        tag = asked.tag is None or asked.tag in self.answers.tags
        return tag and {*asked.right, *asked.wrong} <= set(self.labels)

    def chosen(self, asked: Chosen) -> tuple[int, list[Case]]:
        """How many tokens are as asked, and the first of them."""
        places = chosen(self.answers, asked.right, asked.wrong, asked.tag)
        return len(places), cases(self.answers, self.dataset, places[: self.limit])

    def suspects(self) -> tuple[int, list[tuple[Case, float]]]:
        """How many tokens are suspects, and the first of them with their suspicion; none where words are not known."""
        if self.dataset is None:
            return 0, []
        found = suspects(self.answers, self.dataset)
        listed = cases(self.answers, self.dataset, found.places[: self.limit])
        return len(found.places), list(zip(listed, found.suspicion.tolist(), strict=False))

    def as_json(self, asked: Chosen) -> dict[str, list[dict[str, Any]]]:
        """Lists by name; of tokens only those that are asked for."""
        return {
            "slices": self._slices(),
            "confusions": [asdict(c) for c in confusions(self.answers)[: self.limit]],
            "suspects": [{**asdict(case), "suspicion": suspicion} for case, suspicion in self.suspects()[1]],
            "tokens": [asdict(case) for case in self.chosen(asked)[1]] if asked else [],
        }

    def _slices(self) -> list[dict[str, Any]]:
        found = slices(self.answers.reference, self.dataset)
        scores = [{label: asdict(one.accuracy(self.answers, label)) for label in self.labels} for one in found]
        return [
            {"by": one.by, "name": one.name, "tokens": one.tokens, "accuracy": accuracy}
            for one, accuracy in zip(found, scores, strict=True)
        ]
