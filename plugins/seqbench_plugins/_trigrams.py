"""Tag trigrams by deleted interpolation, and exact inference over pairs of tags, many sentences at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_AT_ONCE = 64


def trigrams(ids: NDArray[np.int32], offsets: NDArray[np.int64], tags: int) -> Array:
    """P(tag | two before): (tags + 1, tags + 1, tags + 1); index `tags` is the border, before and after the sentence.

    The weights of uni-, bi- and trigrams come from deleted interpolation (Brants 2000).
    """
    counts = _counts(ids, offsets, tags)
    bigram_counts = counts.sum(0)
    unigram_counts = bigram_counts.sum(0)
    contexts = counts.sum(2, keepdims=True)
    trigram = counts / np.maximum(contexts, 1)
    bigram = bigram_counts / np.maximum(bigram_counts.sum(1, keepdims=True), 1)
    unigram = unigram_counts / unigram_counts.sum()
    leave_one_out = np.stack(
        [
            np.broadcast_to(_without_one(unigram_counts, unigram_counts.sum()), counts.shape),
            np.broadcast_to(_without_one(bigram_counts, bigram_counts.sum(1, keepdims=True)), counts.shape),
            _without_one(counts, contexts),
        ]
    )
    best = leave_one_out.argmax(0)
    weights = np.array([counts[best == order].sum() for order in range(3)])
    weights = (weights + 1) / (weights + 1).sum()
    mixed: Array = weights[0] * unigram + weights[1] * bigram + weights[2] * trigram
    total: Array = mixed.sum(2, keepdims=True)
    return mixed / total


def _counts(ids: NDArray[np.int32], offsets: NDArray[np.int64], tags: int) -> Array:
    """Of each trigram with two borders before and one after every sentence."""
    lengths = np.diff(offsets)
    full = lengths > 0
    starts = np.concatenate([[0], np.cumsum(lengths[full] + 3)])
    line = np.full(starts[-1], tags, np.int64)
    inside = np.arange(len(ids)) + np.repeat(starts[:-1] + 2 - offsets[:-1][full], lengths[full])
    line[inside] = ids
    ends = np.repeat(starts[1:], lengths[full] + 3)
    usable = np.arange(len(line)) + 2 < ends
    first = np.flatnonzero(usable)
    keys = (line[first] * (tags + 1) + line[first + 1]) * (tags + 1) + line[first + 2]
    counts: Array = np.bincount(keys, minlength=(tags + 1) ** 3).reshape((tags + 1,) * 3).astype(float)
    return counts


def _without_one(counts: Array, totals: Array) -> Array:
    """The relative frequency with one occurrence taken out; below 0 where there is none to take."""
    left: Array = np.where(totals > 1, (counts - 1) / np.maximum(totals - 1, 1), 0) - (counts == 0)
    return left


@dataclass(frozen=True, eq=False)
class Lattice:
    """Sentences of a corpus, whose hidden states are pairs of tags: (tag before, tag)."""

    transitions: Array
    offsets: NDArray[np.int64]

    def _groups(self) -> Iterator[NDArray[np.int64]]:
        """Places (sentences, time) of sentences of the same length."""
        lengths = np.diff(self.offsets)
        for length in np.unique(lengths[lengths > 0]):
            members = np.flatnonzero(lengths == length)
            for start in range(0, len(members), _AT_ONCE):
                yield self.offsets[members[start : start + _AT_ONCE]][:, None] + np.arange(length)

    def viterbi(self, scores: Array) -> NDArray[np.int64]:
        """The most probable tags (tokens,), by scores (tokens, tags) proportional to P(word | tag)."""
        best = np.zeros(len(scores), np.int64)
        tags = scores.shape[1]
        inner, last = self._logs(tags)
        for places in self._groups():
            logs = np.log(np.maximum(scores[places], 1e-300))  # (sentences, time, tags)
            state = inner[tags, tags][None, None, :] + logs[:, 0][:, None, :]  # (sentences, before, tag)
            back = []
            for time in range(1, places.shape[1]):
                first = inner[tags, :tags] if time == 1 else inner[:tags, :tags]
                moves = state[:, :, :, None] + (first[None, None] if time == 1 else first[None])
                back.append(moves.argmax(1))  # (sentences, tag before, tag)
                state = moves.max(1) + logs[:, time][:, None, :]
            best[places] = _followed(state + last[tags if places.shape[1] == 1 else slice(tags), :tags], back)
        return best

    def marginals(self, scores: Array) -> Array:
        """P(tag | sentence) of each token: (tokens, tags), by forward-backward."""
        found = np.zeros(scores.shape)
        for places in self._groups():
            found[places] = self._posteriors(scores[places])
        return found

    def _posteriors(self, shown: Array) -> Array:
        """(sentences, time, tags) -> the same shape, sums to 1."""
        tags, length = shown.shape[2], shown.shape[1]
        moves = self.transitions[..., :tags]
        forward = [(moves[tags, tags] * shown[:, 0])[:, None, :]]  # (sentences, before, tag)
        for time in range(1, length):
            step = moves[tags : tags + 1, :tags] if time == 1 else moves[:tags, :tags]
            ahead = np.einsum("sab,abc->sbc", forward[-1], step) * shown[:, time][:, None, :]
            forward.append(ahead / ahead.sum((1, 2), keepdims=True))
        end = self.transitions[tags : tags + 1, :tags, tags] if length == 1 else self.transitions[:tags, :tags, tags]
        behind = np.broadcast_to(end, forward[-1].shape)
        found = np.empty(shown.shape)
        for time in range(length - 1, -1, -1):
            joint = (forward[time] * behind).sum(1)
            found[:, time] = joint / joint.sum(1, keepdims=True)
            if time:
                step = moves[tags : tags + 1, :tags] if time == 1 else moves[:tags, :tags]
                behind = np.einsum("abc,sbc->sab", step, behind * shown[:, time][:, None, :])
                behind = behind / np.maximum(behind.sum((1, 2), keepdims=True), 1e-300)
        return found

    def _logs(self, tags: int) -> tuple[Array, Array]:
        logs = np.log(np.maximum(self.transitions, 1e-300))
        return logs[..., :tags], logs[..., tags]


def _followed(state: Array, back: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The tags (sentences, time) that lead to the best last pair."""
    sentences = np.arange(len(state))
    before, tag = np.divmod(state.reshape(len(state), -1).argmax(1), state.shape[2])
    path = [tag]
    for choices in back[::-1]:
        path.append(before)
        before, tag = choices[sentences, before, tag], before
    return np.stack(path[::-1], 1)
