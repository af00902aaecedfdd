"""Tables in Markdown, in which no text is markup."""

from seqbench.formats import Table
from seqbench_plugins.formats.markdown import Markdown, escaped


def test_names_stay_and_markup_does_not():
    assert escaped("macro_f1") == "macro_f1"
    assert escaped("*a* <b> [c](d) `e`") == r"\*a\* &lt;b&gt; \[c\](d) \`e\`"


def test_a_table_without_a_title_is_its_rows():
    assert Markdown().table(Table("", ["a"], [["1"]])).splitlines()[0] == "| a   |"
