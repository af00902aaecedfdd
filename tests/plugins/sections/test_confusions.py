"""Pictures of errors: counts of every model, whose sum is the test set."""

import pytest
import vl_convert
from contrasts import contrast
from reported import pictures, records

from seqbench.reporting import safe_text
from seqbench_plugins.sections.confusions import section


def test_the_confusions_of_a_model_are_all_tokens_of_test(report):
    confusion = next(figure for figure in section(report) if figure.name == "confusion")
    for row in report.rows:
        mine = [value for value in records(confusion)[0] if value["model"] == row.key.label]
        assert sum(value["tokens"] for value in mine) == len(report.predictions.reference.gold)
        right = sum(value["tokens"] for value in mine if value["gold"] == value["predicted"])
        assert right / len(report.predictions.reference.gold) == pytest.approx(row.scores["accuracy"].mean)


def test_f1_of_each_tag_is_the_mean_over_seeds(report):
    tags = next(figure for figure in section(report) if figure.name == "tags")
    first = report.rows[0]
    expected = [scored.f1 for trial in first.finished_trials for scored in trial.per_tag if scored.tag == "A"]
    (value,) = [v for v in records(tags)[0] if (v["tag"], v["model"]) == ("A", first.key.label)]
    assert value["f1"] == pytest.approx(100 * sum(expected) / len(expected))


def test_the_most_frequent_confusions_of_the_best_model_are_told_in_words(report):
    confusion = next(figure for figure in section(report) if figure.name == "confusion")
    best = safe_text.line(report.rows[0].key.label)
    wrong = [v for v in records(confusion)[0] if v["model"] == best and v["gold"] != v["predicted"]]
    most = max(wrong, key=lambda value: value["tokens"])
    told = f"Most often {best} takes words that are {most['gold']} for {most['predicted']} ({most['tokens']:g} tokens)"
    assert told in confusion.about


def test_f1_of_each_tag_is_a_table_too(report):
    *_, tags, table = section(report)
    rows = {row[0]: row[1:] for row in table.rows}
    for value in records(tags)[0]:
        tokens, *scores = rows[value["tag"]]
        assert tokens == f"{value['tokens']:,}"
        assert scores[table.columns[2:].index(value["model"])] == f"{value['f1']:.2f}"


def test_a_cell_with_any_error_is_seen_on_white_and_its_number_is_read(report):
    confusion = next(figure for figure in section(report) if figure.name == "confusion")
    scale = confusion.spec["layer"][0]["encoding"]["color"]["scale"]
    assert len(scale["domain"]) == len(scale["range"]) == 4
    for colour in scale["range"]:
        assert contrast(colour, "#ffffff") > 1.25
        assert contrast(colour, "#000000") > 4.5


def test_both_can_be_drawn(report):
    for figure in pictures(section(report)):
        assert vl_convert.vegalite_to_svg({**figure.spec, "width": 400}).startswith("<svg")
