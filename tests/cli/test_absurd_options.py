"""Options that nobody can mean: one sentence, exit code 2, and no long wait; a field given twice is refused."""

import pytest
from program import called

NAME, HUGE = "a" * 300, str(10**24)
DEEP, MINUS = "[" * 5000 + "]" * 5000, "-" * 5000
ABSURD = {
    "deep spec": ["run", "--models", f"hmm(rare={DEEP})"],
    "deep expression": ["run", "--models", f"hmm(rare={MINUS}1)"],
    "huge number": ["run", "--models", f"hmm(rare={'1' * 2_000_000})"],
    "NUL in a field": ["run", "--models", "hmm(rare=\0)"],
    "NUL in a name": ["run", "--models", "hm\0m"],
    "NUL in data": ["run", "--data", "./a\0b"],
    "long name": ["run", "--models", "x" * 100_000],
    "long label": ["run", "--models", f"{NAME}=baseline"],
    "long field": ["run", "--models", f"hmm({'x' * 5000}=1)"],
    "long data": ["run", "--data", f"./{NAME}"],
    "long out": ["run", "--data", "tutorial", "--models", "baseline", "--out", NAME],
    "long plugin": ["run", "--plugin", f"{NAME}.py"],
    "long run": ["show", f"./{NAME}"],
    "long run to verify": ["verify", NAME],
    "long plugin to check": ["check", f"{NAME}.py"],
    "long new plugin": ["new-plugin", NAME],
    "long gold": ["score", NAME, NAME],
    "timeout nan": ["run", "--timeout", "nan"],
    "timeout inf": ["run", "--timeout", "inf"],
    "budget nan": ["run", "--budget", "nan"],
    "memory of 400 digits": ["run", "--memory", f"{'1' * 400}G"],
    "folds": ["run", "--folds", HUGE],
    "one of many folds": ["run", "--data", f"tutorial?fold=1/{HUGE}"],
    "resplits": ["run", "--resplits", HUGE],
    "resplit": ["run", "--data", f"tutorial?resplit={'9' * 5000}"],
    "train sizes": ["run", "--train-sizes", "9" * 5000],
    "seeds": ["run", "--seeds", HUGE],
    "jobs": ["run", "--jobs", HUGE],
    "epochs": ["run", "--epochs", HUGE],
    "field twice": ["run", "--models", "hmm(rare=1, rare=2)"],
    "set twice": ["run", "--models", "hmm", "--set", "hmm.rare=1", "--set", "hmm.rare=2"],
    "deep set": ["run", "--models", "hmm", "--set", f"hmm.rare={DEEP}"],
}


@pytest.mark.parametrize("command", ABSURD.values(), ids=ABSURD)
def test_an_absurd_option_is_answered_in_one_sentence(command, tmp_path):
    done = called(*command, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    told = [line for line in done.stderr.splitlines() if not line.startswith("warning:")]
    assert len(told) == 1
    assert len(told[0]) < 1100


def test_a_field_that_is_given_twice_is_named(tmp_path):
    assert "field 'rare' of 'hmm(rare=1, rare=2)' is given 2 times" in called(*ABSURD["field twice"]).stderr
    assert "field 'rare' of 'hmm' is set twice, the second time by 'hmm.rare=2'" in called(*ABSURD["set twice"]).stderr
