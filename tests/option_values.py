"""What a command gets of an option."""

import click


def value_of(option, *arguments):
    """What a command with this option gets."""

    @click.command()
    @option
    def command(**given):
        return next(iter(given.values()))

    return command.main(list(arguments), standalone_mode=False)
