"""The run of payloads, by short names, for the tests of the page's parts."""

import pytest
from reported import page_of


@pytest.fixture(scope="session")
def run(payloads):
    """A run whose texts are payloads."""
    return payloads


@pytest.fixture(scope="session")
def report(payloads_report):
    """What the page tells of the only dataset."""
    return payloads_report


@pytest.fixture(scope="session")
def text(payloads):
    """The page of the run."""
    return page_of(payloads)
