"""A gate on speed: slower by more than a tenth, over three seeds or more, on the same machine."""

import json

import pytest
from compared_runs import UNITS, store_of

from seqbench.comparing.gate import PASSED, UNDECIDED, WORSE, Gate, GateResult
from seqbench.comparing.gate_quantities import MILLISECONDS
from seqbench.reporting.gate_summary import gate_lines, markdown
from seqbench.results.listing import list_runs


def timed(store, seconds, **machine):
    """The run with these seconds of tagging test."""
    for path, second in zip(sorted((store.folder / "trials").glob("*.json")), seconds, strict=True):
        record = json.loads(path.read_text())
        record["timings"]["predict_seconds"] = second
        path.write_text(json.dumps(record))
    manifest = json.loads(store.manifest_path.read_text())
    store.manifest_path.write_text(json.dumps({**manifest, "machine": {"cores": 2, **machine}}))
    return store


def gated(tmp_path, old, new, **machine):
    stores = [timed(store_of(tmp_path / name, "m=wrong", seeds=len(seconds)), seconds, **more)
              for name, seconds, more in (("old", old, {}), ("new", new, machine))]  # fmt: skip
    return Gate(list_runs(stores), *stores, MILLISECONDS, lambda _listing, _predictions: None).result()


@pytest.mark.parametrize(("new", "status"), [([1.5, 1.52, 1.49], WORSE), ([1.05, 1.06, 1.04], PASSED),
                                             ([0.5, 0.52, 0.49], PASSED), ([1.5, 1.4], UNDECIDED)])  # fmt: skip
def test_a_model_fails_if_it_is_slower_by_more_than_a_tenth(tmp_path, new, status):
    result = gated(tmp_path, [1.0, 1.01, 0.99], new)
    assert [case.status for case in result.cases] == [status]
    if status == WORSE:
        assert next(gate_lines(result)).startswith("worse: m on data: by 2.52 ms a sentence")
    if status != UNDECIDED:
        assert result.cases[0].change == pytest.approx((sum(new) - 3) / 3 * 1000 / UNITS, rel=0.02)


def test_the_change_and_the_test_of_a_time_that_was_once_much_longer_point_to_the_same_model(tmp_path):
    """The sum of seconds is larger in the old run, their geometric mean in the new one."""
    (case,) = gated(tmp_path, [1.0, 1.0, 4.0], [1.9, 1.9, 1.9]).cases
    assert case.comparison.a.run.endswith("old")
    assert case.change > 0
    assert "| +" in markdown(GateResult(metric=MILLISECONDS, cases=[case], added=[]))


def test_times_of_two_machines_are_not_compared(tmp_path):
    (case,) = gated(tmp_path, [1.0, 1.01, 0.99], [1.0, 1.01, 0.99], cores=64).cases
    assert case.why == "the two runs were made on different machines, devices or numbers of threads"


def test_times_that_are_not_stored_cannot_be_asked(tmp_path):
    (case,) = gated(tmp_path, [1.0, 1.01, 0.99], [1.0, None, 0.99]).cases
    assert case.why == "the time of tagging is not stored"
