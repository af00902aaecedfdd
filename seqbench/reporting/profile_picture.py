"""The picture of a capability profile, as SVG."""

from __future__ import annotations

from pathlib import Path

from seqbench.errors import UsageError
from seqbench.reporting.page.figure import CONFIG, Record, data
from seqbench.results.capability_profile import CapabilityProfile, ProbeAxis, interval


def write_picture(path: Path, profile: CapabilityProfile) -> None:
    """Write the SVG: a panel for each probe, a dot for each seed, a bar at the median.

    Raises `UsageError` if the file cannot be written.
    """
    import vl_convert

    drawing = vl_convert.vegalite_to_svg({**_specification(profile), "config": {**CONFIG, "background": "white"}})
    try:
        path.write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {str(path)!r}: {error.strerror or error}") from error


def _specification(profile: CapabilityProfile) -> dict[str, object]:
    """Vega-Lite's specification of the panels."""
    import altair as alt

    panels = []
    for axis in profile.axes:
        records = [record for model in profile.specs for record in _records(profile, axis, model)]
        names = ["none", *map(str, axis.levels)]
        level = alt.Y("level:O", scale=alt.Scale(domain=names[::-1]), title=axis.measures)
        base = alt.Chart(data(records)).encode(
            x=alt.X("model:N", scale=alt.Scale(domain=list(profile.specs)), title=None), y=level
        )
        seeds = base.mark_circle(opacity=0.5, size=60).transform_filter("datum.kind == 'seed'")
        median = base.mark_tick(orient="horizontal", thickness=3, width=18).transform_filter("datum.kind == 'median'")
        panels.append((seeds + median).properties(title=axis.probe, width=26 * len(profile.specs), height=130))
    specification: dict[str, object] = alt.concat(*panels, columns=3).to_dict(validate=False)
    return specification


def _records(profile: CapabilityProfile, axis: ProbeAxis, model: str) -> list[Record]:
    capability = profile.capability(axis, model)
    if not capability.any:
        return []
    names = ["none", *map(str, axis.levels)]
    levels = [*(("seed", reach.level) for reach in capability.any), ("median", interval(capability.any)[1])]
    return [{"model": model, "kind": kind, "level": names[level + 1]} for kind, level in levels]
