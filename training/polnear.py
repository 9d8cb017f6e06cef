"""PolNeAR's articles as ../shared/bench/quotes holds them: one article a line, spans in characters."""
import json

from . import documents, tokens


def read(path, limit=None):
    with open(path, encoding="utf8") as f:
        for n, line in enumerate(f):
            if limit is not None and n >= limit:
                return
            yield json.loads(line)


def spans(article):
    """(role, start, end) of every source, cue and content."""
    return [(role, start, end) for attribution in article["attributions"] for role, key in enumerate(("source", "cue", "content"))
            for start, end in attribution[key] or []]


def labels(article, toks):
    return documents.attribution_labels(article["text"], spans(article), toks)


def load(path, limit=None):
    return [documents.Document(a["id"], a["text"], spans(a)) for a in read(path, limit)]
