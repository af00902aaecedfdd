"""One run for all tests of a page's parts."""

import pytest
from reported import hostile_run, reports_of


@pytest.fixture(scope="package")
def run(tmp_path_factory):
    """A run whose texts are payloads."""
    return hostile_run(tmp_path_factory.mktemp("runs") / "run")


@pytest.fixture(scope="package")
def report(run):
    """What the page tells of the only dataset."""
    (report,) = reports_of(run)
    return report
