"""Whether a model of a new run is worse than the model of the same label in an old run: a gate for releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from seqbench.comparing.across_splits import Group, groups
from seqbench.comparing.comparison import BETTER, IDENTICAL, LEVEL, OPEN, Comparison, PairTest, models_tested, pairs_of
from seqbench.comparing.corrected_tests import corrected
from seqbench.comparing.gate_quantities import MILLISECONDS, QUANTITIES, unmeasured
from seqbench.comparing.gate_speed import slower
from seqbench.comparing.gate_splits import SplitGate
from seqbench.comparing.unit_counts import Measured
from seqbench.results.listing import ListedModel, Listing
from seqbench.results.predictions import Predictions, read_predictions
from seqbench.results.records import DatasetSummary
from seqbench.results.store import Store

PASSED, WORSE, UNDECIDED, MISSING = "passed", "worse", "undecided", "missing"
_LEAST_P = 0.00005  # of what four digits can show


@dataclass(frozen=True, kw_only=True)
class GateCase:
    """A label on a dataset: whether it passed, why, and the comparison of its old and new model if there is one.

    `change` is the quantity of the new model less that of the old one, None where it was not tested: a fraction of 1,
    or in the unit of one of `QUANTITIES`, of which more is worse.
    """

    label: str
    dataset: str
    status: str
    why: str
    comparison: Comparison | None = None
    change: float | None = None

    @property
    def corrected(self) -> bool:
        """Whether its test is corrected with the others; models that predict the same are no question."""
        c = self.comparison
        return c is not None and c.p is not None and c.relation != IDENTICAL


@dataclass(frozen=True, kw_only=True)
class GateResult:
    """The cases by one metric, and the labels that only the new run has, which are held against nothing."""

    metric: str
    cases: list[GateCase]
    added: list[str]

    @property
    def failed(self) -> list[GateCase]:
        """The cases that did not pass."""
        return [case for case in self.cases if case.status != PASSED]

    @property
    def passed(self) -> bool:
        """Whether there is a case, and all of them passed."""
        return bool(self.cases) and not self.failed


@dataclass(frozen=True)
class _Case:
    """A label on a dataset before it is decided: why it cannot be tested, or its test over so many `units`."""

    label: str
    dataset: str
    why: str = ""
    status: str = MISSING
    test: PairTest | None = None
    units: int = 0

    def few(self, tests: int) -> bool:
        """Whether no answers at all on so many units could give a p that is small enough among so many tests."""
        return 2.0 ** (1 - self.units) > LEVEL / tests


Measure = Callable[[Listing, Predictions], Measured | None]


@dataclass(frozen=True)
class Gate:
    """Two of the runs of a listing, the metric, and the counts by the metric: None where it does not apply.

    The metric may also be one of `gate_quantities`; milliseconds are not counted.
    """

    listing: Listing
    old: Store
    new: Store
    metric: str
    measure: Measure

    def result(self) -> GateResult:
        """The decision on each label of the old run, corrected over labels and datasets."""
        in_groups = {fingerprint for group in groups(self.listing.datasets) for fingerprint in group.fingerprints}
        cases = [c for d in self.listing.datasets if d.fingerprint not in in_groups for c in self._of_dataset(d)]
        cases += [case for group in groups(self.listing.datasets) for case in self._of_splits(group)]
        comparisons = iter(corrected([case.test for case in cases if case.test]))
        tests = sum(case.test is not None for case in cases)
        decided = [
            self._decided(case, next(comparisons), few=case.few(tests)) if case.test else _untested(case)
            for case in cases
        ]
        labels = dict.fromkeys(model.key.label for model in self._of_run(self.old))
        added = dict.fromkeys(m.key.label for m in self._of_run(self.new) if m.key.label not in labels)
        return GateResult(metric=self.metric, cases=decided, added=list(added))

    def _of_run(self, store: Store) -> list[ListedModel]:
        folder = store.folder.resolve()
        return [model for model in self.listing.models if model.store.folder.resolve() == folder]

    def _pairs(self, fingerprint: str) -> Iterator[tuple[ListedModel, ListedModel | None]]:
        """Each model that the old run finished on a dataset, with that of its label in the new run."""
        after = {model.key.label: model for model in self._of_run(self.new) if model.fingerprint == fingerprint}
        for model in self._of_run(self.old):
            if model.fingerprint == fingerprint and model.trials and model.complete:
                yield model, after.get(model.key.label)

    def _of_dataset(self, dataset: DatasetSummary) -> Iterator[_Case]:
        for before, after in self._pairs(dataset.fingerprint):
            label = before.key.label
            if why := _absent(after):
                yield _Case(label, dataset.name, why)
            elif after is not None:
                yield self._tested(label, dataset, (before, after))

    def _tested(self, label: str, dataset: DatasetSummary, models: tuple[ListedModel, ListedModel]) -> _Case:
        """The test of the old and the new model of a label, with nothing else beside them."""
        listing = replace(self.listing, models=models)
        predictions = read_predictions(listing, dataset, complete=True)
        if predictions and self.metric == MILLISECONDS:
            return _case(label, dataset.name, slower(dataset, len(predictions.reference.offsets) - 1, *models))
        measured = self.measure(listing, predictions) if predictions else None
        if measured is None:
            return _Case(label, dataset.name, unmeasured(self.metric), UNDECIDED)
        (test,) = models_tested(measured, pairs_of(measured), len(self.listing.models))
        return _Case(label, dataset.name, test=test, units=measured.counts.units)

    def _of_splits(self, group: Group) -> Iterator[_Case]:
        """A label over all splits of one dataset, by the corrected t test."""
        reasons: dict[str, str] = {}
        both: dict[str, list[tuple[ListedModel, ListedModel]]] = {}
        for fingerprint in group.fingerprints:
            for before, after in self._pairs(fingerprint):
                label = before.key.label
                reasons[label] = reasons.get(label) or _absent(after)
                both.setdefault(label, []).extend([(before, after)] if after else [])
        for label, why in reasons.items():
            old = len(group.fingerprints) - len(both[label])
            less = f"did not finish in the old run on {old} of {len(group.fingerprints)} splits" if old else ""
            if why or less:
                yield _Case(label, group.name, why or less, MISSING if why else UNDECIDED)
            else:
                yield _case(
                    label, group.name, SplitGate(self.listing, self.metric, self.measure).test(group, both[label])
                )

    def _decided(self, case: _Case, c: Comparison, *, few: bool) -> GateCase:
        """The decision that a corrected comparison leads to: `a` is the better model; `few`: no p could be small."""
        status, why, lost = PASSED, "not shown to be worse", c.a.run == str(self.old.folder.resolve())
        factor, unit = QUANTITIES.get(c.metric, (100.0, f"points of {c.metric}"))
        size = f"{factor * c.difference:.3g} {unit}" if c.metric in QUANTITIES else f"{100 * c.difference:.2f} {unit}"
        if c.relation == OPEN and (c.p is None or (few and lost and c.difference > 0)):
            status, why = UNDECIDED, c.why or "the question could not be asked"
        elif c.relation == OPEN and lost and c.difference > 0:
            why = f"not shown to be worse: {c.why}"
        elif c.relation == BETTER and lost:
            status, why = WORSE, f"by {size} (p {_p(c.p_adjusted)})"
        elif c.relation == BETTER:
            why = f"better by {size}"
        change = None if c.p_adjusted is None else c.difference * (1 if lost == (c.metric in QUANTITIES) else -1)
        return GateCase(label=case.label, dataset=case.dataset, status=status, why=why, comparison=c, change=change)


def _case(label: str, dataset: str, test: PairTest | str) -> _Case:
    """A label with its test, or undecided for a reason."""
    return _Case(label, dataset, test, UNDECIDED) if isinstance(test, str) else _Case(label, dataset, test=test)


def _absent(after: ListedModel | None) -> str:
    """Reason why a new model cannot be held against the old one."""
    if after is None or not after.trials:
        return "not in the new run"
    return "" if after.complete else "did not finish in the new run"


def _p(value: float | None) -> str:
    """A corrected p with four digits, and its relation."""
    return "< 0.0001" if value is not None and value < _LEAST_P else f"= {value:.4f}"


def _untested(case: _Case) -> GateCase:
    return GateCase(label=case.label, dataset=case.dataset, status=case.status, why=case.why)
