"""The diagram of mean ranks, as text and as a picture."""

import xml.etree.ElementTree as ET
from dataclasses import replace

from rankings import names_of, ranking_of

from seqbench.reporting.rank_diagram import as_svg, as_text


def test_the_diagram_places_models_at_their_ranks_and_joins_what_is_not_told_apart():
    ranking = ranking_of([[0.9, 0.89, 0.1]] * 8 + [[0.8, 0.85, 0.2]] * 2)
    lines = as_text(ranking, names_of(ranking)).splitlines()
    assert lines[1] == "|---------|---------|"
    assert [line.split() for line in lines[2:5]] == [["o", "1.20", "a"], ["o", "1.80", "b"], ["o", "3.00", "c"]]
    assert [line.index("o") for line in lines[2:5]] == [2, 8, 20]
    assert lines[5:] == ["  =======              not told apart: a, b".replace("              ", " " * 15)]


def test_beside_one_model_nothing_is_joined_that_was_not_tested():
    ranking = ranking_of([[0.9, 0.89, 0.1]] * 8 + [[0.8, 0.85, 0.2]] * 2)
    beside = replace(ranking, against=ranking.models[2])
    assert beside.cliques == []
    lines = as_text(beside, names_of(ranking)).splitlines()
    assert lines[5:] == ["No bars for what is not told apart: only pairs with one model are tested."]
    assert 'stroke-width="5"' not in as_svg(beside, names_of(ranking))


def test_the_svg_is_well_formed_and_escapes_labels():
    ranking = ranking_of([[3, 2, 1]] * 3, ["<a>", "b&c", '"d"'])
    root = ET.fromstring(as_svg(ranking, names_of(ranking)))  # noqa: S314 -- our own text
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in texts if len(text) > 1] == ["<a> 1.00", "b&c 2.00", '"d" 3.00']


def test_the_picture_has_a_bar_for_each_group_that_is_not_told_apart():
    apart, alike = ranking_of([[0.9, 0.5, 0.1]] * 8), ranking_of([[0.9, 0.89, 0.1]] * 8 + [[0.8, 0.85, 0.2]] * 2)
    assert (apart.cliques, alike.cliques) == ([], [[0, 1]])
    bars = [as_svg(ranking, names_of(ranking)).count('stroke-width="5"') for ranking in (apart, alike)]
    assert bars == [0, 1]
