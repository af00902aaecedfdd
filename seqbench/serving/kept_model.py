"""A kept model, loaded: the tagger with all that it learned, and the record of what it is."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seqbench.contracts.hyperparameters import REQUIRED, fields_of
from seqbench.contracts.learned_files import read_learned
from seqbench.contracts.tagger import Probabilistic, Saveable, Tagger
from seqbench.data.corpus import Sequences
from seqbench.data.vocabularies import Vocabularies
from seqbench.errors import StoreError, UsageError
from seqbench.registry import provenance
from seqbench.registry.discovery import Registry
from seqbench.registry.entries import Entry, reason
from seqbench.registry.models import made_from, resolve
from seqbench.registry.plugin_files import files_of
from seqbench.registry.specs import Spec, parse
from seqbench.results.model_folder import LEARNED, VOCABULARY, read_model
from seqbench.results.model_record import ModelRecord
from seqbench.serving.encoding import Encoder

Sentences = Iterable[Sequence[str]]
_TOLERANCE = 0.001
"""How far probabilities may differ from those of the machine that the model was kept on."""


@dataclass(frozen=True, eq=False)
class KeptModel:
    """A model that was kept, ready to tag: `record` says what it is, `tagger` is the fitted tagger itself.

    `notes` are what was said while it was trained, if that was just now.
    """

    folder: Path
    record: ModelRecord
    tagger: Tagger
    encoder: Encoder
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """One line, as a notebook shows it: the words and weights would take many."""
        accuracy = self.record.scores.get("accuracy")
        reached = f", accuracy {accuracy.value:.4f}" if accuracy and accuracy.value is not None else ""
        return f"<kept model {self.label} on {self.record.trained_on.name}{reached}: {str(self.folder)!r}>"

    @property
    def label(self) -> str:
        """The label of the model."""
        return self.record.label

    @property
    def layers(self) -> tuple[str, ...]:
        """The columns that it reads beside the words."""
        return tuple(self.record.layers)

    @property
    def tags(self) -> list[str]:
        """The tags of the training set, in the order of the columns of `predict_proba`."""
        return list(self.record.tags)

    def predict(self, sentences: Sentences) -> list[list[str]]:
        """One tag for each token of sentences, which are lists of words."""
        return [list(tags) for tags in self.tagger.predict(self.encoder.encode(sentences))]

    def predict_proba(self, sentences: Sentences) -> NDArray[np.float32]:
        """How probable each tag of each token is: (tokens, tags), the tokens of all sentences in a row.

        Raises `UsageError` if the model has no probabilities.
        """
        if not isinstance(self.tagger, Probabilistic):
            raise UsageError(f"model {self.record.label!r} has no probabilities, only tags")
        return np.asarray(self.tagger.predict_proba(self.encoder.encode(sentences)), np.float32)


def load(folder: str | Path, *, plugins: Sequence[str | Path] = (), tagger: Tagger | None = None) -> KeptModel:
    """The kept model of a folder, ready to tag: `seqbench.load("models/first").predict([["The", "dog"]])`.

    `plugins` are files that hold the tagger's code; a tagger that no plugin registers is handed over new, as `tagger`.
    Nothing of the folder is executed. Raises as `load_model` does.
    """
    return load_model(Path(folder), Registry.discover(files_of(plugins)), tagger)


def load_model(folder: Path, registry: Registry, tagger: Tagger | None = None) -> KeptModel:
    """The model of a folder. Nothing of the folder is executed: the code comes from the installed plugins.

    `tagger` is a new one with the hyperparameters of the kept one, for a tagger that no plugin registers. Raises
    `StoreError` if the folder is damaged, or the model answers otherwise than when it was kept; `UsageError` if its
    plugin is not there.
    """
    record = read_model(folder)
    built = tagger or _built(folder, record, registry)
    if not isinstance(built, Saveable):
        raise UsageError(f"{type(built).__name__} has no load, so that model {str(folder)!r} cannot be loaded")
    with redirect_stdout(sys.stderr), _refusing(folder):
        vocabularies = read_learned((folder / VOCABULARY).absolute(), Vocabularies)
        _require_tags(folder, record, list(vocabularies.tags))
        with made_from(registry):
            built.load((folder / LEARNED).absolute())
        model = KeptModel(folder, record, built, Encoder(vocabularies))
        _refuse_other_answers(model)
    return model


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    """Raises `StoreError` for whatever a tagger raises while it is loaded and probed."""
    try:
        yield
    except UsageError:
        raise
    except StoreError as error:
        if str(folder) in str(error):
            raise
        raise StoreError(f"model {str(folder)!r} cannot be loaded: {error}") from error
    except (Exception, SystemExit) as error:
        raise StoreError(f"model {str(folder)!r} cannot be loaded: {reason(error)}") from error


def _require_tags(folder: Path, record: ModelRecord, tags: list[str]) -> None:
    if tags != list(record.tags):
        raise StoreError(f"model {str(folder)!r} has other tags in model.json than in its vocabulary")


def _built(folder: Path, record: ModelRecord, registry: Registry) -> Tagger:
    """A new tagger of the record's spec."""
    try:
        spec = parse(record.spec)
        entry = registry.tagger(spec.name)
    except UsageError as error:
        raise UsageError(f"model {str(folder)!r} needs plugin {record.origin.plugin!r}: {error}") from error
    _refuse_other_file(folder, record, entry)
    try:
        with made_from(registry):
            return resolve(registry, _without_files(spec, entry)).build()
    except UsageError as error:
        raise UsageError(f"model {str(folder)!r} cannot be made by plugin {record.origin.plugin!r}: {error}") from error


