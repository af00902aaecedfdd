"""The run of payloads, by short names, for the tests of sections."""

import pytest


@pytest.fixture(scope="session")
def run(payloads):
    """A run whose texts are payloads."""
    return payloads


@pytest.fixture(scope="session")
def report(payloads_report):
    """What the page tells of the only dataset."""
    return payloads_report
