"""From what is asked for to a plan: names and options to models and datasets, refused before anything is trained."""

import re
from dataclasses import dataclass, field, replace
from typing import Annotated

import numpy as np
import pytest
from bad_plugins import plugin
from runs import registry_of
from samples import Constant, Seeded, dataset

from seqbench import Corpus, Dataset
from seqbench.errors import DataError, SeqbenchError, UsageError
from seqbench.registry.discovery import Registry
from seqbench.registry.specs import Spec
from seqbench.running.request import RunRequest, datasets_of, models_of, plan_of, specs_of


@dataclass(kw_only=True)
class Trained(Constant):
    epochs: Annotated[int, "epochs"] = 10
    rate: Annotated[float, "rate"] = 1.0
    sizes: list[int] = field(default_factory=list)


@pytest.fixture
def registry():
    return registry_of(constant=Constant, seeded=Seeded, trained=Trained)


def planned(registry, notes=None, **request):
    request = {"data": [dataset()], "models": ["constant"], "device": "cpu", **request}
    return plan_of(RunRequest(**request), registry, (notes if notes is not None else []).append)


def test_a_plan_has_the_models_and_conditions_that_were_asked_for(registry, tmp_path):
    file = plugin(tmp_path, "one")
    plan = planned(registry, models=["constant,s=seeded(epochs=3)"], seeds=3, threads=2, budget=60.0, fresh=True,
                   plugins=[file], command=["run"], planned={"seeds": 3})  # fmt: skip
    assert [(model.label, model.spec) for model in plan.models] == [
        ("constant", "constant(tag='NN')"),
        ("s", "seeded(epochs=3, rate=1.0)"),
    ]
    assert (plan.seeds, plan.device, plan.threads, plan.budget, plan.fresh) == (3, "cpu", 2, 60.0, True)
    assert (plan.plugins, plan.command, plan.planned) == ([file], ["run"], {"seeds": 3})


def test_the_spec_wins_over_settings_these_over_epochs_and_those_over_defaults(registry):
    models = ["a=trained(epochs=1)", "b=trained", "c=trained", "d=trained"]
    settings = ["a.epochs=2", "b.epochs=2", "c.rate=0.5"]
    plan = planned(registry, models=models, settings=settings, epochs=3)
    assert [model.fields["epochs"] for model in plan.models] == [1, 2, 3, 3]
    assert [model.fields["rate"] for model in plan.models] == [1.0, 1.0, 0.5, 1.0]
    assert planned(registry, models=models).models[3].fields["epochs"] == 10


