"""The picture of reliability: the bins that `seqbench calibration` counts, and none without probabilities."""

import vl_convert
from kept import SMALL
from program import called
from reported import records

from seqbench.comparing.calibration import Binning, calibrations
from seqbench.registry.discovery import Registry
from seqbench.reporting.comparison_findings import findings
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.page.dataset_report import dataset_reports
from seqbench.results.store import Store
from seqbench_plugins.sections.reliability import section


def test_the_points_are_the_bins_of_the_models_with_probabilities(tmp_path):
    models = f"hmm,majority,perceptron(epochs=1),n=lstm({SMALL})"
    assert called("run", "--data", "tutorial", "--models", models, "--out", tmp_path / "r", "--quiet").returncode == 0
    runs = comparable([Store.open(tmp_path / "r")], Registry.discover(), Question())
    (report,) = dataset_reports(runs.listing, findings(runs, Registry.discover()), lambda _: None)
    (figure,) = section(report)
    shown = next(part for part in records(figure) if "model" in part[0])
    expected = [
        (runs.names[c.model], tokens, 100 * right)
        for c in calibrations(runs.listing, Binning(10))
        for tokens, right in zip(c.reliability.tokens.tolist(), c.reliability.accuracy.tolist(), strict=True)
        if tokens
    ]
    assert sorted((v["model"], v["tokens"], v["right"]) for v in shown) == sorted(expected) != []
    assert any(f"(on the whole {words})" in figure.about for words in ("too sure", "not sure enough"))
    assert "perceptron(epochs=1)" not in {v["model"] for v in shown}
    assert vl_convert.vegalite_to_svg({**figure.spec, "width": 400}).startswith("<svg")


def test_without_probabilities_there_is_no_picture(report):
    assert list(section(report)) == []
