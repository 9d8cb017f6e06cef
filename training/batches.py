"""From documents to the windows and batches of one epoch: the same for the same seed and epoch."""
import random
from dataclasses import dataclass

import numpy as np
import torch

from . import augment, documents, tokens


@dataclass
class Encoded:
    toks: tokens.Tokens
    attribution: np.ndarray | None
    names: np.ndarray


def encode(doc, tokenizer):
    toks = tokenizer(doc.text)
    marked = None if doc.spans is None else documents.attribution_labels(doc.text, doc.spans, toks)
    return Encoded(toks, marked, documents.name_labels(doc.text, doc.names, toks))


def cut(encoded, rng):
    """(document, begin, end) in pieces. The first window of a document has a random length, and all end at a word."""
    most = tokens.WINDOW - 1
    for d in encoded:
        n, begin, step = len(d.toks.pieces), 0, rng.randint(most // 2, most)
        while begin < n:
            end = min(n, begin + step)
            while end < n and end > begin + 1 and not d.toks.first[end]:
                end -= 1
            yield d, begin, end
            begin, step = end, most


def epoch(docs, tokenizer, size, seed, number, rewrite=True):
    """The batches (lists of windows) of one epoch, windows of about the same length together."""
    rng = random.Random(f"{seed} {number}")
    encoded = [encode(augment.augmented(d, rng) if rewrite else d, tokenizer) for d in docs]
    windows = list(cut(encoded, rng))
    rng.shuffle(windows)
    out = []
    for i in range(0, len(windows), size * 16):
        alike = sorted(windows[i:i + size * 16], key=lambda w: w[2] - w[1])
        out += [alike[j:j + size] for j in range(0, len(alike), size)]
    rng.shuffle(out)
    return out


@dataclass
class Batch:
    """[windows, length] each. attribution: -100 where there is no label; names: bits of the labels allowed, 0 for none."""

    pieces: torch.Tensor
    case: torch.Tensor
    padding: torch.Tensor
    attribution: torch.Tensor
    names: torch.Tensor

    def to(self, device):
        return Batch(*(x.to(device) for x in vars(self).values()))

    def mask(self):
        if not self.padding.any():
            return None
        return torch.zeros(self.padding.shape, device=self.padding.device).masked_fill(self.padding, -1e9)[:, None, None, :]


def collate(windows, cls):
    shape = (len(windows), 1 + max(end - begin for _, begin, end in windows))
    pieces, case, names = (np.zeros(shape, np.int64) for _ in range(3))
    padding, attribution = np.ones(shape, bool), np.full(shape, -100, np.int64)
    for i, (d, begin, end) in enumerate(windows):
        n = end - begin + 1
        pieces[i, 0] = cls
        pieces[i, 1:n], case[i, 1:n] = d.toks.pieces[begin:end], d.toks.case[begin:end]
        padding[i, :n] = False
        first = d.toks.first[begin:end]
        at, word = 1 + np.nonzero(first)[0], d.toks.word[begin:end][first]
        names[i, at] = d.names[word]
        if d.attribution is not None:
            attribution[i, at] = d.attribution[word]
    return Batch(*(torch.from_numpy(x) for x in (pieces, case, padding, attribution, names)))
