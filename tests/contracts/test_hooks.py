"""The hooks that a plugin may implement."""

import inspect

import pluggy
import pytest

from seqbench.contracts import hooks
from seqbench.registry.discovery import KINDS

HOOKS = sorted(name for name, thing in vars(hooks).items() if hasattr(thing, "seqbench_spec"))
EVENTS = ["run_finished", "run_started", "trial_finished", "trial_progressed", "trial_started"]


def test_there_is_a_hook_for_each_kind_of_thing_and_for_each_event():
    assert set(HOOKS) == {*(f"register_{kind}" for kind in KINDS), *EVENTS}


@pytest.mark.parametrize("name", HOOKS)
def test_a_plugin_may_leave_out_the_arguments_of_a_hook(name):
    manager = pluggy.PluginManager("seqbench")
    manager.add_hookspecs(hooks)
    heard = []
    plugin = type("Plugin", (), {})()
    setattr(plugin, name, hooks.hookimpl(lambda: heard.append(name)))
    manager.register(plugin)
    manager.check_pending()
    arguments = inspect.signature(getattr(hooks, name)).parameters
    getattr(manager.hook, name)(**dict.fromkeys(arguments))
    assert heard == [name]
    assert getattr(hooks, name).__doc__
