"""Spans as tables and JSON, against counting by hand."""

import pytest
from span_runs import span_run

from seqbench.comparing.span_scores import SpanReading, span_rows
from seqbench.reporting.span_tables import as_json, overview, per_type, type_confusion
from seqbench.results.listing import list_runs


@pytest.fixture(scope="module")
def listing(tmp_path_factory):
    return list_runs([span_run(tmp_path_factory.mktemp("spans"))])


def rows_of(listing, **how):
    return span_rows(listing, SpanReading(**how))


def overview_of(rows):
    return overview(rows, {row.model.key: row.model.key.label for row in rows})


def test_all_models_stand_in_one_table_with_what_became_of_their_spans(listing):
    table = overview_of(rows_of(listing))
    assert table.title == "chunks: spans in IOB2, illegal sequences read as conlleval does, in %"
    assert table.rows[0] == [
        "baseline",
        "60.00",
        "75.00",
        "66.67",
        "66.67",
        "66.67",
        "88.89",
        "3",
        "0",
        "1",
        "0",
        "0",
        "1",
        "1",
    ]
    assert table.rows[1][1] == "0.00 ± 0.00"
    assert "4 gold spans; counts are means of 2 seeds." in table.footnotes


def test_the_policy_and_the_scheme_stand_in_every_title(listing):
    baseline, _ = rows_of(listing, policy="strict")
    for table in (overview_of([baseline]), per_type(baseline, "baseline"), type_confusion(baseline, "baseline")):
        assert table.title.startswith("chunks: spans in IOB2, illegal sequences read strictly")


def test_types_of_a_model_and_what_they_were_taken_for(listing):
    baseline, shifty = rows_of(listing)
    assert [row[:5] for row in per_type(baseline, "baseline").rows] == [
        ["X", "66.67", "66.67", "66.67", "3"],
        ["Y", "50.00", "100.00", "66.67", "1"],
    ]
    assert [list(row) for row in type_confusion(baseline, "baseline").rows] == [
        ["X", "2", "1", "."],
        ["Y", ".", "1", "."],
        ["(invented)", "1", ".", "."],
    ]
    # two spans in the second seed, at the boundaries or not
    assert type_confusion(shifty, "shifty").rows[0] == ["X", ".", "2", "4"]
    assert "summed over 2 seeds" in type_confusion(shifty, "shifty").title


def test_json_holds_all_counts(listing):
    row = as_json(rows_of(listing)[0], "baseline")
    assert (row["dataset"], row["model"], row["scheme"], row["policy"]) == ("chunks", "baseline", "IOB2", "conlleval")
    assert row["recall"] == {"per_seed": [0.75], "mean": 0.75, "std": None, "ci95": None}
    assert row["per_type"][0]["became"] == {
        "right": 2.0, "boundary": 0.0, "type": 1.0, "both": 0.0, "missed": 0.0, "invented": 1.0,
    }  # fmt: skip
    assert row["confusion"] == {"types": ["X", "Y", None], "counts": [[2, 1, 0], [0, 1, 0], [1, 0, 0]]}
    assert row["illegal"] == [1]
