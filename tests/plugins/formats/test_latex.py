"""Tables in LaTeX with booktabs; titles and notes are comments."""

from seqbench.formats import Table
from seqbench_plugins.formats.latex import LaTeX


def test_titles_and_notes_are_comments_and_cells_are_escaped():
    first, *body, last = LaTeX().table(Table("a\nb", ["x"], [["1 % of $"]], ["n"])).splitlines()
    assert (first, last) == ("% a\\nb", "% n")
    assert r"1 \% of \$" in "\n".join(body)
    assert r"\toprule" in "\n".join(body)


def test_the_best_number_of_a_column_is_bold():
    note = "* best of its column; whether the difference is real is another question"
    text = LaTeX().table(Table("t", ["model", "score"], [["a*2", "*93.10 ± 0.20"], ["b", "91.00"]], [note]))
    assert r"\textbf{93.10} $\pm$ 0.20" in text
    assert r"a*2" in text
    assert text.endswith("% bold: best of its column; whether the difference is real is another question")
