"""Hooks that nobody would hear of: each is told of, in `run` too, with the way out."""

import pytest
from program import called

from seqbench.registry.discovery import Registry

REGISTER = "register('mine', dict, 'mine')"
SILENT = {
    "no marker": (f"def register_taggers(register): {REGISTER}", "register_taggers has no effect: it lacks its marker"),
    "another project's marker": (
        f"import pluggy\n@pluggy.HookimplMarker('pytest')\ndef register_taggers(register): {REGISTER}",
        "register_taggers has no effect: it carries the marker of 'pytest'; write @seqbench.hookimpl",
    ),
    "async": (
        f"@seqbench.hookimpl\nasync def register_taggers(register): {REGISTER}",
        "register_taggers has no effect: it is `async def`, which nobody awaits; write def",
    ),
    "generator": (
        f"@seqbench.hookimpl\ndef register_taggers(register): yield {REGISTER}",
        "register_taggers has no effect: it has `yield`",
    ),
    "partial": (
        f"import functools\ndef add(name, register): {REGISTER}\nregister_taggers = functools.partial(add, 'mine')",
        "register_taggers has no effect: it is a partial, no function",
    ),
    "missing argument": (
        "@seqbench.hookimpl\ndef register_taggers(): pass",
        "register_taggers has no effect: it does not take the argument `register`",
    ),
    "nothing": ("class Tagger: pass", "it registers nothing; write @seqbench.hookimpl before a function such as"),
    "an event without its marker": (
        f"@seqbench.hookimpl\ndef register_taggers(register): {REGISTER}\ndef run_started(run): pass",
        "run_started has no effect: it lacks its marker",
    ),
}


@pytest.mark.parametrize(("code", "told"), SILENT.values(), ids=SILENT)
def test_what_has_no_effect_is_told_with_the_way_out(code, told, tmp_path):
    (file := tmp_path / "mine.py").write_text(f"import seqbench\n{code}\n")
    registry = Registry()
    registry.add_file(file)
    [loss] = registry.losses
    assert told in loss.reason
    assert registry.taggers == registry.plugins == {}


def test_hooks_as_they_should_be_are_taken():
    class Plugin:
        run_started = None

        @staticmethod
        def hook(name):
            return name

    from seqbench import hookimpl

    Plugin.register_taggers = hookimpl(lambda self, register: register("mine", dict, "mine"))
    registry = Registry()
    registry.add(Plugin(), "mine")
    assert (list(registry.taggers), registry.losses) == (["mine"], [])


def test_run_tells_of_a_plugin_file_that_registers_nothing(tmp_path):
    (file := tmp_path / "mine.py").write_text("def register_taggers(register): register('mine', dict, 'mine')\n")
    command = ["run", "--models", "baseline", "--data", "tutorial", "--plugin", file, "--out", tmp_path / "run"]
    done = called(*command)
    assert done.returncode == 0
    assert "plugin 'mine'" in done.stderr
    assert "register_taggers has no effect: it lacks its marker; write @seqbench.hookimpl before it" in done.stderr


def test_an_unknown_model_is_a_failed_trial_where_a_plugin_was_lost(tmp_path):
    (file := tmp_path / "endings.py").write_text("import no_such_module\n")
    for isolated in ((), ("--isolate",)):
        out = tmp_path / f"run{len(isolated)}"
        done = called(
            "run", "--models", "baseline,suffixes", "--data", "tutorial", "--plugin", file, "--out", out, *isolated
        )
        assert done.returncode == 1, done.stderr
        assert "No module named 'no_such_module'" in done.stdout
        assert "plugin endings" in done.stdout
    assert (
        called("run", "--models", "baseline,suffixes", "--data", "tutorial", "--out", tmp_path / "no").returncode == 2
    )
