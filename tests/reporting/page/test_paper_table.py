"""The table for papers: best in bold, second underlined, a dagger on what is not told apart, nothing obeyed."""

from dataclasses import replace

from result_rows import results_of, row_of, summary_of

from seqbench.comparing.comparison import LEARNER, SAME, Comparison
from seqbench.reporting.comparison_findings import Findings
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.page.paper_table import hyperparameter_table, paper_table, scores_for_papers
from seqbench.reporting.table import paper, rendered
from seqbench.results.model_names import ModelKey
from seqbench.results.rows import TypedIn

ROWS = [row_of("a_1", [0.9, 0.92]), row_of("b", [0.9, 0.9]), row_of("c", [0.5, 0.5]), row_of("d", [None, 0.5])]
KEYS = {name: ModelKey("run", name) for name in ("a_1", "b")}
TIE = Comparison(a=KEYS["a_1"], b=KEYS["b"], dataset="data", question=LEARNER, test="t", difference=0.01, relation=SAME)


def test_best_second_and_tied_are_marked_in_a_table_of_models_and_datasets():
    first = DatasetReport(dataset=summary_of("data"), results=results_of(*ROWS), comparisons=[TIE])
    other = summary_of("x&y")
    second = DatasetReport(dataset=other, results=results_of(replace(ROWS[2], dataset=other)), comparisons=[])
    lines = paper(paper_table([first, second]), "latex").splitlines()
    assert lines[:2] == [
        r"% needs \usepackage{booktabs}",
        "% test accuracy in %, mean ± standard deviation over seeds",
    ]
    assert lines[3:7] == [r"\begin{tabular}{lrr}", r"\toprule", r"model & data & x\&y \\", r"\midrule"]
    assert lines[7:11] == [
        r"c & 50.00 $\pm$ 0.00 & 50.00 $\pm$ 0.00 \\",
        r"a\_1 & \textbf{91.00} $\pm$ 1.41 & -- \\",
        r"b & \underline{90.00}$^\dagger$ $\pm$ 0.00 & -- \\",
        r"d & -- & -- \\",
    ]
    assert lines[11:13] == [r"\bottomrule", r"\end{tabular}"]
    assert lines[14:] == [
        "% bold: best of its column",
        "% -: not run on this dataset, or not all seeds are finished",
        "% not told apart in data: as a way of learning",
        "% underlined: second best of its column",
        "% dagger: not told apart from the best of its column",
    ]


def test_findings_have_one_column_a_dataset_and_rows_that_were_typed_in():
    typed = TypedIn(model="Smith", dataset="data", accuracy=0.971, file="paper.csv")
    results = replace(results_of(*ROWS), beside=[typed])
    table = scores_for_papers(Findings(results=results, comparisons=[TIE], rankings=[], placements={}))
    assert table.columns == ["model", "data"]
    assert table.rows[-1] == ["(Smith, typed in)", "97.10"]
    assert any("from paper.csv; of these nothing was run" in note for note in table.footnotes)
    assert rendered(table, "markdown").count("±") == 4


def test_without_seeds_no_deviation_is_promised_and_equal_models_are_unmarked():
    results = results_of(row_of("a", [0.5]), row_of("b", [0.5]))
    table = scores_for_papers(Findings(results=results, comparisons=[], rankings=[], placements={}))
    assert table.title == "test accuracy in %"
    assert not table.second
    assert [row[1] for row in table.rows] == ["50.00", "50.00"]


def test_the_appendix_has_every_hyperparameter():
    results = results_of(replace(ROWS[0], spec="x(b=2, c='d')"), replace(ROWS[1], spec="y()"))
    rows = hyperparameter_table(Findings(results=results, comparisons=[], rankings=[], placements={})).rows
    assert rows == [["a_1", "b", "2"], ["", "c", "d"], ["b", "-", "-"]]
