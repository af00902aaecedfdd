"""Subjects of checks: every built-in keeps its promises, and so does what a file registers."""

from pathlib import Path

import pytest

from seqbench import Corpus, DataAccess, Splits, hookimpl
from seqbench.errors import UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.registered_datasets import takes_access
from seqbench.testing import (
    DATASETS,
    FORMATS,
    METRICS,
    PROMISES,
    READERS,
    REPORTERS,
    SECTIONS,
    WRITERS,
    promised,
    subjects,
)

QUICK = dict.fromkeys(
    (
        "rnn",
        "gru",
        "lstm",
        "lstm-crf",
        "mingru",
        "minlstm",
        "ssm",
        "mamba",
        "linear-attention",
        "gated-delta",
        "mlstm",
        "slstm",
        "cnn",
        "feedforward",
    ),
    ", epochs=1, min_steps=6, embedding_dim=8, hidden_dim=8",
)
QUICK["transformer"] = f"{QUICK['lstm']}, heads=2"
QUICK["lstm-tutorial"] = ", epochs=3"
QUICK["ensemble"] = ", members=['hmm', 'perceptron']"
QUICK["stacked"] = ", final='perceptron(epochs=2)'"
QUICK["distil"] = f", teacher='hmm', student='rnn({QUICK['rnn'][2:]})'"
ELSEWHERE = {"pretrained"}  # needs an encoder: tests/plugins/neural/test_pretrained.py makes one
BUILT_IN = Registry.discover()
NAMES = [name for name in BUILT_IN.taggers if name not in ELSEWHERE]
SPECS = [f"{name}({QUICK[name][2:]})" if name in QUICK else name for name in NAMES]

WITHOUT_FILES = [name for name, entry in BUILT_IN.datasets.items() if not takes_access(entry.load())]

ALIKE = {"rnn", "gru", "mingru", "minlstm", "ssm", "linear-attention", "gated-delta", "slstm"}
"""Recurrences that are but for the step as lstm, mamba and mlstm: `pytest -m slow`."""
CHECKED = [spec for name, spec in zip(NAMES, SPECS, strict=True) if name not in ALIKE]

test_every_built_in_keeps = promised(*CHECKED, *WITHOUT_FILES, *BUILT_IN.metrics, "conllu", "columns")
test_those_alike_keep = pytest.mark.slow(promised(*(spec for spec in SPECS if spec not in CHECKED)))


def test_a_dataset_that_lies_in_files_is_checked_where_they_are():
    class Plugin:
        @hookimpl
        def register_datasets(self, register):
            def files(access: DataAccess, /) -> Splits:
                return Splits(name=str(access.local), train=Corpus.encode([["a"]] * 9, [["X"]] * 9))

            register("files", files, "nine sentences")

    registry = Registry()
    registry.access = DataAccess(local=Path("here"))
    registry.add(Plugin(), "mine")
    (subject,) = subjects(registry, "files")
    assert [promise.broken_by(subject.make) for promise in subject.promises] == [None] * len(DATASETS)
    assert subject.make().name == "here"


PLUGIN = """
from seqbench import hookimpl
class Any:
    def fit(self, train, conditions): ...
    def predict(self, sentences): ...
@hookimpl
def register_taggers(register): register('any', Any, 'any')
@hookimpl
def register_metrics(register): register('half', lambda outcome: 0.5, 'always the same')
@hookimpl
def register_readers(register): register('mine', lambda path, *, tags, features: None, ['.mine'])
@hookimpl
def register_reporters(register): register('deaf', Any, 'hears nothing')
"""


def test_all_that_a_file_registers_is_a_subject(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(PLUGIN)
    tagger, metric, reader, reporter = subjects(Registry.discover(), str(file))
    assert (tagger.label, tagger.promises) == ("any", PROMISES)
    assert (metric.label, metric.promises) == ("half", METRICS)
    assert type(tagger.make()).__name__ == type(reporter.make()).__name__ == "Any"
    assert (reader.label, reader.promises, reader.make().suffix) == ("mine", READERS, ".mine")
    assert (reporter.label, reporter.promises) == ("deaf", REPORTERS)


def test_a_name_leads_to_the_promises_of_its_kind():
    kinds = {
        "baseline": PROMISES,
        "tutorial": DATASETS,
        "span-f1": METRICS,
        "agreement": SECTIONS,
        "mlflow": REPORTERS,
        "latex": FORMATS,
    }
    for name, promises in kinds.items():
        [subject] = subjects(Registry.discover(), name)
        assert subject.promises == promises
    reader, writer = subjects(Registry.discover(), "conllu")
    assert (reader.promises, writer.promises) == (READERS, WRITERS)


@pytest.mark.parametrize(
    ("text", "told"),
    [("no-such-thing", "no tagger is named"), ("no_such.py", "there is no plugin file")],
)
def test_what_is_not_there_is_a_usage_error(text, told):
    with pytest.raises(UsageError, match=told):
        list(subjects(Registry.discover(), text))


def test_a_new_plugin_that_is_not_installed_yet_is_told_to_be(tmp_path, monkeypatch):
    (tmp_path / "window").mkdir()
    (tmp_path / "window/pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no tagger is named 'window'; install its folder first: pip"):
        list(subjects(Registry.discover(), "window"))
