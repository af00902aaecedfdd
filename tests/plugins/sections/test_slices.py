"""Pictures by length, position and frequency: the means of the tokens in each part."""

import numpy as np
import pytest
import vl_convert
from reported import pictures, records, reports_of

from seqbench_plugins.sections.slices import section


def named(report):
    return {figure.name: figure for figure in pictures(section(report))}


def test_each_point_is_the_mean_over_the_tokens_of_its_part(report):
    predictions = report.predictions
    places = np.concatenate([np.arange(1, n + 1) for n in np.diff(predictions.reference.offsets)])
    for row in report.rows:
        (value,) = [v for v in records(named(report)["position"])[0] if (v["model"], v["part"]) == (row.key.label, "1")]
        right = predictions.of(row.key).ids[:, places == 1] == predictions.reference.gold[places == 1]
        assert value["score"] == pytest.approx(100 * right.mean())
        assert value["tokens"] == np.count_nonzero(places == 1)


def test_frequencies_are_shown_only_where_words_are_known(run, report):
    (without,) = reports_of(run, words=False)
    assert "frequency" not in named(without)
    assert "position" in named(without)


def test_their_numbers_are_a_table(report):
    *_, table = section(report)
    rows = {row[0]: row[1:] for row in table.rows}
    for value in records(named(report)["position"])[0]:
        tokens, *scores = rows[f"position: {value['part']}"]
        assert tokens == f"{value['tokens']:,}"
        assert scores[table.columns[2:].index(value["model"])] == f"{value['score']:.2f}"


def test_they_can_be_drawn(report):
    for figure in pictures(section(report)):
        assert vl_convert.vegalite_to_svg({**figure.spec, "width": 400}).startswith("<svg")
