"""Records of strangers: names that lead elsewhere, numbers out of range, and what does not belong together."""

import pytest
from msgspec.structs import replace
from stored_trials import manifest, trial

from seqbench.results.record_check import check
from seqbench.results.records import (
    DatasetRecord,
    DatasetSummary,
    EarlierRequest,
    ModelSummary,
    Sizes,
    SplitSizes,
    WantedTrial,
)

WANTED = WantedTrial(dataset="f", label="a", seed=0, key="0123456789ab")
MANIFEST = manifest(
    datasets=(DatasetSummary(name="d", fingerprint="f"),), models=(ModelSummary(label="a", spec="a"),), trials=(WANTED,)
)
DATASET = DatasetRecord(
    name="d", fingerprint="f", source="", tags=("A", "B"), learned_tags=1, splits={"test": Sizes(sentences=1, tokens=2)}
)


def test_what_a_run_writes_is_right():
    for record in (MANIFEST, DATASET, trial()):
        check(record)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (trial(key="../../x"), "a key must be letters and digits, was: '../../x'"),
        (trial(seed=-1), "a seed must be a whole number"),
        (trial(scores={"accuracy": 1.5}), "accuracy must be from 0 to 1"),
        (trial(metrics={"m": 1e300}), "metrics must be finite numbers"),
        (trial(timings={"fit_seconds": -1.0}), "timings must be at least 0"),
        (trial(curve=({"loss": 10**400},)), "curve must be finite numbers"),
        (replace(DATASET, fingerprint="a/b"), "a fingerprint must be letters and digits"),
        (replace(DATASET, tags=("A", "A")), "a tag is named twice"),
        (replace(DATASET, source="?" * 10**6), "its name is none of a dataset"),
        (replace(MANIFEST, datasets=(DatasetSummary(name="d", fingerprint="f", source="?" * 10**6),)), "a name of 1,0"),
        (replace(DATASET, learned_tags=3), "learned_tags must be a number of tags"),
        (replace(DATASET, splits={}), "there is no test split"),
        (replace(DATASET, splits={"test": Sizes(sentences=-1, tokens=2)}), "a size must be at least 0"),
        (replace(MANIFEST, trials=(WANTED, WANTED)), "a trial is named twice"),
        (replace(MANIFEST, models=(ModelSummary(label="a" * 10**6, spec="a"),)), "a name of 1,000,000 characters"),
        (replace(MANIFEST, datasets=(DatasetSummary(name="d" * 10**6, fingerprint="f"),)), "a name of 1,000,000"),
        (replace(MANIFEST, folder="../a\0b"), "a folder must be a path"),
        (replace(MANIFEST, folder="../" * 10**5), "a folder must be a path"),
        (replace(MANIFEST, earlier=(EarlierRequest(folder="\0"),)), "a folder must be a path"),
        (replace(MANIFEST, models=()), "a trial is of a dataset or model that is not listed"),
        (replace(MANIFEST, trials=(replace(WANTED, key="../x"),)), "a key must be"),
        (
            replace(MANIFEST, datasets=(replace(MANIFEST.datasets[0], sentences=SplitSizes(train=-1, test=0)),)),
            "a size must be at least 0",
        ),
    ],
)
def test_what_no_run_writes_is_refused(record, message):
    with pytest.raises(ValueError, match=message):
        check(record)
