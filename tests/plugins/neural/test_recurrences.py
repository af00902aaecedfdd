"""Recurrences of 2020 to 2024: what their papers say, token by token in double precision, with the same gradients."""

import math

import numpy as np
import pytest
import torch
from few_sentences import CORPUS, SMALL, UNSEEN, fitted
from torch.nn.functional import silu, softplus

from seqbench import SeqbenchError, Sequences, UsageError, make
from seqbench.neural import Shape
from seqbench_plugins.neural._linear_recurrence import linear_recurrence
from seqbench_plugins.neural.gated_delta import GatedDelta, GatedDeltaTagger
from seqbench_plugins.neural.linear_attention import LinearAttention, LinearAttentionTagger
from seqbench_plugins.neural.mamba import MambaTagger, SelectiveStateSpace
from seqbench_plugins.neural.mingru import MinimalGRU, MinimalGRUTagger
from seqbench_plugins.neural.minlstm import MinimalLSTM, MinimalLSTMTagger
from seqbench_plugins.neural.mlstm import MatrixLSTM, MatrixLSTMTagger
from seqbench_plugins.neural.slstm import ScalarLSTM, ScalarLSTMTagger
from seqbench_plugins.neural.ssm import DiagonalStateSpace, StateSpaceTagger

TAGGERS = [
    MinimalGRUTagger, MinimalLSTMTagger, StateSpaceTagger, MambaTagger, LinearAttentionTagger, GatedDeltaTagger,
    MatrixLSTMTagger, ScalarLSTMTagger,
]  # fmt: skip
NAMES = ["mingru", "minlstm", "ssm", "mamba", "linear-attention", "gated-delta", "mlstm", "slstm"]


def mingru(cell, tokens):
    hidden, outputs = torch.zeros(cell.width, dtype=torch.float64), []
    for token in tokens:
        gate, candidate = (cell.gates.weight @ token + cell.gates.bias).chunk(2)
        z = 1 / (1 + torch.exp(-gate))
        hidden = (1 - z) * hidden + z * candidate
        outputs.append(hidden)
    return torch.stack(outputs)


def minlstm(cell, tokens):
    hidden, outputs = torch.zeros(cell.width, dtype=torch.float64), []
    for token in tokens:
        forget, enter, candidate = (cell.gates.weight @ token + cell.gates.bias).chunk(3)
        f, i = torch.sigmoid(forget), torch.sigmoid(enter)
        hidden = (f * hidden + i * candidate) / (f + i)
        outputs.append(hidden)
    return torch.stack(outputs)


def ssm(cell, tokens):
    """By pairs of real numbers: a turn by an angle and a shrinkage; the hold as an integral of the exponential."""
    step, shrink = torch.exp(cell.log_step), torch.exp(cell.shrink)
    size, angle = torch.exp(-step * shrink), step * cell.turn
    a_real, a_imag = size * torch.cos(angle), size * torch.sin(angle)
    norm = shrink**2 + cell.turn**2  # (exp(dt A) - 1) / A with A = -shrink + i turn
    b_real = (-(a_real - 1) * shrink + a_imag * cell.turn) / norm
    b_imag = (-a_imag * shrink - (a_real - 1) * cell.turn) / norm
    real = imag = torch.zeros(len(step), dtype=torch.float64)
    outputs = []
    for token in tokens:
        u_real, u_imag = (cell.enter.weight @ token).chunk(2)
        real, imag = (
            a_real * real - a_imag * imag + b_real * u_real - b_imag * u_imag,
            a_real * imag + a_imag * real + b_real * u_imag + b_imag * u_real,
        )
        outputs.append(cell.leave.weight @ torch.cat([real, imag]) + cell.skip * token)
    return torch.stack(outputs)


def mamba(cell, tokens):
    width, memory, outputs, past = cell.width, torch.zeros(cell.width, cell.states, dtype=torch.float64), [], []
    for token in tokens:
        new, gate = (cell.enter.weight @ token + cell.enter.bias).chunk(2)
        past = [*past, new]
        mixed = cell.convolution.bias
        for back in range(min(cell.reach, len(past))):
            mixed = mixed + cell.convolution.weight[:, 0, cell.reach - 1 - back] * past[-1 - back]
        mixed = silu(mixed)
        write, read = (cell.choices.weight @ mixed).chunk(2)
        step = softplus(cell.step.weight @ mixed + cell.step.bias)
        rows = []
        for channel in range(width):
            decay = torch.exp(-step[channel] * torch.exp(cell.log_matrix[channel]))
            rows.append(decay * memory[channel] + step[channel] * write * mixed[channel])
        memory = torch.stack(rows)
        outputs.append(cell.leave.weight @ ((memory @ read + cell.skip * mixed) * silu(gate)) + cell.leave.bias)
    return torch.stack(outputs)


