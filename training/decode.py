"""From logits to spans: Viterbi over BIO labels, as the reader in Rust decodes."""
import numpy as np

from . import tokens

FORBIDDEN = -1e4
WEIGHT = 0.3  # of the transitions counted in training data


def allowed(labels):
    """0 where a label may follow another, FORBIDDEN where not: I-x comes after B-x and I-x only."""
    table = np.zeros((labels, labels), np.float32)
    for to in range(2, labels, 2):
        table[:, to] = FORBIDDEN
        table[[to - 1, to], to] = 0
    return table


def count_transitions(sequences, labels):
    """log P(to | from) - log P(to), over sequences of labels, one added to every count."""
    count = np.ones((labels, labels))
    for y in sequences:
        np.add.at(count, (y[:-1], y[1:]), 1)
    return np.log(count / count.sum(1, keepdims=True)) - np.log(count.sum(0) / count.sum())


def attribution_transitions(sequences):
    n = len(tokens.ATTRIBUTION)
    table = allowed(n)
    return np.where(table == 0, WEIGHT * count_transitions(sequences, n), table).astype(np.float32)


def log_softmax(x):
    x = x - x.max(-1, keepdims=True)
    return x - np.log(np.exp(x).sum(-1, keepdims=True))


def viterbi(scores, transitions):
    """The best sequence of labels for rows of log-probabilities. A text does not begin with I-x."""
    if not len(scores):
        return np.zeros(0, np.int64)
    best = scores[0].astype(np.float64)
    best[2::2] += FORBIDDEN
    came = np.zeros(scores.shape, np.int64)
    for k in range(1, len(scores)):
        paths = best[:, None] + transitions
        came[k] = paths.argmax(0)
        best = paths.max(0) + scores[k]
    y = np.zeros(len(scores), np.int64)
    y[-1] = best.argmax()
    for k in range(len(scores) - 1, 0, -1):
        y[k - 1] = came[k][y[k]]
    return y


def spans(y, labels):
    """(kind, begin, end) of each span, in words."""
    out, i = [], 0
    while i < len(y):
        j = i + 1
        if y[i] % 2 == 1:
            while j < len(y) and y[j] == y[i] + 1:
                j += 1
            out.append((labels[y[i]][2:], i, j))
        i = j
    return out
