"""What all pictures share: plain data, and colours that can be told apart."""

import altair as alt
import pytest

from seqbench.reporting.page.figure import DARK_COLOURS, LIGHT, by_model, data, fields, figure, unchecked


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first, second):
    bright, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


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
    whole, _ = by_model(["a", "b"])
    part, shape = by_model(["a", "b"], ["b"])
    assert part.to_dict()["scale"] == whole.to_dict()["scale"]
    assert [encoded.to_dict()["legend"]["values"] for encoded in (whole, part, shape)] == [["a", "b"], ["b"], ["b"]]


def test_a_figure_is_as_wide_as_its_place():
    colour, shape = by_model(["a", "b"])
    chart = alt.Chart(data([{"model": "a", "x": 1}])).mark_point().encode(x="x:Q", color=colour, shape=shape)
    spec = figure("f", "t", "a", chart).spec
    assert spec["width"] == "container"
    assert "config" not in spec
    assert spec["encoding"]["color"]["scale"]["domain"] == ["a", "b"]
