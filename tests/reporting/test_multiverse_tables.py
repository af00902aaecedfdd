"""Counts of analyses as a sentence, a table and JSON."""

import json
from dataclasses import replace

import pytest
from compared_runs import registry_to_compare, store_of

from seqbench.comparing.multiverse import Counted, Multiverse
from seqbench.reporting.comparison_findings import as_json as findings_as_json
from seqbench.reporting.comparison_report import Question, comparable
from seqbench.reporting.comparison_texts import comparison_texts
from seqbench.reporting.layout import Form, Layout
from seqbench.reporting.multiverse_tables import as_json, of_the_first, sentence, table
from seqbench.reporting.table import TERMINAL, rendered
from seqbench.results.model_names import ModelKey

A, B, C = (ModelKey("run", name) for name in "abc")
NAMES = {A: "lstm", B: "gru", C: "rnn"}


def counted(analyses, holds, significant=0, against=0):
    return Counted(
        analyses=analyses, holds=holds, tied=1, tested=analyses, significant=significant, against=against
    )  # fmt: skip


def pair_of(first, second, difference=0.01):
    choices = {("unit", "sentences"): counted(120, 106, 90), ("unit", "documents"): counted(120, 106, 50),
               ("seeds", "all seeds"): counted(40, 40), ("seeds", "seed 3 alone"): counted(40, 20),
               ("policy", "strict"): counted(60, 45)}  # fmt: skip
    return Multiverse(a=first, b=second, dataset="ewt", score="accuracy", difference=difference,
                      whole=counted(240, 212, 140, 3), choices=choices)  # fmt: skip


def test_a_sentence_says_in_how_many_analyses_and_which_choices_flip_them():
    assert sentence(pair_of(A, B), NAMES) == (
        "ewt: lstm > gru holds in 212 of 240 analyses, "
        "least often with seed 3 alone (20 of 40), policy strict (45 of 60)."
    )


def test_two_models_with_one_score_throughout_are_called_equal():
    whole = counted(6, 0)
    equal = replace(pair_of(A, B, 0.0), whole=replace(whole, tied=6))
    assert sentence(equal, NAMES) == "ewt: lstm and gru have the same score in all analyses."


def test_a_row_has_the_tests_by_each_unit_and_notes_say_what_counts_are_not():
    made = table([pair_of(A, B)], NAMES)
    assert made.columns[3:8] == [
        "holds",
        "tied",
        "significant by sentences",
        "significant by documents",
        "the other way",
    ]
    assert made.rows[0][:8] == ["lstm", "gru", "+1.00", "212 of 240", "1", "90 of 120", "50 of 120", "3 of 240"]
    assert made.footnotes[-1].endswith("no probability that a model is better.")


def test_the_table_fits_a_terminal_of_80_columns():
    slices = [("slice", name) for name in ("unknown words", "ambiguous words", "shorter sentences")]
    pair = pair_of(A, B)
    pair = replace(pair, choices={**pair.choices, **dict.fromkeys(slices, counted(40, 15))})
    text = rendered(table([pair], NAMES), Form(TERMINAL, Layout(width=80)))
    assert text.count("(15 of 40)") == 3
    assert max(map(len, text.splitlines())) <= 80


def test_the_pairs_of_the_best_model_come_first_and_of_these_the_closest():
    pairs = [pair_of(B, C), pair_of(A, C, 0.03), pair_of(A, B, 0.02)]
    assert [(pair.a, pair.b) for pair in of_the_first(pairs)] == [(A, B), (A, C)]
    assert [row["b"] for row in as_json(pairs, NAMES)] == ["gru", "rnn", "rnn"]
    assert of_the_first([]) == []


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    specs = [f"m{number}=wrong(share={0.1 + number / 50})" for number in range(5)]
    return [store_of(tmp_path_factory.mktemp("run"), *specs, seeds=2)]


def test_tables_have_the_pairs_of_the_best_of_many_models_and_json_has_all(stores):
    runs = comparable(stores, registry_to_compare(), Question(multiverse=True))
    (told,) = [text for text in comparison_texts(runs, "markdown") if "how far does it hang" in text]
    assert sum(line.startswith("| m0 ") for line in told.splitlines()) == 4
    assert not [line for line in told.splitlines() if line.startswith("| m1 ")]
    (rows,) = [text for text in comparison_texts(runs, "csv") if "holds least with" in text]
    assert len(rows.splitlines()) == 1 + 10
    pairs = json.loads(findings_as_json(runs, registry_to_compare()))["multiverse"]
    assert len(pairs) == 10
    assert {"a", "b", "dataset", "score", "difference", "analyses", "holds", "tied", "tested", "significant", "against",
            "holds_least_with", "choices"} == set(pairs[0])  # fmt: skip


def test_json_has_none_unless_it_was_asked_for_and_against_names_one_side(stores):
    runs = comparable(stores, registry_to_compare(), Question())
    assert json.loads(findings_as_json(runs, registry_to_compare()))["multiverse"] is None
    runs = comparable(stores, registry_to_compare(), Question("m3", multiverse=True))
    (told,) = [text for text in comparison_texts(runs, "markdown") if "how far does it hang" in text]
    assert sum("m3" in line for line in told.splitlines()) == 4
