"""`seqbench tag MODEL... [FILE|-]`: new text with the tags of kept models."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict, Unpack

import click
from click.core import ParameterSource

from seqbench.cli import options
from seqbench.cli.terminal import echo, echo_rendered, is_terminal, layout
from seqbench.data.regular_files import opened
from seqbench.errors import DataError, UsageError
from seqbench.reporting import safe_text
from seqbench.results.model_folder import is_kept
from seqbench.serving.exporting import SUFFIX
from seqbench.serving.kept_model import load_model
from seqbench.serving.onnx_model import load_onnx
from seqbench.serving.tagged_output import DIFFERENT, Output, OutputFormat
from seqbench.serving.tagging import BLOCK_TOKENS, LoadedModel, Tagging
from seqbench.serving.text_input import SUFFIXES, InputFormat, column_number, lines_of, sentences_of, tokenizer_of

_EXAMPLES = """
\b
Examples:
  echo 'The dog ate the apple' | seqbench tag models/first
  seqbench tag models/first book.txt --to jsonl > tagged.jsonl
  seqbench tag models/first models/second test.conllu --probabilities
"""


class _Options(TypedDict):
    """Options of a call."""

    places: tuple[Path, ...]
    source: InputFormat | None
    target: OutputFormat | None
    tokenizer: str
    column: str
    probabilities: bool
    nbest: int | None
    plugins: tuple[Path, ...]
    without: tuple[str, ...]


@click.command("tag", epilog=_EXAMPLES)
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MODEL... [FILE|-]")
@click.option(
    "--from",
    "source",
    type=click.Choice(["text", "columns", "conllu", "jsonl"]),
    help="Format of the text; else by the file's ending, else text: a sentence a line.",
)
@click.option(
    "--to",
    "target",
    type=click.Choice(["columns", "conllu", "jsonl", "words"]),
    help="Format of the answer; else words with coloured tags on a terminal, CoNLL-U for CoNLL-U, else columns.",
)
@click.option(
    "--tokenizer",
    default="blanks",
    show_default=True,
    metavar="blanks|regex|spacy[:LANGUAGE]",
    help="How a line of text is cut into words.",
)
@click.option("--column", metavar="NAME", default="upos", show_default=True, help="Column of CoNLL-U for the tag.")
@click.option("--probabilities", is_flag=True, help="Tell how probable each tag is.")
@click.option("--nbest", type=click.IntRange(min=1), metavar="K", help="The K most probable tags of each token.")
@options.plugin
@options.without
def command(**arguments: Unpack[_Options]) -> None:
    """Tag new text with a kept model, or with several side by side.

    The text comes from a file or from standard input, and is tagged as it comes, whatever its length. Where several
    models tag, a last column marks the words on which they differ. A file of `seqbench export` is a model too, which
    starts at once, since it needs no torch.
    """
    folders, file = _split(arguments["places"])
    registry = options.registry_of(arguments["plugins"], arguments["without"])
    source = arguments["source"] or _format_of(file)
    tokenizer = tokenizer_of(arguments["tokenizer"])
    models = [load_onnx(path) if _is_onnx(path) else load_model(path, registry) for path in folders]
    nbest = _told_tags(arguments, models)
    tagging = Tagging(models=models, form=source, nbest=nbest)
    seen = is_terminal(sys.stdout)
    form = arguments["target"] or _usual_form(source, nbest if len(models) == 1 else None, seen=seen)
    _refuse_without_effect(source, form, nbest)
    output = Output(
        form=form,
        labels=_labels([model.label for model in models], folders),
        column=column_number(arguments["column"], "conllu"),
        colour=layout().colour,
        all_tags=arguments["nbest"] is not None,
        shown=safe_text.line if layout().colour else str,
    )
    if len(models) > 1:
        _tell_order(output)
    raw = not seen or (output.colour and output.form == "words")
    with _opened(file) as stream:
        sentences = sentences_of(lines_of(stream, str(file)), source, str(file), tokenizer)
        for block in tagging.tag(sentences, 1 if is_terminal(sys.stdin) and str(file) == "-" else BLOCK_TOKENS):
            echo_rendered(output.text(block) if raw else _safe(output.text(block), output.form))


def _safe(text: str, form: OutputFormat) -> str:
    """The text of an answer on a terminal, which obeys nothing in it; tabs stay, and JSON is the same."""
    if form == "jsonl":
        return safe_text.json(text)
    return "\t".join(map(safe_text.lines, text.split("\t")))


def _split(places: Sequence[Path]) -> tuple[list[Path], Path]:
    """The models, and the file, which is the last of the places unless that is a model too."""
    models = [path for path in places if is_kept(path) or _is_onnx(path)]
    rest = [path for path in places if path not in models]
    if not models or len(rest) > 1 or (rest and rest[0] != places[-1]):
        wrong = rest[0] if rest else places[0]
        raise UsageError(
            f"{str(wrong)!r} is no model: it has no model.json and is no .onnx file; write MODEL... [FILE|-]"
        )
    return models, rest[0] if rest else Path("-")


def _is_onnx(path: Path) -> bool:
    """Whether a path is that of a file as `seqbench export` writes it, by its ending."""
    return path.suffix == SUFFIX


def _told_tags(arguments: _Options, models: Sequence[LoadedModel]) -> int:
    """How many tags of each token are told with their probabilities, 0 for none; JSON has room for all of them."""
    if arguments["nbest"] or not arguments["probabilities"]:
        return arguments["nbest"] or 0
    return max(len(model.tags) for model in models) if arguments["target"] == "jsonl" else 1


def _usual_form(source: InputFormat, nbest: int | None, *, seen: bool) -> OutputFormat:
    """The format of the answer where none is named, which has room for all that is told.

    `nbest` is how many tags of each token one model tells with their probabilities, None for several models.
    """
    if source == "conllu" and nbest == 0:
        return "conllu"
    return "words" if seen and source == "text" and (nbest or 0) <= 1 else "columns"


def _refuse_without_effect(source: InputFormat, form: OutputFormat, nbest: int) -> None:
    """Raises `UsageError` if an option would be ignored with these formats of the text and of the answer."""
    context = click.get_current_context()
    stated = {name for name in context.params if context.get_parameter_source(name) == ParameterSource.COMMANDLINE}
    if "column" in stated and form != "conllu":
        raise UsageError(f"--column is the column of CoNLL-U that gets the tag, and the answer is {form}; leave it out")
    if "tokenizer" in stated and source != "text":
        raise UsageError(f"--tokenizer cuts lines of text, and {source} has words; leave it out, or write --from text")
    if nbest and form == "conllu":
        raise UsageError("CoNLL-U has no column for probabilities; write --to columns or jsonl")
    if nbest > 1 and form == "words":
        raise UsageError("--to words has room for the best tag alone; leave out --nbest, or write --to columns")


def _tell_order(output: Output) -> None:
    """Say whose tags stand where. Raises `UsageError` for a format that has room for the tags of one model only."""
    if output.form == "conllu":
        raise UsageError("CoNLL-U has room for the tags of one model; name one, or write --to columns or jsonl")
    if output.form == "columns":
        end = f"last, = where all agree and {DIFFERENT} where they do not"
        echo(f"columns: the text, then the tags of {', '.join(output.labels)}; {end}", err=True)


def _format_of(file: Path) -> InputFormat:
    form = SUFFIXES.get(file.suffix)
    return "text" if form is None else form


def _labels(labels: Sequence[str], folders: Sequence[Path]) -> list[str]:
    """A name for each model: its label, or its folder where labels are alike."""
    return list(labels) if len(set(labels)) == len(labels) else [str(folder) for folder in folders]


@contextmanager
def _opened(file: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a file, or of standard input. Raises `DataError` if there is none."""
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = opened(file)
    except OSError as error:
        way = "; what a pipe gives is read from standard input: - < FILE" * (error.errno is None)
        raise DataError(f"{str(file)!r} cannot be read: {error.strerror or error}{way}") from error
    with stream:
        yield stream
