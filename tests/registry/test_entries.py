"""Entries: refused where they cannot be, imported when they are used, and never without a culprit."""

from pathlib import Path

import pytest
from samples import Constant

from seqbench.errors import PluginError, UsageError
from seqbench.registry.entries import Entry, Intake, Loss, Plugin, reason

MINE = Plugin("mine", file=Path("/plugins/mine.py"))


@pytest.mark.parametrize(
    ("plugin", "text", "from_outside", "of_this_process"),
    [
        (Plugin("a", "seqbench", "1.0"), "'a' (seqbench 1.0)", False, False),
        (Plugin("a", "seqbench-window", "1.0"), "'a' (seqbench-window 1.0)", True, False),
        (MINE, "'mine' (/plugins/mine.py)", True, False),
        (Plugin("a"), "'a' (this process)", True, True),
    ],
)
def test_a_plugin_tells_where_it_comes_from(plugin, text, from_outside, of_this_process):
    assert str(plugin) == text
    assert (plugin.from_outside, plugin.of_this_process) == (from_outside, of_this_process)


def test_an_entry_is_imported_when_it_is_loaded():
    assert Entry("tagger", "c", "samples:Constant", "", MINE).load() is Constant
    assert Entry("tagger", "c", Constant, "", MINE).load() is Constant
    assert Entry("tagger", "c", "samples:Constant", "", MINE).module == "samples"
    assert Entry("tagger", "c", Constant, "", MINE).module is None


@pytest.mark.parametrize(
    ("thing", "why"),
    [
        ("no_such_package:Tagger", "cannot be imported: ModuleNotFoundError: No module named 'no_such_package'"),
        ("samples:Nothing", "cannot be imported: AttributeError: .*'Nothing'"),
        (Loss(MINE, "1 / 0"), r"^plugin 'mine' \(/plugins/mine.py\) cannot be loaded: 1 / 0"),
    ],
)
def test_what_cannot_be_loaded_names_its_plugin(thing, why):
    with pytest.raises(PluginError, match=why) as raised:
        Entry("tagger", "window", thing, "", MINE).load()
    assert "'mine'" in str(raised.value)


def test_a_loss_names_what_was_lost():
    entry = Entry("metric", "f1", "none:f1", "", MINE)
    assert str(Loss(MINE, "1 / 0")) == "plugin 'mine' (/plugins/mine.py) is left out: 1 / 0"
    assert str(Loss(MINE, "none", entry=entry)).startswith(
        "metric 'f1' of plugin 'mine' (/plugins/mine.py) is left out"
    )


def test_an_intake_keeps_what_is_registered():
    intake = Intake("tagger", MINE, {})
    intake.register("one", Constant, "the first", default=True)
    intake.register("two", "samples:Constant", "the second")
    assert [(e.kind, e.name, e.summary, e.default, e.plugin) for e in intake.entries.values()] == [
        ("tagger", "one", "the first", True, MINE),
        ("tagger", "two", "the second", False, MINE),
    ]
    readers = Intake("reader", MINE, {})
    readers.register_reader("three", Constant, [".a", ".b"])
    assert readers.entries["three"].suffixes == (".a", ".b")


@pytest.mark.parametrize("name", ["", "a b", "a=b", "a(b)", "a,b", "a?b"])
def test_a_name_that_a_spec_could_not_hold_is_refused(name):
    with pytest.raises(PluginError, match="cannot be a name"):
        Intake("tagger", MINE, {}).register(name, Constant, "")


@pytest.mark.parametrize("path", ["samples", "samples:", ":Constant"])
def test_half_an_import_path_is_refused(path):
    with pytest.raises(PluginError, match="is no import path"):
        Intake("tagger", MINE, {}).register("one", path, "")


def test_a_taken_name_is_refused_with_the_plugin_that_has_it():
    intake = Intake("tagger", MINE, {"one": Entry("tagger", "one", Constant, "", Plugin("other"))})
    with pytest.raises(PluginError, match="tagger 'one' is registered already, by 'other'"):
        intake.register("one", Constant, "")
    intake.register("two", Constant, "")
    with pytest.raises(PluginError, match="by 'mine'"):
        intake.register("two", Constant, "")


def test_the_reason_of_an_error_is_its_first_line_and_where_it_was_raised():
    with pytest.raises(KeyError) as raised:
        {}["a\nb"]
    assert reason(raised.value).startswith("KeyError: 'a\\nb' (test_entries.py:")
    assert reason(UsageError("foreseen")) == "foreseen"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("no memory is left\nCompile with SOME_FLAG to see where"), "RuntimeError: no memory is left"),
        (RuntimeError("while loading:\n\tsize of a is 3"), "RuntimeError: while loading: size of a is 3"),
        (ValueError("\nbelow an empty line"), "ValueError: below an empty line"),
        (ValueError(), "ValueError"),
    ],
)
def test_of_an_error_with_several_lines_the_first_one_says_what_it_is(error, said):
    assert reason(error) == said


def test_of_code_that_cannot_be_read_the_fault_is_said_and_not_the_code():
    with pytest.raises(SyntaxError) as raised:
        compile("a = (\n", "p.py", "exec")
    assert reason(raised.value).startswith("SyntaxError: '(' was never closed (test_entries.py:")
