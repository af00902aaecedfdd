"""Calibration as tables: how sure models are and how right, and what leaving out the unsure would gain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seqbench.comparing.calibration import COVERAGES, Binning, Calibration
from seqbench.reporting.table import Table
from seqbench.results.model_names import ModelKey
from seqbench.scoring.log_loss import LEAST


def summary(calibrations: Sequence[Calibration], binning: Binning, names: Mapping[ModelKey, str]) -> Table:
    """The models of one dataset."""
    rows = [
        [
            names[model.model],
            *(f"{100 * value:.2f}" for value in (model.accuracy, model.confidence, model.calibration_error)),
            *(f"{value:.4f}" for value in (model.brier, model.log_loss)),
            *(f"{100 * model.covered[share]:.2f}" for share in COVERAGES),
        ]
        for model in calibrations
    ]
    surest = [f"surest {100 * share:.0f} %" for share in COVERAGES]
    columns = ["model", "accuracy", "confidence", "ECE", "Brier", "log-loss", *surest]
    notes = [
        "confidence: mean probability of the predicted tags, in %; above the accuracy the model is too sure of itself.",
        f"ECE: expected calibration error in points, {binning} (Guo et al. 2017); 0 is best, as for the next two.",
        f"Brier: squared distance from the gold tag, 0 to 2; log-loss in nats, probabilities of at least {LEAST:g}.",
        "surest N %: accuracy in % when only the tokens with the highest confidence are tagged.",
    ]
    about = {"dataset": calibrations[0].dataset}
    seeds = max(model.seeds for model in calibrations)
    over = f", mean of {seeds} seeds" if seeds > 1 else ""
    return Table(
        f"{calibrations[0].dataset}: do the models know when they are wrong?{over}", columns, rows, notes, about=about
    )


def reliability(calibration: Calibration, binning: Binning, name: str) -> Table:
    """Share of right tokens in each bin of confidence; empty bins are left out."""
    bins = calibration.reliability
    rows = [
        [
            f"{100 * low:.1f} to {100 * high:.1f}",
            f"{tokens:,}",
            f"{100 * sure:.2f}",
            f"{100 * right:.2f}",
            f"{100 * (sure - right):+.2f}",
        ]
        for low, high, tokens, sure, right in zip(
            bins.edges, bins.edges[1:], bins.tokens.tolist(), bins.confidence, bins.accuracy, strict=False
        )
        if tokens
    ]
    columns = ["sure in %", "tokens", "confidence", "accuracy", "too sure by"]
    about = {"dataset": calibration.dataset, "model": name}
    over = f" of all {calibration.seeds} seeds" if calibration.seeds > 1 else ""
    return Table(f"{calibration.dataset}: reliability of {name}, {binning}, tokens{over}", columns, rows, about=about)
