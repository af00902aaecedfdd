"""Whether a model of a new run is worse than the model of the same label in an old run: a gate for releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seqbench.comparing.comparison import LEVEL, MODEL, Comparison, compare
from seqbench.comparing.measured import Measured
from seqbench.results.listing import ListedModel, Listing
from seqbench.results.store import Store


@dataclass(frozen=True, kw_only=True)
class GateResult:
    """The comparisons that the old model of a label wins, and the new models that did not finish where the old did."""

    worse: list[Comparison]
    unfinished: list[ListedModel]

    @property
    def passed(self) -> bool:
        """Whether no model is worse."""
        return not self.worse and not self.unfinished


def gate(listing: Listing, measured: Iterable[Measured], old: Store, new: Store) -> GateResult:
    """The result for two of the runs of a listing."""
    runs = str(old.folder.resolve()), str(new.folder.resolve())
    compared = [c for by_metric in measured for c in compare(by_metric) if c.question == MODEL]
    return GateResult(worse=[c for c in compared if _is_worse(c, *runs)], unfinished=list(_unfinished(listing, *runs)))


def _is_worse(c: Comparison, old: str, new: str) -> bool:
    """Whether both models have one label, and the old one is better, and not by chance (`a` is the better one)."""
    same_label = c.a.label == c.b.label and (c.a.run, c.b.run) == (old, new)
    return same_label and c.p_adjusted is not None and c.p_adjusted <= LEVEL


def _unfinished(listing: Listing, old: str, new: str) -> Iterator[ListedModel]:
    """The models of the new run that did not finish where those of the old run did."""
    models = {(model.key.run, model.key.label, model.fingerprint): model for model in listing.models}
    for model in listing.models:
        before = models.get((old, model.key.label, model.fingerprint))
        if model.key.run == new and not model.complete and before and before.complete:
            yield model
