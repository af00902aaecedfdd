"""The door for sections of the page: all that it names is there, and it is heavy only for those who open it."""

import subprocess
import sys

import seqbench.sections as door


def test_every_name_of_the_door_is_there_and_documented():
    things = {name: getattr(door, name) for name in door.__all__}
    assert not [name for name, thing in things.items() if callable(thing) and not thing.__doc__]


def test_listing_plugins_opens_no_door_of_the_page():
    code = "from seqbench.registry.discovery import Registry as R; R.discover(); import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"seqbench.sections", "seqbench.formats", "altair", "tabulate"} & set(done.stdout.split())
