"""The code that the program ends with, and what it says where it ends by an error.

0: all was done; 1: some trials are not finished, nothing is compared, or a check or gate says no; 2: usage or input;
70: a bug of seqbench; 130: interrupted.
"""

from __future__ import annotations

import errno
from collections.abc import Callable

import click

from seqbench.cli.terminal import UnreadError, echo, flush
from seqbench.errors import SeqbenchError, UsageError, cause, shortened
from seqbench.version import __version__

USAGE, BUG, INTERRUPTED = 2, 70, 130
_OF_DISKS = {errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EMFILE, errno.ENFILE}
"""Errors that no line of seqbench is to blame for, whatever the file."""


def exit_code(context: Callable[[], click.Context], invoke: Callable[[click.Context], object]) -> int:
    """Exit code of a command that is invoked in a context; its errors are printed."""
    try:
        code = _called(context, invoke)
        flush()
    except UnreadError:
        code = 0
    except SeqbenchError as error:
        code = _complain(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        echo(error.format_message(), err=True)
        code = USAGE
    except click.UsageError as error:
        code = _complain(error.format_message())
    except (KeyboardInterrupt, click.Abort):
        echo("interrupted", err=True)
        exec("")  # noqa: S102 -- else Python, interrupted within `exec`, as dataclasses use it, would end by SIGINT
        code = INTERRUPTED
    except Exception:  # noqa: BLE001 -- whatever was not foreseen is a bug, and is shown as one
        import traceback

        echo(f"{traceback.format_exc()}\nThis is a bug of seqbench {__version__}; please report it.", err=True)
        code = BUG
    return code


def _called(context: Callable[[], click.Context], invoke: Callable[[click.Context], object]) -> int:
    try:
        with context() as made:
            code = invoke(made)
    except click.exceptions.Exit as end:  # of --help and --version
        code = end.exit_code
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise UsageError(f"{error.filename!r} is too long for the name of a file; choose a shorter one") from error
        if file := _of_users(error):
            raise UsageError(f"{file} cannot be used: {cause(error)}; put this right and try again") from error
        raise
    return code if isinstance(code, int) else 0


def _of_users(error: OSError) -> str:
    """Words for the file that a call of the system refused; none where seqbench's own files may be to blame."""
    from pathlib import Path

    name = error.filename if isinstance(error.filename, str) else ""
    own = not name or Path(name).absolute().is_relative_to(Path(__file__).parents[1])
    return (repr(name) if name else "a file") if error.errno in _OF_DISKS or not own else ""


def _complain(message: str) -> int:
    echo(f"seqbench: {shortened(message)}", err=True)
    return USAGE
