"""Help pages in groups, and answers to options that a command does not have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import MappingProxyType

import click

from seqbench.cli.terminal import may_go_unread
from seqbench.errors import UsageError, nearest

GROUPS: Mapping[str, Collection[str]] = MappingProxyType(
    {
        "What is compared": (
            "data", "train", "task", "data_dir", "models", "probes", "up_to", "settings", "epochs", "seeds",
            "until", "max_seeds", "seed", "budget", "budgets", "trials", "sampler", "select", "tune_split",
        ),
        "How data are split": ("folds", "resplits", "group", "train_sizes"),
        "Where and how trials run": (
            "device", "jobs", "threads", "executor", "gpus_per_trial", "isolate", "timeout", "memory", "live",
        ),
        "How tags are scored": ("scheme", "policy", "without_types"),
        "What is printed": (
            "form", "wide", "legend", "confusion", "per_tag", "rows", "plots", "against", "beside", "picture", "quiet",
        ),
        "Folder and plan": ("out", "add", "fresh", "dry_run", "save_plan", "save_models", "keep", "cold_start"),
        "Plugins": ("plugins", "without", "reporters"),
    }
)  # fmt: skip
"""By title, the names of options, whatever command they belong to."""
COMMAND_GROUPS: Mapping[str, Collection[str]] = MappingProxyType(
    {
        "Run": ("run", "tune", "probe", "rerun", "verify", "merge"),
        "Read": ("show", "runs", "compare", "errors", "spans", "calibration", "power", "report", "bundle"),
        "Use": ("train", "tag", "inspect", "serve", "costs", "export"),
        "Data": ("datasets", "score", "convert"),
        "Plugins": ("models", "plugins", "new-plugin", "check", "skill"),
    }
)
"""By title, the names of commands."""
_FURTHER = "Further"
_WITHIN, _UNBROKEN = re.compile(r"(?<=\w)-(?=\w)"), "\N{NON-BREAKING HYPHEN}"


class Formatter(click.HelpFormatter):
    """Writes help pages in which no line ends within a word such as log-loss."""

    def write_text(self, text: str) -> None:
        """See click."""
        super().write_text(_WITHIN.sub(_UNBROKEN, text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """See click."""
        super().write_dl([(name, _WITHIN.sub(_UNBROKEN, text)) for name, text in rows], col_max, col_spacing)

    def getvalue(self) -> str:
        """The page, with the hyphens as they were."""
        return super().getvalue().replace(_UNBROKEN, "-")


class Context(click.Context):
    """The context of each command."""

    formatter_class = Formatter

    @contextmanager
    def scope(self, *arguments: bool, **options: bool) -> Iterator[click.Context]:
        """See click, which parses a command line within it, and prints help and versions by itself."""
        with may_go_unread(), super().scope(*arguments, **options) as context:
            yield context


def grouped(names: Collection[str], groups: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """Names by the title of their group, in the order of the groups; those of no group come last."""
    titled = {title: [name for name in members if name in names] for title, members in groups.items()}
    others = [name for name in names if not any(name in members for members in titled.values())]
    return {title: members for title, members in {**titled, _FURTHER: others}.items() if members}


class GroupedCommand(click.Command):
    """A command with many options: its help page has them in groups, and several values may follow one option."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        records = {str(p.name): record for p in options if (record := p.get_help_record(ctx))}
        for title, names in grouped(records, GROUPS).items():
            with formatter.section(title):
                formatter.write_dl([records[name] for name in names])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """See click. Raises `UsageError` with an answer for an option that is not there."""
        try:
            return super().parse_args(ctx, list(self._repeated(args)))
        except click.NoSuchOption as error:
            raise UsageError(answer(self, error.option_name)) from error

    def _repeated(self, args: list[str]) -> list[str]:
        """Arguments in which each value of an option that may be repeated has the option before it."""
        several = {name for p in self.params if isinstance(p, click.Option) and p.multiple for name in p.opts}
        words, option = [], ""
        for previous, word in zip(["", *args], args, strict=False):
            if word.startswith("-"):
                option = word if word in several else ""
            elif option and previous != option and not word.endswith(".toml"):
                words.append(option)
            words.append(word)
        return words


def answer(command: click.Command, option: str) -> str:
    """One sentence for an option that a command does not have: the nearest one, or where its like is found."""
    known = {opt: p for p in command.params if isinstance(p, click.Option) for opt in p.opts}
    said = f"seqbench {command.name} has no option {option!r}"
    if near := nearest(option.strip("-"), [opt.strip("-") for opt in known], cutoff=0.75):
        about = known.get(f"--{near}") or known[f"-{near}"]
        return f"{said}; did you mean '--{near}' ({(about.help or '').rstrip('.')})?"
    if others := _with_option(option):
        named = " and ".join(f"seqbench {name}" for name in others)
        return f"{said}; {named} {'has' if len(others) == 1 else 'have'} it"
    way = "a hyperparameter is set in the spec, NAME(field=value), or by --set LABEL.FIELD=VALUE"
    return f"{said}; {way}; seqbench models NAME lists them, and seqbench {command.name} --help the options"


def _with_option(option: str) -> list[str]:
    """The names of the commands that have an option."""
    names = [name for members in COMMAND_GROUPS.values() for name in members]
    return [name for name in names if option in _options_of(name)]


def _options_of(name: str) -> set[str]:
    try:
        command: click.Command = import_module(f"seqbench.cli.commands.{name.replace('-', '_')}").command
    except ImportError:
        return set()
    return {opt for parameter in command.params for opt in parameter.opts}
