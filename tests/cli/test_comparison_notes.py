"""Notes of `seqbench compare`."""

import json

from compared_runs import store_of, two_datasets
from program import called
from span_runs import span_run


def test_where_no_documents_are_marked_one_note_says_that_sentences_are_taken_as_independent(tmp_path):
    store = store_of(tmp_path / "run", "wrong", "b=wrong(share=0.3)")
    done = called("compare", store.folder)
    way = "mark them if several sentences come from one text (# newdoc, -DOCSTART-)"
    note = f"note: no documents are marked in data: its sentences are taken as independent; {way}"
    assert " ".join(done.stderr.split()) == note


def test_what_is_not_finished_is_left_out_and_that_is_said(tmp_path):
    done = called("compare", two_datasets(tmp_path / "run"))
    assert "note: a is not compared on some: 1 of 1 seed not finished; " in done.stderr
    assert "no documents are marked in all: its sentences" in done.stderr


def test_analyses_over_splits_are_counted_together_and_not_tested_which_is_said(folds):
    done = called("compare", folds.folder, "--multiverse")
    assert done.stdout.count("how far does it hang") == 1
    assert "Not tested, and no choice of units: training sets of splits overlap" in " ".join(done.stdout.split())
    (pair, *_) = json.loads(called("compare", folds.folder, "--multiverse", "--format", "json").stdout)["multiverse"]
    assert pair["analyses"] >= pair["holds"] > 0
    assert (pair["tested"], pair["significant"], pair["against"]) == (0, 0, 0)
    assert [c["value"] for c in pair["choices"] if c["kind"] == "unit"] == ["sentences"]


def test_where_tags_are_spans_the_best_by_their_f1_are_named_unless_that_was_asked(tmp_path):
    span_run(tmp_path / "run")
    note = "tags are spans: by their F1 baseline comes first"
    assert " ".join(called("compare", tmp_path / "run").stderr.split()).count(note) == 1
    assert "tags are spans" not in called("compare", tmp_path / "run", "--metric", "span-f1").stderr
