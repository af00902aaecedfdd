"""The rows of a run: for a data frame, and as a table where they are shown."""

from html.parser import HTMLParser

import pandas as pd
from python_run import run
from samples import Constant, Seeded, dataset


def test_rows_become_a_data_frame():
    frame = pd.DataFrame(run(models={"mine": Seeded}, seeds=2))
    assert frame["accuracy"].dtype == float
    assert frame.loc[0, "accuracy_std"] >= 0
    assert frame.loc[0, "parameters"] is None


class Cells(HTMLParser):
    """The text of cells; a tag from a label would be seen as one."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.texts.append(data.strip())


def test_a_notebook_shows_an_escaped_table():
    rows = run(models={"<script>x</script>": Constant, "b&b": "baseline"}, data=dataset("<b>data</b>"))
    shown = Cells()
    shown.feed(rows._repr_html_())
    assert {"table", "td"} <= shown.tags
    assert not {"script", "b"} & shown.tags
    assert {"<script>x</script>", "b&b"} <= set(shown.texts)
    assert "accuracy" in repr(rows)
