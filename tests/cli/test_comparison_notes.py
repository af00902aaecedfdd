"""Notes of `seqbench compare`."""

import json

from compared_runs import store_of, two_datasets
from program import called


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
