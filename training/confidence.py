"""How sure the tagger is of a content: the material for training.calibrate."""
import numpy as np

from . import decode, polnear, tokens


def marginals(scores, transitions):
    """P(label of each word | text), by forward and backward over the same scores that Viterbi takes."""
    n, labels = scores.shape
    forward, backward = np.zeros((n, labels)), np.zeros((n, labels))

    def add(x, axis):
        top = x.max(axis)
        return top + np.log(np.exp(x - np.expand_dims(top, axis)).sum(axis))

    forward[0] = scores[0]
    forward[0, 2::2] += decode.FORBIDDEN
    for k in range(1, n):
        forward[k] = add(forward[k - 1][:, None] + transitions, 0) + scores[k]
    for k in range(n - 2, -1, -1):
        backward[k] = add(transitions + scores[k + 1] + backward[k + 1], 1)
    both = forward + backward
    both -= both.max(1, keepdims=True)
    both = np.exp(both)
    return both / both.sum(1, keepdims=True)


def contents(article, toks, scores, y, transitions):
    """A line a predicted content. confidence: the mean over its words of P(content); edges: the smaller of P(begins here)
    and P(does not go on behind its end). right: at least half of the words of span and gold together are in both; exact: the same words."""
    gold = decode.spans(polnear.labels(article, toks), tokens.ATTRIBUTION)
    gold = [(s, e) for kind, s, e in gold if kind == "CONTENT"]
    p = marginals(scores, transitions) if len(scores) else scores
    begin, inside = tokens.ATTRIBUTION.index("B-CONTENT"), tokens.ATTRIBUTION.index("I-CONTENT")
    for kind, s, e in decode.spans(y, tokens.ATTRIBUTION):
        if kind != "CONTENT":
            continue
        share = max(((min(e, v) - max(s, u)) / (max(e, v) - min(s, u)) for u, v in gold if u < e and s < v), default=0)
        edges = min(p[s, begin], 1 - p[e, inside] if e < len(p) else 1)
        yield {"id": article["id"], "confidence": round(float(p[s:e, begin].sum() + p[s:e, inside].sum()) / (e - s), 4),
               "edges": round(float(edges), 4), "right": share >= 0.5, "exact": (s, e) in gold}