def _refuse_other_file(folder: Path, record: ModelRecord, entry: Entry) -> None:
    """Raises `UsageError` if a plugin file is not the one that the model was kept with."""
    file, sha256 = entry.plugin.file, record.origin.file_sha256
    if file is not None and sha256 is not None and provenance.contents_of(file) != sha256:
        raise UsageError(f"plugin file {str(file)!r} is not the one that model {str(folder)!r} was kept with")


def _without_files(spec: Spec, entry: Entry) -> Spec:
    """The spec with the default of each field that named a file: what was read from it lies in the folder."""
    known = fields_of(entry.load())
    files = {name for name, field in known.items() if field.contents and field.default is not REQUIRED}
    return Spec(spec.label, spec.name, {name: value for name, value in spec.fields.items() if name not in files})


def _refuse_other_answers(model: KeptModel) -> None:
    """Raises `StoreError` if the model does not answer its probe as it did when it was kept."""
    probe = model.record.probe
    question = model.encoder.encode(probe.sentences, probe.layers)
    tags = [tag for sentence in model.tagger.predict(question) for tag in sentence]
    expected = [tag for sentence in probe.tags for tag in sentence]
    if len(tags) != len(expected) or len(tags) != len(question.ids):
        raise _changed(model)
    clear = np.ones(len(expected), bool)
    if probe.probabilities is not None:
        own = _probabilities(model, question, expected)
        if own.shape != (len(probe.probabilities),) or not np.allclose(own, probe.probabilities, atol=_TOLERANCE):
            raise _changed(model)
        clear = np.abs(own - 0.5) > 2 * _TOLERANCE  # of two tags that are about as probable either may be given
    if any(a != b for a, b, certain in zip(tags, expected, clear, strict=True) if certain):
        raise _changed(model)


def _probabilities(model: KeptModel, question: Sequences, tags: Sequence[str]) -> NDArray[np.float32]:
    """How probable these tags are: (tokens,)."""
    if not isinstance(model.tagger, Probabilistic):
        raise _changed(model)
    index = {tag: number for number, tag in enumerate(model.tags)}
    table = np.asarray(model.tagger.predict_proba(question), np.float32)
    return table[np.arange(len(tags)), [index[tag] for tag in tags]]


def _changed(model: KeptModel) -> StoreError:
    return StoreError(
        f"model {str(model.folder)!r} does not tag the sentences of its model.json as it did when it was kept: "
        "its files are damaged, or its plugin is another version; train it again"
    )