def parts_of_heads(numbers, cell):
    """The numbers of a token, head by head."""
    return numbers.view(cell.heads, -1).unbind(0)


def linear_attention(cell, tokens):
    """By the definition: each token's mean of all values so far, weighted by the products of keys and query."""
    entered = [(cell.enter.weight @ token + cell.enter.bias).chunk(3) for token in tokens]
    outputs = []
    for end in range(len(tokens)):
        heads = []
        for head, query in enumerate(parts_of_heads(entered[end][0], cell)):
            pairs = [[parts_of_heads(part, cell)[head] for part in token[1:]] for token in entered[: end + 1]]
            weights = torch.stack([(torch.nn.functional.elu(query) + 1) @ (torch.nn.functional.elu(key) + 1)
                                   for key, _ in pairs])  # fmt: skip
            heads.append(weights @ torch.stack([value for _, value in pairs]) / weights.sum())
        outputs.append(torch.cat(heads))
    return torch.stack(outputs)


def gated_delta(cell, tokens):
    """By the paper's own form: `S (a (1 - b k k')) + b v k'`, with values as rows."""
    size = cell.width // cell.heads
    memory = [torch.zeros(size, size, dtype=torch.float64) for _ in range(cell.heads)]
    outputs = []
    for token in tokens:
        queries, keys, values = (parts_of_heads(part, cell) for part in (
            cell.enter.weight @ token + cell.enter.bias).chunk(3))  # fmt: skip
        gates = torch.sigmoid(cell.gates.weight @ token + cell.gates.bias)
        for head in range(cell.heads):
            query, key = queries[head] / queries[head].norm(), keys[head] / keys[head].norm()
            keep, write = gates[head], gates[cell.heads + head]
            turn = keep * (torch.eye(size, dtype=torch.float64) - write * torch.outer(key, key))
            memory[head] = memory[head] @ turn + write * torch.outer(values[head], key)
            queries = [*queries[:head], query, *queries[head + 1 :]]
        outputs.append(torch.cat([memory[head] @ queries[head] for head in range(cell.heads)]))
    return torch.stack(outputs)


def mlstm(cell, tokens):
    """Without the factor that keeps sums small."""
    size = cell.width // cell.heads
    memory = [torch.zeros(size, size, dtype=torch.float64)] * cell.heads
    normal = [torch.zeros(size, dtype=torch.float64)] * cell.heads
    outputs = []
    for token in tokens:
        queries, keys, values, leave = (cell.enter.weight @ token + cell.enter.bias).chunk(4)
        forget, enter = (cell.gates.weight @ token + cell.gates.bias).chunk(2)
        heads = []
        for head in range(cell.heads):
            query, key, value = (parts_of_heads(part, cell)[head] for part in (queries, keys, values))
            keep, write, key = torch.sigmoid(forget[head]), torch.exp(enter[head]), key / size**0.5
            memory = [*memory[:head], keep * memory[head] + write * torch.outer(value, key), *memory[head + 1 :]]
            normal = [*normal[:head], keep * normal[head] + write * key, *normal[head + 1 :]]
            heads.append(memory[head] @ query / torch.clamp((normal[head] @ query).abs(), min=1))
        outputs.append(torch.sigmoid(leave) * torch.cat(heads))
    return torch.stack(outputs)


def slstm(cell, tokens):
    """Without the factor that keeps sums small."""
    size = cell.width // cell.heads
    hidden = value = total = torch.zeros(cell.heads, size, dtype=torch.float64)
    outputs = []
    for token in tokens:
        seen = torch.stack([
            part + hidden[head] @ cell.again[head]
            for head, part in enumerate(parts_of_heads(cell.enter.weight @ token + cell.enter.bias, cell))
        ])  # fmt: skip
        enter, forget, leave, new = seen.chunk(4, 1)
        value = torch.sigmoid(forget) * value + torch.exp(enter) * torch.tanh(new)
        total = torch.sigmoid(forget) * total + torch.exp(enter)
        hidden = torch.sigmoid(leave) * value / total
        outputs.append(hidden.flatten())
    return torch.stack(outputs)


CELLS = [
    (MinimalGRU(4), mingru),
    (MinimalLSTM(4), minlstm),
    (DiagonalStateSpace(4), ssm),
    (SelectiveStateSpace(4, 3, 3), mamba),
    (LinearAttention(4, 2), linear_attention),
    (GatedDelta(4, 2), gated_delta),
    (MatrixLSTM(4, 2), mlstm),
    (ScalarLSTM(4, 2), slstm),
]


