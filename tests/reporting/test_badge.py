"""The badge of a plugin: what it says, as picture and as Markdown."""

import xml.etree.ElementTree as ET

import pytest

from seqbench.reporting.badge import Badge
from seqbench.version import __version__

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("badge", "right"),
    [
        (Badge(promises=28, broken=0), "28 promises kept"),
        (Badge(promises=28, broken=3), "25 of 28 promises kept"),
    ],
)
def test_the_picture_and_the_line_say_the_version_and_how_many_promises_are_kept(badge, right):
    words = [text.text for text in ET.fromstring(badge.svg()).iter(f"{SVG}text")]  # noqa: S314 -- our own
    assert words == [f"seqbench {__version__}", right]
    assert badge.markdown("my badge.svg") == f"![seqbench {__version__}: {right}](<my badge.svg>)"


def test_a_broken_promise_has_another_colour():
    colours = [badge.svg().count("#2a7f3f") for badge in (Badge(promises=2, broken=0), Badge(promises=2, broken=1))]
    assert colours == [1, 0]


def test_the_picture_asks_nobody_for_anything():
    assert Badge(promises=1, broken=0).svg().replace('xmlns="http://', "").count("http") == 0
