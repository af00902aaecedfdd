"""Records parsed from JSON: what older versions did not write has a default, what does not fit is refused."""

import msgspec
import pytest
from stored_trials import manifest, trial

from seqbench.results.records import DatasetRecord, FailureRecord, Manifest, TrialRecord
from seqbench.results.trial_scores import TagScore

SCORED = TagScore(tag="A", precision=0.5, recall=1.0, f1=2 / 3, support=4)
MANIFEST = {
    "seqbench": "0", "result_version": 1, "started": "today", "device": None, "threads": None, "datasets": [],
    "models": [], "trials": [],
}  # fmt: skip


def again(record):
    return msgspec.json.decode(msgspec.json.encode(record), type=type(record))


@pytest.mark.parametrize(
    "record",
    [trial(scores={"accuracy": None, "tokens": 3, "per_tag": (SCORED,)}, curve=({"epoch": 1, "loss": 0.5},)),
     manifest(plan={"models": ["a"], "seeds": 3}, versions={"numpy": None})],
    ids=["trial", "manifest"],
)  # fmt: skip
def test_a_record_comes_back_from_json_as_it_was(record):
    assert again(record) == record


def test_scores_are_told_from_those_of_tags():
    record = again(trial(scores={"accuracy": 0.5, "sentence_accuracy": None, "per_tag": (SCORED,)}))
    assert (record.score("accuracy"), record.score("sentence_accuracy"), record.score("gone")) == (0.5, None, None)
    assert record.score("per_tag") is None
    assert record.per_tag == (SCORED,)
    assert trial().per_tag == ()


def test_what_the_first_version_did_not_write_has_a_default():
    record = msgspec.convert(MANIFEST, Manifest)
    assert (record.plan, record.external, record.tuning, record.warnings) == (None, False, None, ())
    first = {"name": "d", "fingerprint": "f", "source": "s", "tags": ["A"], "learned_tags": 1, "splits": {}}
    assert msgspec.convert(first, DatasetRecord).scored_split is None


def test_what_a_later_version_writes_is_ignored():
    assert msgspec.convert({**MANIFEST, "colour": "blue"}, Manifest) == msgspec.convert(MANIFEST, Manifest)


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        (Manifest, {**MANIFEST, "threads": "two"}, r"Expected `int \| null`, got `str` - at `\$.threads`"),
        (Manifest, {**MANIFEST, "models": [{"label": "a"}]}, r"missing required field `spec` - at `\$.models\[0\]`"),
        (TrialRecord, {}, "missing required field"),
        (FailureRecord, {**msgspec.to_builtins(trial())}, "missing required field `failure`"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(kind, content, why):
    with pytest.raises(msgspec.ValidationError, match=why):
        msgspec.convert(content, kind)


def test_records_are_frozen():
    with pytest.raises(AttributeError):
        trial().seed = 3
