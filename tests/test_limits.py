"""The limits that SECURITY.md states are those of the code."""

import inspect
import re
from pathlib import Path

import click
import pytest

from seqbench.cli.options import data as data_options
from seqbench.cli.options import running as running_options
from seqbench.contracts import quantities
from seqbench.data import packed_files, split_options
from seqbench.errors import UsageError, shortened
from seqbench.registry import data_argument, specs
from seqbench.results import files, model_folder, npz, record_check
from seqbench.running import request, result_check
from seqbench.running.executors import messages, plugin_import_check, worker_pool
from seqbench_datasets.readers import _byte_blocks

TEXT = (Path(__file__).resolve().parents[1] / "SECURITY.md").read_text(encoding="utf-8").partition("## Limits")[2]
ROWS = dict(re.findall(r"^\| ([^|]*) \| ([^|]*) \|.*(?:refused|fails|cut|left out)", TEXT, re.MULTILINE))
MB, GB = 1 << 20, 1 << 30


def largest(option):
    """The largest number that an option of the command line takes."""
    [parameter] = option(click.Command("x")).params
    return parameter.type.max


SHORTENED = inspect.signature(shortened).parameters["longest"].default
LIMITS = {
    "a spec such as `NAME(field=value)`": [specs._LONGEST_SPEC],
    "a list of models": [specs._LONGEST_LIST],
    "a label or the name of a model": [specs._LONGEST_NAME],
    "an argument of `--data`": [data_argument._LONGEST],
    "`--seeds`, `--folds`, `--resplits`": [quantities._MOST_SEEDS],
    "trials of one run": [request._MOST_TRIALS],
    "`--jobs`, `--threads`": [largest(running_options.threads)],
    "numbers in `?fold=`, `?resplit=`, `?train-size=`": [6, split_options._LONGEST_NUMBER],
    "a line of a data file": [_byte_blocks.LONGEST_LINE // MB],
    "a packed data file (gz, bz2, xz, zip)": [packed_files.TIMES, packed_files.ALWAYS // MB],
    "a file of a run; its arrays unpacked": [files._LARGEST // GB, npz._LARGEST // MB],
    "a name or a source in run.json; a path there": [record_check._LONGEST, record_check._LONGEST_PATH],
    "files of a kept model; its `model.json`": [model_folder._MOST_FILES, model_folder._LARGEST_RECORD // MB],
    "a message of a worker process": [messages.LONGEST // MB, worker_pool._BYTES],
    "notes of a model on a trial": [result_check.MOST_TEXTS, SHORTENED],
    "the text of an error": [SHORTENED],
    "time to import one plugin file": [int(plugin_import_check._PATIENCE)],
    "different tags of a dataset": [request._MOST_TAGS],
}
WITHOUT_A_FIGURE = {
    "depth of a value in a spec",
    "seeds in the plan that `rerun` repeats",
    "a pipe or device in the place of a file that is read",
}


def test_every_limit_is_held_to_the_code():
    assert set(ROWS) == {*LIMITS, *WITHOUT_A_FIGURE}


@pytest.mark.parametrize("what", LIMITS)
def test_the_figure_of_a_limit_is_that_of_the_code(what):
    figures = [int(text.replace(",", "")) for text in re.findall(r"\d[\d,]*", ROWS[what].replace("`", ""))]
    assert figures[: len(LIMITS[what])] == LIMITS[what]


def test_all_numbers_of_splits_and_workers_have_their_limit():
    assert {largest(data_options.folds), largest(data_options.resplits)} == {quantities._MOST_SEEDS}
    assert largest(running_options.jobs) == largest(running_options.threads)
    with pytest.raises(UsageError, match="option fold must be"):
        split_options.fold_of("1/1000000")
    assert split_options.fold_of("1/999999") == (1, 999_999)


def test_a_value_may_be_about_as_deep_as_is_said():
    assert "about 190" in ROWS["depth of a value in a spec"]
    specs.parse(f"a(x={'[' * 180}{']' * 180})")
    with pytest.raises(UsageError):
        specs.parse(f"a(x={'[' * 201}{']' * 201})")
