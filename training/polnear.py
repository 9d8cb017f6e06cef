"""PolNeAR's articles as ../shared/bench/quotes holds them: one article a line, spans in characters."""
import json

import numpy as np

from . import tokens


def read(path, limit=None):
    with open(path, encoding="utf8") as f:
        for n, line in enumerate(f):
            if limit is not None and n >= limit:
                return
            yield json.loads(line)


def labels(article, toks):
    """The label of each word (an index into tokens.ATTRIBUTION). A paragraph mark is never the begin of a span."""
    y = np.zeros(len(toks.words), np.int64)
    for attribution in article["attributions"]:
        for role, key in enumerate(("source", "cue", "content")):
            for start, end in attribution[key] or []:
                s, e = toks.cover(start, end)
                if e > s:
                    y[s:e] = 2 + 2 * role
                    y[s] = 1 + 2 * role
    for i, (start, _) in enumerate(toks.words):
        if article["text"][start] == "\n" and y[i] % 2 == 1:
            y[i] = 0
    return y
