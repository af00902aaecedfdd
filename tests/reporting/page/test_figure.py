"""What all pictures share: plain data, and colours that can be told apart."""

import altair as alt
import pytest
from contrasts import contrast

from seqbench.reporting.page.figure import (
    DARK_COLOURS,
    LIGHT,
    by_model,
    data,
    fields,
    figure,
    matrix_width,
    told_apart,
    unchecked,
)


def test_every_mark_has_the_contrast_that_wcag_asks_of_graphics():
    assert all(contrast(colour, "#ffffff") >= 3 for colour in LIGHT)
    assert all(contrast(colour, "#16181c") >= 3 for colour in DARK_COLOURS)
    assert len({*LIGHT}) == len(LIGHT) == len({*DARK_COLOURS}) == len(DARK_COLOURS)


def test_texts_are_safe_and_numbers_that_are_none_are_left_out():
    records = [{"model": "a\u202eb", "score": float("nan"), "seed": 1}]
    chart = alt.Chart(data(records)).mark_point().encode(x="score:Q")
    assert [*figure("f", "t", "a", chart).spec["datasets"].values()] == [
        [{"model": "a\\u202eb", "score": None, "seed": 1}]
    ]


def test_fields_by_name_and_fields_with_a_format_stand_beside_each_other():
    shown = [field.to_dict() for field in fields("model:N", alt.Tooltip("score:Q", format=".2f"))]
    assert shown == [alt.Tooltip("model:N").to_dict(), alt.Tooltip("score:Q", format=".2f").to_dict()]


def test_altair_checks_charts_again_afterwards():
    with unchecked():
        alt.Axis(labelAngle="steep")
    with pytest.raises(alt.utils.schemapi.SchemaValidationError):
        alt.Axis(labelAngle="steep")


def test_a_model_keeps_its_colour_in_a_picture_that_has_not_all():
    whole, _ = by_model(["a", "b"], ["a", "b"])
    part, shape = by_model(["a", "b"], ["b"])
    assert part.to_dict()["scale"] == whole.to_dict()["scale"]
    assert [encoded.to_dict()["legend"]["values"] for encoded in (whole, part, shape)] == [["a", "b"], ["b"], ["b"]]


def test_a_figure_is_as_wide_as_its_place():
    colour, shape = by_model(["a", "b"], ["a"])
    chart = alt.Chart(data([{"model": "a", "x": 1}])).mark_point().encode(x="x:Q", color=colour, shape=shape)
    spec = figure("f", "t", "a", chart).spec
    assert spec["width"] == "container"
    assert "config" not in spec
    assert spec["encoding"]["color"]["scale"]["domain"] == ["a", "b"]


def columns(names, **room):
    colour, _ = told_apart("kind", names, **room)
    return colour.to_dict()["legend"]["columns"]


def test_a_legend_has_as_many_columns_as_its_names_have_room_for():
    assert columns(["m1", "m2", "m3", "m4", "m5", "m6"]) == 5
    assert columns(["a-long-name-of-a-model", "b"]) == 2
    assert columns(["a-long-name-of-a-model", "a-longer-name-of-a-model"]) == 1
    assert columns(["all", "known", "unknown", "ambiguous"], letters=30) == 2


def test_a_matrix_of_few_columns_fills_its_place_and_a_larger_one_has_cells_of_a_size():
    assert matrix_width(4, 28) == "container"
    assert matrix_width(17, 28).to_dict() == {"step": 28}
