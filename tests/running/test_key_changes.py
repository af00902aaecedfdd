"""Why a trial runs again, in words that name what changed."""

import pytest
from samples import dataset

from seqbench.registry.discovery import Registry
from seqbench.registry.models import resolve
from seqbench.registry.specs import parse
from seqbench.results.store import Store
from seqbench.running.key_changes import changes
from seqbench.running.plan import Plan
from seqbench.running.runner import run

CODE = {
    "distribution": "seqbench-window",
    "version": "1.0",
    "module": "window.tagger",
    "sha256": {"module": "a", "imports": "b", "contracts": "c"},
}
IDENTITY = {"dataset": "d", "spec": "window", "seed": 0, "threads": 1, "code": CODE}


def code(**parts):
    return {**IDENTITY, "code": {**CODE, **parts}}


def hashes(**parts):
    return code(sha256={**CODE["sha256"], **parts})


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({**IDENTITY, "threads": 2, "budget": 5.0}, ["threads", "budget"]),
        (code(version="1.1"), ["version of seqbench-window (1.0, now 1.1)"]),
        (hashes(module="z"), ["its module window.tagger"]),
        (hashes(imports="z"), ["what window.tagger imports"]),
        (hashes(contracts="z"), ["what every tagger of seqbench is handed (seqbench.contracts)"]),
        (hashes(module="z", imports="z"), ["its module window.tagger", "what window.tagger imports"]),
        (code(missing=["window.fast"]), ["modules that cannot be found (window.fast)"]),
        (code(files={"vectors": "1"}), ["contents of files that the spec names (vectors)"]),
        (IDENTITY, []),
    ],
)
def test_what_differs_is_named(now, expected):
    assert changes(IDENTITY, now) == expected


def test_what_is_there_no_more_is_named_too():
    assert changes({**IDENTITY, "budget": 5.0}, IDENTITY) == ["budget"]
    assert changes(code(missing=["window.fast"]), IDENTITY) == ["modules that cannot be found (now none)"]


def test_of_a_composite_the_part_is_named():
    part = {**CODE, "spec": "one"}
    changed = {**part, "sha256": {**CODE["sha256"], "module": "z"}}
    assert changes(code(parts=[part]), code(parts=[changed])) == ["its module window.tagger, of part one"]


def test_a_trial_of_an_older_seqbench_is_told_that_code_counts_in_another_way():
    (change,) = changes(code(sha256="of all files"), IDENTITY)
    assert change.startswith("how code counts: by the files that a tagger imports")


def test_what_was_handed_over_always_runs():
    assert "handed over in Python" in changes({"code": {"once": "a"}}, {"code": {"once": "b"}})[0]


TAGGER = """
from seqbench import hookimpl
try:
    import words_of_mine
except ImportError:
    pass

class Mine:
    def fit(self, train, conditions): ...
    def predict(self, sentences): return [["NN"] * len(sentence) for sentence in sentences]

@hookimpl
def register_taggers(register):
    register("mine", Mine, "")
"""


@pytest.fixture
def notes_of(tmp_path):
    """Gives what users are told by one more run with the plugin file `mine.py`."""

    def notes_of(spec="mine"):
        registry, notes = Registry(), []
        registry.add_file(tmp_path / "mine.py")
        plan = Plan([dataset()], [resolve(registry, parse(spec))])
        run(plan, registry, Store.create(tmp_path / "run"), notes.append)
        return notes

    (tmp_path / "mine.py").write_text(TAGGER)
    return notes_of


def test_an_edit_of_a_file_beside_a_plugin_reruns_its_trials_only_where_the_plugin_imports_it(tmp_path, notes_of):
    notes_of()
    (tmp_path / "unrelated.py").write_text("")
    assert notes_of() == ["1 of 1 trials are finished already and kept"]
    (tmp_path / "words_of_mine.py").write_text("")
    told = "mine on sample, seed 0 runs again: changed since it finished: what mine.py imports"
    assert notes_of() == [told]


def test_of_several_earlier_trials_the_one_that_differs_the_least_tells_why(tmp_path, notes_of):
    notes_of("m=mine")
    (tmp_path / "mine.py").write_text(TAGGER + "# edited")
    notes_of("m=mine")
    (tmp_path / "words_of_mine.py").write_text("")
    assert notes_of("m=mine") == ["m on sample, seed 0 runs again: changed since it finished: what mine.py imports"]
