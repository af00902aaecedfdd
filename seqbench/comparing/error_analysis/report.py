"""The mistakes in a run: which tokens to look at, and all that is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

from seqbench.comparing.error_analysis.agreement import agreements
from seqbench.comparing.error_analysis.annotation_suspects import suspects
from seqbench.comparing.error_analysis.confusions import chosen_tokens, confusions
from seqbench.comparing.error_analysis.slices import slices
from seqbench.comparing.error_analysis.tokens_in_context import Case, cases
from seqbench.comparing.error_analysis.words import Words
from seqbench.data.next_word import END
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions

Value = TypeVar("Value")


@dataclass(frozen=True)
class Chosen:
    """Choice of tokens to list: those that some models have right and others wrong, perhaps of one gold tag."""

    right: Sequence[ModelKey] = ()
    wrong: Sequence[ModelKey] = ()
    tag: str | None = None

    def __bool__(self) -> bool:
        return bool(self.right or self.wrong or self.tag)

    def described(self, names: Mapping[ModelKey, str]) -> str:
        """The choice in words."""
        models = [
            f"{', '.join(names[model] for model in chosen)} {how}"
            for how, chosen in (("right", self.right), ("wrong", self.wrong))
            if chosen
        ]
        return " and ".join([*models, *([f"gold tag {self.tag}"] if self.tag else [])])


@dataclass(frozen=True, eq=False, kw_only=True)
class ErrorReport:
    """The predictions for one dataset, its words where they could be read again, and how long a list may be."""

    predictions: Predictions
    words: Words | None
    limit: int
    names: Mapping[ModelKey, str]

    @property
    def is_annotated(self) -> bool:
        """Whether gold tags were given by somebody; the next word follows from the text, and is no mistake of it."""
        return END not in self.predictions.tags

    @property
    def models(self) -> list[ModelKey]:
        """The models."""
        return self.predictions.keys

    def fits(self, chosen: Chosen) -> bool:
        """Whether this dataset has the models and the tag of a choice."""
        tag = chosen.tag is None or chosen.tag in self.predictions.tags
        return tag and {*chosen.right, *chosen.wrong} <= set(self.models)

    def tokens(self, chosen: Chosen) -> tuple[int, list[Case]]:
        """Number of tokens that fit a choice, and the first of them."""
        places = chosen_tokens(self.predictions, chosen.right, chosen.wrong, chosen.tag)
        return len(places), cases(self.predictions, self.words, places[: self.limit])

    def suspects(self) -> tuple[int, list[tuple[Case, float]]]:
        """Number of suspects, and the first of them with their suspicion; none without words or annotation."""
        if self.words is None or not self.is_annotated:
            return 0, []
        suspicious = suspects(self.predictions, self.words)
        listed = cases(self.predictions, self.words, suspicious.places[: self.limit])
        return len(suspicious.places), list(zip(listed, suspicious.suspicion.tolist(), strict=False))

    def as_json(self, chosen: Chosen) -> dict[str, list[dict[str, object]]]:
        """Lists by name; of tokens only those that are chosen."""
        return {
            "slices": self._slices(),
            "confusions": [
                {**vars(confusion), "tokens": self._named(confusion.tokens)}
                for confusion in confusions(self.predictions)[: self.limit]
            ],
            "agreement": [
                {**vars(pair), "a": self.names[pair.a], "b": self.names[pair.b]}
                for pair in agreements(self.predictions)
            ],
            "suspects": [{**self._case(case), "suspicion": suspicion} for case, suspicion in self.suspects()[1]],
            "tokens": [self._case(case) for case in self.tokens(chosen)[1]] if chosen else [],
        }

    def _case(self, case: Case) -> dict[str, object]:
        origin = vars(case.origin) if case.origin else {"file": None, "line": None, "sent_id": None}
        own = {name: value for name, value in vars(case).items() if name not in {"origin", "predicted"}}
        return {**own, "given": self._named(case.predicted), **origin}

    def _named(self, of_models: Mapping[ModelKey, Value]) -> dict[str, Value]:
        return {self.names[model]: value for model, value in of_models.items()}

    def _slices(self) -> list[dict[str, object]]:
        each = slices(self.predictions.reference, self.words)
        scores = [self._named({m: asdict(s.accuracy(self.predictions, m)) for m in self.models}) for s in each]
        return [
            {"by": part.by, "name": part.name, "tokens": part.tokens, "accuracy": accuracy}
            for part, accuracy in zip(each, scores, strict=True)
        ]
