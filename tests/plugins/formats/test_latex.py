"""Tables in LaTeX with booktabs; titles and notes are comments."""

from seqbench.formats import Table
from seqbench_plugins.formats.latex import LaTeX


def test_titles_and_notes_are_comments_and_cells_are_escaped():
    first, *body, last = LaTeX().table(Table("a\nb", ["x"], [["1 % of $"]], ["n"])).splitlines()
    assert (first, last) == ("% a\\nb", "% n")
    assert r"1 \% of \$" in "\n".join(body)
    assert r"\toprule" in "\n".join(body)
