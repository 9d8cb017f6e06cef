"""Runs a tagger over a whole text, window by window."""
import numpy as np
import torch

from . import tokens


@torch.no_grad()
def logits(model, toks, cls):
    """(attribution, names): arrays with a row a piece."""
    n = len(toks.pieces)
    if not n:
        return [np.zeros((0, len(labels)), np.float32) for labels in (tokens.ATTRIBUTION, tokens.NAMES)]
    device = model.word.weight.device
    spans = tokens.windows(toks.first)
    parts = []
    for begin, end in spans:
        pieces = torch.tensor([[cls, *toks.pieces[begin:end]]], device=device)
        case = torch.tensor([[0, *toks.case[begin:end]]], device=device)
        parts.append([x[0, 1:].float().cpu().numpy() for x in model(pieces, case)])
    return [tokens.join(list(rows), spans, n) for rows in zip(*parts)]
