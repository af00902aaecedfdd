"""The application on a port of this machine: answers equal to offline predictions, and a refusal for all else."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from kept import WORDS, kept, loaded
from served import serving

from seqbench import UsageError
from seqbench.serving.http.access import Guard
from seqbench.serving.http.application import application, named
from seqbench.serving.http.limits import Limits


@pytest.fixture(scope="module")
def server(models):
    with serving(models, body=20_000, tokens=1000, client_seconds=0.5) as served:
        yield served


def test_many_clients_at_once_get_what_the_models_say_offline(server, models):
    expected = {label: model.predict(WORDS) for label, model in models.items()}

    def ask(number):
        chosen = [(number + step) % len(WORDS) for step in range(number % 4 + 1)]
        status, told = server.tag(sentences=[WORDS[n] for n in chosen])
        wanted = {label: {"tags": [tags[n] for n in chosen]} for label, tags in expected.items()}
        return status == 200 and told["models"] == wanted

    with ThreadPoolExecutor(10) as clients:
        assert all(clients.map(ask, range(200)))


def test_words_on_which_models_differ_are_told(server, models):
    _, told = server.tag(text="Everybody read that zorp")
    both = [model.predict([WORDS[1]])[0] for model in models.values()]
    assert told["sentences"] == [WORDS[1]]
    assert told["differing"] == [[n for n, (a, b) in enumerate(zip(*both, strict=True)) if a != b]] != [[]]


def test_some_models_and_their_probabilities_can_be_asked_for(server):
    status, told = server.tag(text="The dog", models=["hmm"], nbest=2)
    assert status == 200
    assert [*told["models"]] == ["hmm"]
    assert told["models"]["hmm"]["nbest"][0][0][0][0] == told["models"]["hmm"]["tags"][0][0]


def test_models_are_described(server, models):
    _, told, _ = server.ask("GET", "/models")
    assert [model["label"] for model in told] == [*models]
    assert [model["tags"] for model in told] == [model.tags for model in models.values()]


@pytest.mark.parametrize("path", ["/", "/page.js", "/page.css", "/health", "/metrics", "/openapi.json"])
def test_every_address_answers(server, path):
    assert server.ask("GET", path)[0] == 200


@pytest.mark.parametrize(
    ("asked", "headers", "status"),
    [
        (("POST", "/tag", b"{"), {}, 400),
        (("POST", "/tag", {"text": "a", "models": ["zorp"]}), {}, 400),
        (("POST", "/tag", {"text": "a", "models": []}), {}, 400),
        (("POST", "/tag", {"text": "a"}), {"Content_Type": "text/plain"}, 415),
        (("POST", "/tag", b" " * 30_000), {}, 413),
        (("POST", "/tag", {"sentences": [["a"] * 600] * 2}), {}, 413),
        (("GET", "/tag", None), {}, 405),
        (("GET", "/../../etc/passwd", None), {}, 404),
        (("GET", "/page.py", None), {}, 404),
    ],
)
def test_bad_requests_are_answered_with_a_reason(server, asked, headers, status):
    method, path, body = asked
    answered, told, _ = server.ask(method, path, body, **headers)
    assert (answered, [*told]) == (status, ["error"])
    assert server.tag(text="The dog")[0] == 200


def test_probabilities_of_a_model_without_them_are_refused(models, tmp_path):
    perceptron = loaded(kept("perceptron(epochs=1)", tmp_path / "p"))
    with serving({"p": perceptron}) as server:
        status, told = server.tag(text="The dog", nbest=1)
        assert (status, "no probabilities" in told["error"]) == (400, True)


def test_models_with_one_label_are_named_by_their_folders(hmm):
    assert [*named([hmm])] == ["hmm"]
    assert [*named([hmm, hmm])] == [str(hmm.folder)]


def test_a_model_that_reads_more_than_words_is_refused(tmp_path):
    rows = "the DET B\ndog NN I\nran V O\n\n" * 12
    (tmp_path / "chunks.txt").write_text(rows)
    model = loaded(kept("crf", tmp_path / "m", f"{tmp_path}/chunks.txt?tags=3&features=2"))
    with pytest.raises(UsageError, match="beside the words"):
        application({"crf": model}, Limits(), Guard(), lambda _event: None)


def test_words_are_not_logged(server):
    server.tag(text="Everybody read a secret")
    server.ask("GET", "/health")
    assert "secret" not in json.dumps(server.events)
    assert 4 in [event.get("tokens") for event in server.events]