def test_models_that_have_no_epochs_are_named_in_one_note(registry):
    notes = []
    planned(registry, notes, models=["constant", "trained", "c=constant(tag='V')"], epochs=3)
    assert notes == ["note: --epochs does not apply to constant, c"]


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        ({"folds": 2, "resplits": 2}, "--folds and --resplits are two ways to split the same data; choose one"),
        ({"models": ["constnat"]}, "no tagger is named 'constnat'. Did you mean 'constant'?"),
        ({"models": ["constant", "constant"]}, "the label 'constant' is used twice"),
        ({"models": ["trained(rate='fast')"]}, "'rate' of trained must be float"),
        ({"settings": ["constat.tag=V"]}, "no model of this run is named 'constat'. Did you mean 'constant'?"),
        ({"settings": ["constant.tga=V"]}, "no field of constant is named 'tga'. Did you mean 'tag'?"),
        ({"against": "nobody"}, "no model of this run is named 'nobody'"),
        ({"data": [dataset(), dataset("other")]}, "hold the same data"),
        ({"train_sizes": ["few"]}, "--train-sizes takes numbers of sentences"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_way_out(registry, request_, why):
    with pytest.raises(UsageError) as refused:
        planned(registry, **request_)
    assert why in str(refused.value)


def test_without_models_or_data_the_default_ones_are_meant():
    registry = Registry.discover(points=())
    request = RunRequest(device="cpu")
    assert [spec.name for spec in specs_of(request, registry)] == [
        name for name, entry in registry.taggers.items() if entry.default
    ]
    assert [data.name for data in datasets_of(request, registry, lambda _: None)] == [
        name for name, entry in registry.datasets.items() if entry.default
    ]


def test_where_no_default_is_registered_one_must_be_named(registry):
    with pytest.raises(UsageError, match="no model is registered as default; name one with --models"):
        specs_of(RunRequest(), registry)
    with pytest.raises(SeqbenchError, match="no dataset is registered as default; name one with --data"):
        datasets_of(RunRequest(), registry, lambda _: None)


def test_parsed_specs_are_taken_as_they_are(registry):
    spec = Spec("my label, with a comma", "constant", {"tag": "V"})
    (model,) = models_of(RunRequest(models=[spec]), registry, lambda _: None)
    assert (model.label, model.spec) == ("my label, with a comma", "constant(tag='V')")


def test_every_split_of_every_dataset_is_a_dataset_of_its_own_name(registry):
    sentences = [[f"w{number}", "b"] for number in range(30)]
    corpus = Corpus.encode(sentences, [["X", "Y"]] * 30)
    data = [Dataset.of(name, train=corpus.part(0, 20 + n), dev=corpus.part(20, 25), test=corpus.part(25, 30))
            for n, name in enumerate("ab")]  # fmt: skip
    plan = planned(registry, data=data, folds=2, train_sizes=["5,all"])
    assert [dataset.name for dataset in plan.datasets] == [
        f"{name}, fold {fold}/2{size}" for name in "ab" for fold in (1, 2) for size in (", train-size 5", "")
    ]


def test_what_is_wrong_with_a_dataset_is_a_warning(registry):
    notes = []
    data = Dataset.of("d", train=dataset().train, test=dataset().test, notes=("test is train",))
    planned(registry, notes, data=[data])
    assert notes == ["warning: d: test is train"]


def test_a_plugin_of_taggers_is_not_loaded_in_this_process(tmp_path):
    registry = Registry.discover(points=())
    file = plugin(tmp_path, "one")
    (model,) = models_of(RunRequest(models=["mine=one"], plugins=[file]), registry, lambda _: None)
    assert (model.label, model.spec) == ("mine", "one")
    with pytest.raises(SeqbenchError, match="only worker processes load it"):
        model.build()


def test_beside_taggers_of_this_process_a_plugin_file_is_loaded_here(registry, tmp_path):
    models = models_of(RunRequest(models=["one", "constant"], plugins=[plugin(tmp_path, "one")]), registry, print)
    assert [type(model.build()).__name__ for model in models] == ["Tagger", "Constant"]


def test_more_tags_than_scores_can_be_kept_of_are_refused_with_the_figure_before_training(registry):
    word, tags = Corpus.encode([["a"]], [["tag"]]), np.full(1_000_001, "tag", object)
    many = Dataset(name="lemmas", train=word, dev=None, test=replace(word, tags=replace(word.tags, vocabulary=tags)))
    with pytest.raises(DataError, match=r"lemmas has 1,000,001 different tags, .* at most 1,000,000; choose a column"):
        datasets_of(RunRequest(data=[many]), registry, lambda _note: None)


def test_a_choice_by_spans_is_noted_and_one_without_dev_too(registry):
    spans = Corpus.encode([["a", "b"], ["c", "d"]], [["B-X", "I-X"], ["O", "B-Y"]])
    data, notes = Dataset.of("spans", train=spans, dev=spans, test=spans), []
    plan = planned(registry, notes, data=[data])
    assert str(plan.selections[data.fingerprint]) == "span-f1 (IOB2)"
    assert notes[-1].startswith("note: spans: epochs and hyperparameters are chosen by span-f1 (IOB2) of dev; --select")
    assert planned(registry, data=[data], select="accuracy").selections[data.fingerprint].metric == "accuracy"
    notes.clear()
    other = Dataset.of("spans", train=spans, dev=spans, test=Corpus.encode([["e"]], [["B-X"]]))
    assert len(planned(registry, notes, data=[other.drawn_from(data, {"fold": "1/2"}), data]).selections) == 2
    assert sum("epochs and hyperparameters" in text for text in notes) == 1
    notes.clear()
    assert planned(registry, notes, select="accuracy").selections == {}
    assert notes == ["note: --select has no effect on sample, which has no dev data"]


@pytest.mark.parametrize("many", [{"seeds": 10**9}, {"folds": 10**9}, {"resplits": 1000, "train_sizes": ["1,2"] * 9}])
def test_more_trials_than_a_run_can_have_are_refused_before_any_is_listed(registry, many):
    asked = {"models": ["seeded"], "seeds": 101, **many}
    with pytest.raises(UsageError, match=r"this asks for [\d,]+ trials, and a run has at most 100,000: take fewer"):
        planned(registry, **asked)


def test_what_holds_of_all_splits_of_a_dataset_is_said_once(registry):
    data, notes = Dataset.of("d", train=dataset().train, test=dataset().test, notes=("one line was left out",)), []
    plan = planned(registry, notes, data=[data], resplits=3)
    assert len(plan.datasets) == 3
    assert [text for text in notes if "left out" in text] == ["warning: d, resplit 1: one line was left out"]


def test_of_many_notes_on_single_splits_the_first_are_said_and_the_others_counted(registry):
    letters = [f"w{'ab'[n % 2]}{'cd'[n // 2 % 2]}{'efghijklmnop'[n // 4]}" for n in range(48)]
    words = [[each, "has", f"of {each}", f"by {each}"] for word in letters for each in (word, word.upper())]
    corpus, notes = Corpus.encode(words, [["A", "B", "C", "D"]] * len(words)), []
    data = Dataset.of("d", train=corpus, test=Corpus.encode([["alone"]], [["A"]]))
    datasets_of(RunRequest(data=[data], folds=8), registry, notes.append)
    *first, last = notes
    assert len(first) == 3
    assert re.fullmatch(r"warning: d: \d+ more such notes on single splits; the page of .* has all", last)
