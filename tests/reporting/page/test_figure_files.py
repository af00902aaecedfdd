"""Pictures as files: an SVG and a PDF of each, without a browser."""

import pytest

from seqbench.errors import UsageError
from seqbench.reporting.page.figure_files import write_figures
from seqbench_plugins.sections.scores import section


def test_each_picture_is_an_svg_and_a_pdf(report, tmp_path):
    figure = next(section(report))
    paths = write_figures(tmp_path / "figures", [("0-seeds", figure)])
    assert [path.name for path in paths] == ["0-seeds.svg", "0-seeds.pdf"]
    svg = paths[0].read_text(encoding="utf-8")
    assert "Accuracy of every seed" in svg
    assert "<script" not in svg
    assert paths[1].read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_made_is_an_error_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot write pictures to"):
        write_figures(tmp_path / "file", [])
