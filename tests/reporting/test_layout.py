"""The layout of what is printed travels with the name of its format."""

from seqbench.reporting.layout import Form, Layout, layout_of


def test_a_format_is_its_name_and_has_a_layout():
    form = Form("table", Layout(width=40))
    assert form == "table"
    assert layout_of(form).width == 40
    assert layout_of(Form(form)).width == 40


def test_a_name_alone_has_no_limit_of_width_and_no_colour():
    assert layout_of("table") == Layout(width=None, colour=False, legend=False)
