"""What tests of the command line share."""

import signal

import pytest


@pytest.fixture
def signals():
    """What signals do is as before afterwards."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield numbers
    for number, handler in before.items():
        signal.signal(number, handler)
