"""Hooks that a plugin may implement: for what the plugin registers, and for the events of a run.

A plugin is a module (or any object) whose functions carry `@seqbench.hookimpl`. Registering takes a thing or, better,
an import path "package.module:Name", so that listing forty models imports none of them. An implementation may leave out
arguments that it does not need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pluggy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seqbench.contracts.datasets import About
    from seqbench.contracts.trial import TrialRequest, TrialResult

hookspec = pluggy.HookspecMarker("seqbench")
hookimpl = pluggy.HookimplMarker("seqbench")

THE_TAGS = "the tags"
"""The sentence by which a writer of words alone says that tags are lost."""


class Register(Protocol):
    """Adds a tagger, metric or reporter by its name, with the thing or an import path and a summary of one line."""

    def __call__(
        self, name: str, thing: object, summary: str, *, default: bool = False, needs: Mapping[str, str] = ...
    ) -> None:
        """Add the thing; a tagger marked `default` runs if no model is named.

        `needs` has by module the package to install where the module is not there: {"torch": "mypackage[torch]"}.
        """
        ...


class RegisterDataset(Protocol):
    """Adds a dataset by its name, with the function or an import path, a summary of one line and facts about it."""

    def __call__(
        self, name: str, thing: object, summary: str, *, default: bool = False, about: About | None = None
    ) -> None:
        """Add the dataset; the one marked `default` is used if no data is named. `about` is a `seqbench.About`."""
        ...


class RegisterReader(Protocol):
    """Adds a reader by its name, with the function or an import path and the endings of the files that it reads."""

    def __call__(self, name: str, thing: object, suffixes: Sequence[str], summary: str = "") -> None:
        """Add the reader; suffixes are like ".conllu", and a further ".gz" is understood."""
        ...


class RegisterSection(Protocol):
    """Adds a section of the page by its name, with the function or an import path and a summary of one line."""

    def __call__(self, name: str, thing: object, summary: str, *, together: bool = False) -> None:
        """Add the section; one marked `together` is about all datasets at once."""
        ...


@hookspec
def register_taggers(register: Register) -> None:
    """Add taggers: `register("window", "my_package.tagger:WindowTagger", "sees three words to either side")`."""


@hookspec
def register_datasets(register: RegisterDataset) -> None:
    """Add datasets: functions that return a `seqbench.Dataset`, or `seqbench.Splits` if some of train, dev, test lack.

    Keyword arguments are options (`name?option=value`). A function with a positional-only parameter is handed a
    `seqbench.DataAccess` there: folders to look into, and whether anything may be fetched.
    """


@hookspec
def register_readers(register: RegisterReader) -> None:
    """Add readers: functions `read(path, *, tags, features) -> seqbench.Corpus` for one kind of file.

    `tags` (str or None) names the column of the tags, `features` (tuple of str) those of further input layers.
    A reader with a parameter `arrays_folder` (Path or None) gets a folder where the file is large: `numpy.memmap` of
    files that it writes there may be the ids of the corpus, which seqbench then keeps and opens again.
    """


@hookspec
def register_writers(register: RegisterReader) -> None:
    """Add writers: functions `write(path, corpus)` for one kind of file that return what is lost, as sentences.

    What was written must read back with the same words and tags; tags may differ where "the tags" are said to be lost.
    """


@hookspec
def register_metrics(register: Register) -> None:
    """Add metrics: functions of one `seqbench.Outcome` that return a number, or None if they do not apply.

    A metric that is also a `seqbench.Countable` (an object with `counts` and `score`) is recounted from resampled
    sentences, and so gets intervals and tests.
    """


@hookspec
def register_reporters(register: Register) -> None:
    """Add reporters: classes whose objects have hooks for the events below, made where `--reporter NAME` asks for one.

    Their keyword-only dataclass fields are set in its spec, as a tagger's are.
    """


@hookspec
def register_sections(register: RegisterSection) -> None:
    """Add sections of the page: functions of a report that give pictures and tables; see `seqbench.sections`."""


@hookspec
def register_formats(register: Register) -> None:
    """Add formats of tables: functions of one `seqbench.formats.Table` that return its text, for `--format NAME`.

    An object with the methods of `seqbench.formats.Format` also says how sentences between tables are written.
    """


@hookspec
def register_published(register: Register) -> None:
    """Add published results: the path of a run's folder, or an import path that leads to it ("my_package:FOLDER").

    `seqbench run --beside published` shows those on the same data beside its own.
    """


@hookspec
def run_started(run: Mapping[str, Any], trials: Sequence[TrialRequest]) -> None:
    """Begin a run: its manifest (what run.json holds) and the trials that are left to do."""


@hookspec
def trial_started(trial: TrialRequest) -> None:
    """Begin a trial."""


@hookspec
def trial_progressed(trial: TrialRequest, progress: Mapping[str, float]) -> None:
    """Pass on a report of a tagger: epoch, tokens, loss, dev_accuracy, ..., as far as the tagger gave them."""


@hookspec
def trial_finished(trial: TrialRequest, result: TrialResult) -> None:
    """End a trial, finished or failed; a finished one is on disk by now."""


@hookspec
def run_finished(run: Mapping[str, Any]) -> None:
    """End a run, whether or not all its trials finished."""
