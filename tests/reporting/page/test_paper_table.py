"""The table for papers: best in bold, second underlined, a dagger on what is not told apart, nothing obeyed."""

from dataclasses import replace

from result_rows import results_of, row_of, summary_of

from seqbench.comparing.comparison import LEARNER, SAME, Comparison
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.page.paper_table import escaped, paper_table
from seqbench.results.model_names import ModelKey


def test_best_second_and_tied_are_marked_in_a_table_of_models_and_datasets():
    rows = [row_of("a_1", [0.9, 0.92]), row_of("b", [0.9, 0.9]), row_of("c", [0.5, 0.5]), row_of("d", [None, 0.5])]
    keys = {name: ModelKey("run", name) for name in ("a_1", "b")}
    tie = Comparison(
        a=keys["a_1"], b=keys["b"], dataset="data", question=LEARNER, test="t", difference=0.01, relation=SAME
    )
    first = DatasetReport(dataset=summary_of("data"), results=results_of(*rows), comparisons=[tie])
    other = summary_of("x&y")
    second = DatasetReport(dataset=other, results=results_of(replace(rows[2], dataset=other)), comparisons=[])
    lines = paper_table([first, second]).splitlines()
    assert lines[2] == "% dagger in data: as a way of learning"
    assert lines[3:7] == [r"\begin{tabular}{lrr}", r"\toprule", r"model & data & x\&y \\", r"\midrule"]
    assert lines[7:11] == [
        r"c & 50.00 (0.00) & 50.00 (0.00) \\",
        r"a\_1 & \textbf{91.00} (1.41) & -- \\",
        r"b & \underline{90.00}$^\dagger$ (0.00) & -- \\",
        r"d & -- & -- \\",
    ]
    assert lines[11:] == [r"\bottomrule", r"\end{tabular}"]


def test_latex_obeys_no_name():
    assert escaped(r"\input{x} 50% $a_b$ #1 & ~^") == (
        r"\textbackslash{}input\{x\} 50\% \$a\_b\$ \#1 \& \textasciitilde{}\textasciicircum{}"
    )
    assert "\n" not in escaped("a\nb")
