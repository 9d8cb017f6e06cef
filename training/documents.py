"""A training text with what is known about it, in characters, so that its wording can be changed before it is cut into words."""
import json
from dataclasses import asdict, dataclass, field

import numpy as np

from . import tokens


@dataclass
class Document:
    name: str
    text: str
    # (role, start, end), role an index into tokens.ROLES; None: nobody has marked attributions in this text
    spans: list | None
    # (start, end, types): the name has one of these types; with no type the words carry no label
    names: list = field(default_factory=list)


def write(path, documents):
    with open(path, "w", encoding="utf8") as f:
        for d in documents:
            f.write(json.dumps(asdict(d), ensure_ascii=False) + "\n")


def read(path):
    with open(path, encoding="utf8") as f:
        return [Document(**json.loads(line)) for line in f]


def attribution_labels(text, spans, toks):
    """The label of each word (an index into tokens.ATTRIBUTION). A paragraph mark never begins a span."""
    y = np.zeros(len(toks.words), np.int64)
    for role, start, end in spans:
        s, e = toks.cover(start, end)
        if e > s:
            y[s:e] = 2 + 2 * role
            y[s] = 1 + 2 * role
    for i, (start, _) in enumerate(toks.words):
        if text[start] == "\n" and y[i] % 2 == 1:
            y[i] = 0
    return y


def name_labels(text, names, toks):
    """The labels each word may have, as a set of bits (bit i: tokens.NAMES[i]); 0: no opinion.

    Later entries win; one without a type takes only words that no entry before it has taken.
    """
    y = np.ones(len(toks.words), np.int64)
    for start, end, types in names:
        s, e = toks.cover(start, end)
        if e <= s:
            continue
        if types:
            y[s] = sum(1 << tokens.NAME_ID["B-" + t] for t in types)
            y[s + 1:e] = sum(1 << tokens.NAME_ID["I-" + t] for t in types)
        else:
            y[s:e] = np.where(y[s:e] == 1, 0, y[s:e])
    for i, (start, _) in enumerate(toks.words):
        if text[start] == "\n":
            y[i] = 1
    return y


def trimmed(text, start, end):
    """A name without a leading "the" and a trailing possessive."""
    if text[start:end].lower().startswith("the "):
        start += 4
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end
