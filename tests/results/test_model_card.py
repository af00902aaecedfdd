"""The card of a model: front matter that hubs read, scores with intervals, costs, limits, how to load."""

from kept import kept
from msgspec.structs import replace

from seqbench.results.model_card import card
from seqbench.results.model_folder import read_record


def test_a_card_tells_data_scores_costs_limits_and_how_to_load(tmp_path):
    record = read_record(kept("baseline", tmp_path / "model"))
    text = (tmp_path / "model" / "README.md").read_text()
    assert text == card(record)
    assert text.startswith("---\nlibrary_name: seqbench\npipeline_tag: token-classification\n")
    assert 'datasets: ["tutorial"]' in text
    assert "| accuracy | 100.00 % | 34.24 to 100.00 |" in text
    assert "licence: not known to seqbench" in text
    assert "* bytes on disk: " in text
    assert "* test is train: two sentences" in text
    assert 'seqbench.load("FOLDER")' in text


def test_a_known_licence_is_in_the_front_matter(tmp_path):
    record = read_record(kept("majority", tmp_path / "model"))
    licensed = replace(record, trained_on=replace(record.trained_on, licence="CC BY 4.0", language="mt"))
    assert 'language: "mt"\nlicense: "CC BY 4.0"\n' in card(licensed)
    assert "licence: CC BY 4.0" in card(licensed)


def test_costs_are_written_as_people_read_them_and_once(tmp_path):
    record = read_record(kept("majority", tmp_path / "model"))
    timings = {"fit_seconds": 0.004449, "train_tokens_per_second": 6786123.4, "bytes_on_disk": 45639}
    text = card(replace(record, timings=timings))
    assert "* fit seconds: 0.004449\n* train tokens per second: 6,786,123\n* bytes on disk: " in text
    assert text.count("bytes on disk") == 1
