"""Records of what was asked are read back as they were written."""

import msgspec

from seqbench.results.request_records import Effort, SeedsUntil


def test_records_are_read_back():
    for record in (SeedsUntil(rule="decided", most=12), Effort(trials=3, sampler="random", seed=1)):
        assert msgspec.json.decode(msgspec.json.encode(record), type=type(record)) == record
