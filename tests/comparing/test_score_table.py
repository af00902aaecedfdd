"""Published scores read from CSV and ranked as the results of runs are."""

import numpy as np
import pytest

from seqbench.comparing.score_table import ranking_of_table, read_table
from seqbench.comparing.statistics import rank_tests
from seqbench.errors import DataError, UsageError

SCORES = [[97.1, 96.0, 95.5], [93.2, 93.0, 92.1], [88.0, 87.9, 88.1], [99.0, 98.5, 98.6]]


@pytest.fixture
def table(tmp_path):
    def written(text):
        (tmp_path / "scores.csv").write_text(text)
        return tmp_path / "scores.csv"

    return written


def as_text(scores=SCORES):
    rows = [["model", *(f"d{number}" for number in range(len(scores)))]]
    rows += [["abc"[number], *map(str, column)] for number, column in enumerate(zip(*scores, strict=True))]
    return "\n".join(map(",".join, rows))


def test_percents_become_fractions_and_models_are_ranked_as_those_of_runs(table):
    ranking = ranking_of_table(table(as_text()))
    assert ranking.scores == pytest.approx(np.array(SCORES) / 100)
    assert ranking.friedman == rank_tests.friedman(ranking.scores)
    assert [model.label for model in ranking.models] == ["a", "b", "c"]


def test_no_other_tests_share_the_level(table):
    ranking = ranking_of_table(table(as_text([[0.9, 0.8]] * 6)))
    (pair,) = ranking.pairs
    assert pair.p_adjusted == pytest.approx(pair.p) == pytest.approx(2 / 2**6)
    (practical,) = ranking_of_table(table(as_text([[0.9, 0.8]] * 6)), rope=0.01).practical
    assert practical.p_adjusted == pytest.approx(2 * practical.p)


def test_a_model_without_a_score_is_left_out_and_named(table):
    ranking = ranking_of_table(table("model,x,y\na,0.9,0.8\nb,0.8,0.7\nc,-,0.6\n"))
    assert {model.label: datasets for model, datasets in ranking.left_out.items()} == {"c": ["x"]}


def test_blank_lines_and_blanks_around_cells_are_no_part_of_a_table(table):
    assert read_table(table("\ufeffm, x , y\n\n a , 0.5, 0.25\n")) == (["x", "y"], {"a": [0.5, 0.25]})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("m,x,y\na,1,x\n", "'a' on 'y': a score must be a number from 0 to 1 or from 0 to 100, was: 'x'"),
        ("m,x,y\na,1,101\n", "was: '101'"),
        ("m,x,y\na,1,nan\n", "was: 'nan'"),
        ("m,x,x\na,1,1\n", "the dataset 'x' twice"),
        ("m,x,y\na,1,1\na,1,1\n", "the model 'a' twice"),
        ("m,x,y\na,1\n", r"line 2 \('a'\) does not have the 3 columns of the first line, but 2; decimals take a point"),
        ("m,x,y\n\na,95,1,93,2\n", r"line 3 \('a'\) does not have the 3 columns of the first line, but 5"),
        ("m;x\na;95,1\n", "columns are separated by semicolons: write commas, and decimals with a point"),
        ("m\tx\na\t95.1\n", "columns are separated by tabs: write commas"),
        ("m\na\n", "the first line names no dataset, only 'm'"),
        (
            "m,x,y\nz,0,-\na,0.951,0.93\nb,94.0,93.8\n",
            r"mixes fractions and percents, 0.951 in line 3 \('a'\) and 94 in line 4 \('b'\): write all scores as",
        ),
        ("m,x,y\na,99,1\n", r"mixes fractions and percents, 1 in line 2 \('a'\) and 99 in line 2 \('a'\)"),
        ("m,x,y\na,1,1\nb,-,1\n", "two or more models with a score on each"),
        ("m,x,y\na,-,-\n", "has no score"),
        ("m,x,y\na,1_0,50\n", "'a' on 'x': a score must be a number from 0 to 1 or from 0 to 100, was: '1_0'"),
        ("m,x,y\na,\u0660.\u0665,50\n", "was: '\u0660.\u0665'"),
        ("m,x,y\na,inf,50\n", "was: 'inf'"),
        ("m,x,y\na,+1,50\n", r"was: '\+1'"),
        ("m,,y\na,1,1\nb,1,1\n", r"has a dataset without a name \(number 1\); give it one"),
        ("m,x,y\na,1,1\n ,1,1\n", r"has a model without a name \(number 2\); give it one"),
        (f"m,{','.join(map(str, range(10_001)))}\n", "has 10,001 datasets; at most 10,000 can be ranked"),
    ],
)
def test_what_is_no_table_of_scores_is_said_with_its_place(table, text, message):
    with pytest.raises(DataError, match=message):
        ranking_of_table(table(text))


@pytest.mark.parametrize("cell", ["0.5", ".5", "5e-1", "0.50"])
def test_plain_decimals_are_scores(table, cell):
    assert read_table(table(f"m,x\na,{cell}\n"))[1] == {"a": [0.5]}


def test_a_model_that_is_not_there_is_answered_with_the_nearest(table):
    with pytest.raises(UsageError, match="no model with a score on each dataset is named 'z'"):
        ranking_of_table(table(as_text()), against="z")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(DataError, match="cannot read the scores in .*none.csv': No such file or directory$"):
        read_table(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"m,x\nr\xe9,1\n")
    with pytest.raises(DataError, match="is no CSV file in UTF-8"):
        read_table(tmp_path / "latin.csv")


def test_nought_goes_with_fractions_and_with_percents(table):
    assert read_table(table("m,x,y\na,0,0.5\n"))[1] == {"a": [0, 0.5]}
    assert read_table(table("m,x,y\na,0,50\n"))[1] == {"a": [0, 0.5]}