@pytest.mark.parametrize(("cell", "naive"), CELLS, ids=NAMES)
def test_outputs_and_gradients_equal_those_of_a_naive_reference_in_double_precision(cell, naive):
    torch.manual_seed(1)
    cell = cell.double()
    tokens = torch.randn(2, 6, cell.width, dtype=torch.float64, requires_grad=True)
    weights = torch.randn(2, 6, cell.width, dtype=torch.float64)
    outputs, _ = cell(tokens)
    expected = torch.stack([naive(cell, sentence) for sentence in tokens])
    assert torch.allclose(outputs, expected, atol=1e-12)
    learned = [tokens, *cell.parameters()]
    found = torch.autograd.grad((outputs * weights).sum(), learned)
    reference = torch.autograd.grad((expected * weights).sum(), learned)
    for one, other in zip(found, reference, strict=True):
        assert torch.allclose(one, other, atol=1e-10)


@pytest.mark.parametrize("cell", [LinearAttention(4, 2), MatrixLSTM(4, 2)], ids=["linear-attention", "mlstm"])
def test_chunks_of_a_long_sentence_carry_their_memory_on(cell):
    torch.manual_seed(3)
    cell, tokens = cell.double(), torch.randn(1, 150, 4, dtype=torch.float64)
    whole, last = cell(tokens)
    state, parts = None, []
    for part in tokens.split([1, 70, 79], 1):
        output, state = cell(part, state)
        parts.append(output)
    assert torch.allclose(torch.cat(parts, 1), whole, atol=1e-10)
    assert len(last) == len(state)


def test_large_gates_overflow_nowhere():
    for cell in (MatrixLSTM(4, 2), ScalarLSTM(4, 2)):
        outputs, _ = cell(1000 * torch.randn(1, 100, 4))
        assert outputs.isfinite().all()
        outputs.sum().backward()
        assert all(weights.grad.isfinite().all() for weights in cell.parameters())


@pytest.mark.parametrize("kind", [torch.float64, torch.complex128])
def test_gradients_of_the_recurrence_equal_finite_differences(kind):
    torch.manual_seed(2)
    shapes = [(2, 4, 3), (2, 4, 3), (2, 3)]
    parts = [torch.randn(shape, dtype=kind, requires_grad=True) for shape in shapes]
    assert torch.autograd.gradcheck(linear_recurrence, parts)


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_token_by_token_gets_what_it_gets_as_a_whole(name):
    tagger = fitted(make(f"{name}({SMALL}, layers=2, bidirectional=False)"))
    whole, offset = tagger.predict_proba(UNSEEN), 0
    for sentence in UNSEEN:
        state = tagger.start()
        for form in sentence:
            answer, state = tagger.step(state, form)
            assert answer == pytest.approx(whole[offset], abs=1e-5)
            offset += 1
    assert offset == len(whole)


@pytest.mark.parametrize("name", NAMES)
def test_what_reads_from_both_ends_cannot_tag_token_by_token(name):
    with pytest.raises(UsageError, match="bidirectional=True"):
        fitted(make(f"{name}({SMALL})")).start()


@pytest.mark.parametrize("kind", TAGGERS)
def test_only_what_reads_from_both_ends_sees_what_follows(kind):
    for both in (True, False):
        tagger = fitted(kind(embedding_dim=8, hidden_dim=8, epochs=1, min_steps=2, bidirectional=both))
        pairs = [Sequences.encode([words]).extend(CORPUS.sentences) for words in (["the", "dog"], ["the", "xyz"])]
        first, second = (tagger.predict_proba(pair)[0] for pair in pairs)
        assert np.allclose(first, second, atol=1e-7) is not both


@pytest.mark.parametrize("kind", TAGGERS)
def test_each_layer_has_its_recurrence_in_both_directions(kind):
    network = kind(layers=2, hidden_dim=8, embedding_dim=4).build(Shape.of(CORPUS))
    assert [len(layer.recurrences) for layer in network.layers] == [2, 2]
    assert network.output.in_features == 8


def test_steps_of_the_selective_model_begin_between_a_thousandth_and_a_tenth():
    steps = softplus(SelectiveStateSpace(64, 2, 4).step.bias).detach()
    assert 0.001 <= float(steps.min()) * (1 + 1e-4) < float(steps.max()) <= 0.1 * (1 + 1e-4)
    assert math.isclose(float(-SelectiveStateSpace(2, 3, 4).log_matrix.detach().exp()[0, 2]), -3, rel_tol=1e-6)


def test_heads_divide_the_numbers_of_a_token():
    with pytest.raises(SeqbenchError, match="hidden_dim must be a multiple of heads = 3, was: 8"):
        make("mlstm(hidden_dim=8, heads=3)")


@pytest.mark.parametrize("field", ["hidden_dim=0", "layers=0", "dropout=1.0", "state_dim=0", "reach=0"])
def test_what_cannot_be_is_refused(field):
    with pytest.raises(SeqbenchError, match=f"{field.partition('=')[0]} must be .*, was: "):
        make(f"mamba({field})")
