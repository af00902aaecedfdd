"""The results of runs as tables: the main ones, then curves, scores per tag and confusions."""

import pytest
from runs import registry_of, run_of
from samples import Constant, Seeded, dataset

from seqbench import Dataset
from seqbench.reporting.results_report import results_texts
from seqbench.results.listing import list_runs
from seqbench.results.rows import read_results


class Faulty(Seeded):
    def fit(self, train, conditions):
        raise RuntimeError("out of luck")


@pytest.fixture(scope="module")
def listing(tmp_path_factory):
    registry = registry_of(constant=Constant, seeded=Seeded, faulty=Faulty)
    return list_runs([run_of(tmp_path_factory.mktemp("run"), registry, "constant", "seeded", "faulty", seeds=2)])


def texts_of(listing, form="table", **further):
    return results_texts(listing, read_results(listing), form, **further)


def test_without_a_further_wish_there_is_the_main_table_alone(listing):
    (text,) = texts_of(listing)
    assert text.startswith("sample: test accuracy in %")
    assert "failed: faulty, seeds 0, 1: plugin samples: RuntimeError: out of luck" in text


def test_scores_per_tag_are_those_of_every_model_that_finished_a_trial(listing):
    _, constant, seeded = texts_of(listing, tags=True)
    assert constant.startswith("\nsample: constant per tag, in %")
    assert seeded.startswith("\nsample: seeded per tag, in %")


def test_the_confusion_of_a_model_is_the_sum_over_its_seeds(listing):
    """Gold is DET NN V NN, V NN; the constant one says NN everywhere."""
    constant, seeded, _ = (model.key for model in listing.models)
    _, text = texts_of(listing, form="csv", confusion_of={constant})
    assert [line.split(",")[2:] for line in text.strip().splitlines()] == [
        ["", "DET", "NN", "V"],
        ["DET", ".", "1", "."],
        ["NN", ".", "3", "."],
        ["V", ".", "2", "."],
    ]
    _, text = texts_of(listing, confusion_of={seeded})
    assert "summed over 2 seeds" in text
    cells = [cell for line in text.strip().splitlines()[4:7] for cell in line.split()[1:]]
    assert sum(int(cell) for cell in cells if cell != ".") == 2 * 6


def test_csv_has_a_row_for_each_split_and_no_curve(tmp_path):
    data = dataset()
    splits = [
        Dataset(name=f"d {n}", train=data.train, dev=None, test=part, origin="d", drawn={"resplit": str(n)})
        for n, part in enumerate((data.test, data.train), start=1)
    ]
    registry = registry_of(constant=Constant)
    listing = list_runs([run_of(tmp_path / d.name, registry, "constant", data=d) for d in splits])
    (table,) = texts_of(listing)
    assert table.startswith("d, 2 random splits: test accuracy in %, mean ± standard deviation of 2 random splits")
    (csv,) = texts_of(listing, form="csv")
    assert [line.split(",")[0] for line in csv.splitlines()] == ["dataset", "d 1", "d 2"]


def test_several_training_sizes_end_in_a_curve(tmp_path):
    data = dataset()
    parts = {"2": Dataset(name="d 2", train=data.train.part(0, 2), dev=None, test=data.test)}
    parts["3"] = Dataset(name="d 3", train=data.train, dev=None, test=data.test)
    registry, runs = registry_of(constant=Constant), []
    for size, part in parts.items():
        drawn = Dataset(name=part.name, train=part.train, dev=None, test=part.test, origin="d",
                        drawn={"train-size": size})  # fmt: skip
        runs.append(run_of(tmp_path / size, registry, "constant", data=drawn))
    *_, curve = texts_of(list_runs(runs))
    assert curve.strip().startswith("d: test accuracy in % by sentences of train")
