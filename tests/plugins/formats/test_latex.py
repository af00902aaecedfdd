"""Tables in LaTeX with booktabs; titles, notes and the meaning of marks are comments."""

from seqbench.formats import PaperFormat, Table
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


def test_second_best_is_underlined_and_what_is_not_told_apart_has_a_dagger():
    table = Table("t", ["model", "score"], [["a", "*93.1"], ["b", "91.0 ± 0.2"]], second={(1, 1)}, tied={(1, 1)})
    lines = LaTeX().table(table).splitlines()
    assert r"b & \underline{91.0}$^\dagger$ $\pm$ 0.2 \\" in lines
    assert lines[-2:] == [
        "% underlined: second best of its column",
        "% dagger: not told apart from the best of its column",
    ]
    assert isinstance(LaTeX(), PaperFormat)
    assert LaTeX().paper(table).startswith("% needs \\usepackage{booktabs}\n% t\n")


def test_a_minus_and_a_missing_number_are_set_as_such():
    assert r"a & $-$0.22 to +0.64 & -- \\" in LaTeX().table(Table("t", ["m", "d", "x"], [["a", "-0.22 to +0.64", "-"]]))


def test_latex_obeys_no_name():
    text = LaTeX().table(Table("", [r"\input{x} 50% $a_b$ #1 & ~^", "n"], [["a\nb", '"<|>']]))
    assert r"\textbackslash{}input\{x\} 50\% \$a\_b\$ \#1 \& \textasciitilde{}\textasciicircum{} & n \\" in text
    assert r"a\textbackslash{}nb & \char34{}\textless{}\textbar{}\textgreater{} \\" in text
