"""`seqbench datasets`: which datasets there are, and what one holds."""

import json
import re
from pathlib import Path

import pytest
from prediction_files import GOLD
from program import called

from seqbench.registry.discovery import Registry


def test_every_dataset_is_listed_with_its_summary_and_plugin():
    rows = json.loads(called("datasets", "--format", "json").stdout)
    registered = Registry.discover().datasets
    assert [row["dataset"] for row in rows] == sorted(registered)
    assert [row["summary"] for row in rows] == [entry.summary for _, entry in sorted(registered.items())]
    assert {row["dataset"] for row in rows if row["default"]} == {n for n, e in registered.items() if e.default}


def test_a_dataset_is_described_with_its_splits():
    done = called("datasets", "tutorial")
    assert re.search(r"train +2 +9 +9 +3", done.stdout)
    assert "test is train" in done.stdout


def test_a_path_is_described_as_a_dataset_with_its_tags(tmp_path):
    """Of ten sentences the last is test and the one before it dev."""
    (tmp_path / "small.tsv").write_text("the\tDET\ndog\tNN\n\n" * 9 + "cat\tNN\n\n")
    described = called("datasets", tmp_path / "small.tsv").stdout
    assert re.search(r"^small \(fingerprint [0-9a-f]{32}\)$", described, re.MULTILINE)
    assert re.search(r"^train +8 +16 +2 +2 +0 +2.0 +2 +7 ", described, re.MULTILINE)
    assert re.search(r"^dev +1 +2 +2 +2 ", described, re.MULTILINE)
    assert re.search(r"^test +1 +1 +1 +1 ", described, re.MULTILINE)
    assert "tags: DET 50.0 %, NN 50.0 %" in described


def test_splits_alone_are_printed_for_machines():
    rows = json.loads(called("datasets", "tutorial", "--format", "json").stdout)
    sizes = {"split": "train", "sentences": "2", "tokens": "9", "forms": "9", "tags": "3"}
    assert {key: rows[0][key] for key in sizes} == sizes


def test_a_dataset_may_name_the_files_of_its_splits(tmp_path):
    for name in ("test", "train", "dev"):
        (tmp_path / f"{name}-x.tsv").write_text(GOLD)
    data = f"{tmp_path}/test-x.tsv?train={tmp_path}/train-x.tsv&dev={tmp_path}/dev-x.tsv"
    done = called("datasets", data)
    assert done.returncode == 0, done.stderr
    assert len(re.findall(r"\b5\b", done.stdout)) >= 3
    done = called("datasets", f"{tmp_path}/test-x.tsv?dev={tmp_path}/dev-x.tsv")
    assert "a test file with a dev file needs a training file" in done.stderr
    done = called("datasets", f"{tmp_path}/test-x.tsv?train=none.tsv")
    assert "no file 'none.tsv', which an option of" in done.stderr


def test_datasets_are_found_by_task_language_licence_and_text():
    rows = json.loads(called("datasets", "--task", "ner", "--language", "sw", "--format", "json").stdout)
    assert [(row["dataset"], row["licence"]) for row in rows] == [("masakhaner2-swa", "CC-BY-NC-4.0")]
    rows = json.loads(called("datasets", "--licence", "cc0", "--search", "newspapers", "--format", "json").stdout)
    assert len(rows) == 4
    done = called("datasets", "--task", "nr")
    assert "no dataset fits; tasks are argument-mining, chunking, error-detection, hyphenation" in done.stderr
    done = called("datasets", "--task", "chunking", "--language", "xx")
    assert done.stderr == "warning: no dataset fits; languages of these are en\n"
    done = called("datasets", "--task", "chunking", "--licence", "CC0")
    assert "no dataset fits; licences of these are " in done.stderr
    done = called("datasets", "--language", "sw", "--search", "zzz")
    assert done.stderr == "warning: no dataset fits; 'zzz' stands in no name, title, task or citation of these\n"


def test_a_corpus_is_described_with_licence_obligations_and_citation():
    shared = Path(__file__).resolve().parents[4] / "shared" / "data"
    if not shared.is_dir():
        pytest.skip("../shared/data is not there")
    done = called("datasets", "ud-maltese-mudt", "--data-dir", shared)
    assert re.search(r"licence +CC-BY-SA-4.0 .name the authors, pass on changes under the same licence", done.stdout)
    assert re.search(r"published train 1,123 sentences, 22,880 tokens; dev 433", done.stdout)
    assert re.search(r"^train +1,123 +22,880 ", done.stdout, re.MULTILINE)


def test_what_is_known_is_printed_though_the_corpus_cannot_be_had(monkeypatch, tmp_path):
    monkeypatch.setenv("SEQBENCH_OFFLINE", "1")
    monkeypatch.setenv("SEQBENCH_CACHE", str(tmp_path))
    done = called("datasets", "conll2003")
    assert "to be obtained by hand" in done.stdout
    assert "Place these files in" in done.stderr
    assert done.returncode == 2
