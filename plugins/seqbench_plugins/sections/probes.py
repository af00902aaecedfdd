"""Capability profile: accuracy by the level of each probe, beside the ceilings, and how far each model gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from urllib.parse import parse_qsl

from seqbench.sections import (
    CapabilityProfile,
    Convergence,
    DatasetSummary,
    Drawing,
    Figure,
    Findings,
    ProbeAxis,
    ProbeCell,
    Record,
    Results,
    Row,
    Table,
    by_model,
    data,
    fields,
    figure,
    named,
    profile_table,
)

Options = Mapping[str, str]


@dataclass(frozen=True)
class ProbedLevels:
    """A probe's datasets in a run, the easiest first, and the option in which they differ."""

    probe: str
    option: str
    datasets: Sequence[DatasetSummary]

    @property
    def axis(self) -> ProbeAxis:
        """The levels as a profile has them."""
        levels = [_options(dataset)[self.option] for dataset in self.datasets]
        return ProbeAxis(probe=self.probe, option=self.option, measures=named(self.option), levels=levels)


def section(findings: Findings) -> Iterator[Figure | Table]:
    """A picture for each probe with several levels, and a table of the hardest levels that models master."""
    probes = list(_probes(findings.results.datasets))
    for number, probe in enumerate(probes):
        about = f"Means over seeds by {probe.option}, from the lowest to the highest seed; dashed: the ceilings."
        yield figure(f"probe-{number}", f"How far on {probe.probe}", about, _chart(probe, findings.results))
    if probes:
        yield profile_table(_profile(probes, findings.results))


def _probes(datasets: Sequence[DatasetSummary]) -> Iterator[ProbedLevels]:
    """The probes among datasets: those with ceilings whose sources differ in an option, which is a number."""
    known = sorted((d for d in datasets if d.ceilings and _options(d)), key=_text)
    for probe, same in groupby(known, key=_text):
        levels = list(same)
        option = _varied([_options(dataset) for dataset in levels])
        if option is not None:
            ordered = sorted(levels, key=lambda dataset: float(_options(dataset)[option]))
            yield ProbedLevels(probe, option, ordered)


def _options(dataset: DatasetSummary) -> Options:
    return dict(parse_qsl(dataset.source.partition("?")[2]))


def _text(dataset: DatasetSummary) -> str:
    """The probe's name with those options that are words, such as a group."""
    words = [f"{name}={value}" for name, value in _options(dataset).items() if not _is_number(value)]
    return "?".join([dataset.source.partition("?")[0], *(["&".join(words)] if words else [])])


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdigit()


def _varied(options: Sequence[Options]) -> str | None:
    """The first option that is another in each dataset; others may follow from it."""
    alike = [name for name, value in options[0].items() if _is_number(value) and all(name in o for o in options)]
    return next((name for name in alike if len({o[name] for o in options}) == len(options) > 1), None)


def _profile(probes: Sequence[ProbedLevels], results: Results) -> CapabilityProfile:
    rows = {row.key: row for row in results.rows}
    cells = [
        cell
        for probe in probes
        for level, dataset in enumerate(probe.datasets)
        for row in results.rows_of(dataset.fingerprint)
        for cell in _cells(probe, level, row, results.name(row))
    ]
    trials = [trial for row in results.rows for trial in row.finished_trials]
    rules = [Convergence.stated(1, trial.identity) for trial in trials]
    return CapabilityProfile(
        axes=[probe.axis for probe in probes],
        specs={results.name(row): row.spec for row in rows.values()},
        cells=cells,
        epochs=max((len(trial.curve) for trial in trials), default=0),
        patience=min((rule.patience for rule in rules), default=0),  # what is told below the table holds for all
    )


def _records(probe: ProbedLevels, results: Results) -> Iterator[Record]:
    """Accuracy in % by level: mean and limits over the seeds that were tried there."""
    for dataset in probe.datasets:
        level = float(_options(dataset)[probe.option])
        for row in results.rows_of(dataset.fingerprint):
            seeds = [100 * accuracy for accuracy in row.scores["accuracy"].per_seed if accuracy is not None]
            if seeds:
                limits = {"mean": fmean(seeds), "low": min(seeds), "high": max(seeds)}
                yield {"model": results.name(row), "level": level, **limits}


def _ceilings(probe: ProbedLevels) -> Iterator[Record]:
    for dataset in probe.datasets:
        for sight in ("any", "left_to_right"):
            ceiling = 100 * getattr(dataset.ceilings, sight)
            yield {"sight": named(sight), "level": float(_options(dataset)[probe.option]), "mean": ceiling}


def _chart(probe: ProbedLevels, results: Results) -> Drawing:
    import altair as alt

    levels = alt.Axis(values=[float(_options(dataset)[probe.option]) for dataset in probe.datasets])
    x = alt.X("level:Q", title=probe.option, axis=levels, scale=alt.Scale(type="log", base=2, nice=False))
    y = alt.Y("mean:Q", title="accuracy in %", scale=alt.Scale(zero=False))
    colour, shape = by_model(results.names.values(), map(results.name, results.rows))
    base = alt.Chart(data(_records(probe, results)))
    band = base.mark_area(opacity=0.15).encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=colour)
    dots = base.mark_point(filled=True, size=60).encode(
        x=x, y=y, color=colour, shape=shape, tooltip=fields("model:N", "level:Q", "mean:Q", "low:Q", "high:Q")
    )
    ceilings = alt.Chart(data(_ceilings(probe))).mark_line(strokeDash=[4, 4])
    limits = ceilings.encode(x=x, y=y, detail="sight:N", tooltip=fields("sight:N", "mean:Q"))
    return alt.layer(limits, band, base.mark_line().encode(x=x, y=y, color=colour), dots).properties(height=300)


def _cells(probe: ProbedLevels, level: int, row: Row, model: str) -> Iterator[ProbeCell]:
    """The trials of a row, against the ceiling of all taggers: results do not tell what a model sees."""
    ceilings = row.dataset.ceilings
    for seed, trial in zip(row.seeds, row.trials, strict=True):
        if ceilings is not None and trial is not None:
            yield ProbeCell(
                probe=probe.probe,
                level=level,
                dataset=row.dataset.name,
                model=model,
                seed=seed,
                accuracy=trial.score("accuracy"),
                ceiling=ceilings.any,
                ceiling_of_sight=ceilings.any,
                tokens=sum(tag.support for tag in trial.per_tag),
                trained_out=Convergence.stated(ceilings.any, trial.identity).trained_out(trial.curve),
            )
