"""The libraries of the page come out of an installed package."""

from seqbench.reporting.page.libraries import javascript


def test_the_libraries_define_what_the_page_calls_and_can_stand_in_a_script():
    script = javascript()
    assert "window.vegaEmbed=" in script.replace(" ", "")
    assert "</script" not in script
    assert "<!--" not in script
    assert "\r" not in script
