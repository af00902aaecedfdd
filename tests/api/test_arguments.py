"""What people write in Python and is no request is answered with the way out."""

from dataclasses import dataclass

import pytest
from python_run import run
from samples import Constant, dataset
from sklearn.tree import DecisionTreeClassifier

import seqbench
from seqbench.errors import UsageError


@dataclass(kw_only=True)
class Needy(Constant):
    length: int


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"models": {"mine": Constant()}}, "must be a class or another factory: write lambda: Constant"),
        ({"models": {"mine": Needy}}, "must need no arguments: write lambda: Needy"),
        ({"models": {"tree": DecisionTreeClassifier()}}, r"wrap it with seqbench.adapters: lambda: PerToken\(Decision"),
        ({"models": {"tree": DecisionTreeClassifier}}, r"wrap it with seqbench.adapters: lambda: PerToken\(Decision"),
        ({"models": [DecisionTreeClassifier()]}, "'DecisionTreeClassifier' is an estimator, no tagger; wrap it"),
        ({"models": DecisionTreeClassifier()}, "'DecisionTreeClassifier' is an estimator, no tagger; wrap it"),
        ({"models": [Constant]}, "models are specs, or a mapping of labels to specs and factories"),
        ({"models": "baseline", "data": ["tutorial", "tutorial"]}, "hold the same data .*; leave one out"),
        ({"models": "baseline", "data": [dataset(), dataset("other")]}, "hold the same data"),
        ({"models": "baseline", "folds": 2, "resplits": 2}, "choose one"),
        ({"models": "baseline", "against": "nobody"}, "no model of this run is named 'nobody'"),
        ({"models": "baseline", "memory": "much"}, "memory must be a size such as 2G"),
        ({"models": {"mine": Constant}, "jobs": 2}, "known to this process only"),
        ({"models": "baselin"}, "Did you mean 'baseline'"),
        ({"models": ["baseline", "baseline"]}, "the label 'baseline' is used twice"),
        ({"data": "nowhere", "models": "baseline"}, "no dataset or path is named 'nowhere'"),
    ],
)
def test_what_does_not_fit_is_a_usage_error(given, why):
    with pytest.raises(UsageError, match=why):
        run(**given)


@pytest.mark.parametrize(
    ("function", "arguments", "misspelt", "meant"),
    [
        (seqbench.train, {"model": "baseline", "out": "x"}, "epoch", "epochs"),
        (seqbench.tune, {"models": "baseline"}, "trial", "trials"),
        (seqbench.probe, {}, "upto", "up_to"),
        (seqbench.score, {"gold": "x"}, "trained", "train"),
    ],
)
def test_a_misspelt_option_is_answered_with_the_nearest_one(function, arguments, misspelt, meant):
    why = f"no option of seqbench.{function.__name__} is named '{misspelt}'. Did you mean '{meant}'"
    with pytest.raises(UsageError, match=why):
        function(**arguments, **{misspelt: 1})
