"""Packs the weights into the one file that dateline reads.

    python -m training.export --weights tagger.safetensors --vocabulary vocab.txt --train polnear-train.jsonl --out tagger.bin

File (little endian): the magic, u32 length of the header, the header (JSON, padded with blanks to a multiple of 64 bytes
from the start of the file), and the sections, each beginning at a multiple of 64 bytes:

1. the vocabulary, pieces joined by line feeds (those with no use in Latin text are left out and the rest renumbered)
2. the embeddings: a scale a row (f32), then int8 rows
3. positions, cases, norm weight, norm bias (f32 each)
4. for each layer: linear qkv, linear out, norm weight, norm bias, linear up, linear down, norm weight, norm bias
5. linear head: the outputs of both heads, zero rows added up to a multiple of 16
6. transitions [from][to] of attribution and of names (f32), added to the log-probabilities when decoding

A linear map of n outputs and k inputs is three sections: f32[n] scales, f32[n] biases, i8[n * k] weights, the one of
output o and input i at ((o / 16) * (k / 2) + i / 2) * 32 + (o % 16) * 2 + i % 2, so that a register of 16 outputs takes
two inputs at a time. A row's scale is its largest weight / 127.
"""
import argparse
import json
import struct

import numpy as np

from . import decode, model, polnear, tokens

MAGIC = b"DLTAGGR\x01"
ALIGN = 64
LANES = 16


def quantise(rows):
    """(scales, int8 rows); a row of zeros has the scale 0."""
    scale = (np.abs(rows).max(1) / 127).astype(np.float32)
    safe = np.where(scale == 0, 1, scale)[:, None]
    return scale, np.clip(np.rint(rows / safe), -127, 127).astype(np.int8)


def dequantised(state):
    """The state as the reader sees it: what is stored in int8 rounded so, the rest as it is."""
    import torch

    def rounded(name, value):
        if not (name == "word.weight" or name.endswith(".weight") and value.dim() == 2 and name not in ("pos.weight", "case.weight")):
            return value
        scale, rows = quantise(value.numpy())
        return torch.from_numpy(scale[:, None] * rows.astype(np.float32))

    return {name: rounded(name, value) for name, value in state.items()}


def pack(rows):
    """int8[n][k] in the order of the file."""
    n, k = rows.shape
    return np.ascontiguousarray(rows.reshape(n // LANES, LANES, k // 2, 2).transpose(0, 2, 1, 3))


class Sections:
    def __init__(self):
        self.parts, self.length = [], 0

    def add(self, data):
        data = data if isinstance(data, bytes) else data.tobytes()
        gap = -self.length % ALIGN
        self.parts += [bytes(gap), data]
        self.length += gap + len(data)

    def floats(self, array):
        self.add(np.ascontiguousarray(array, "<f4"))

    def linear(self, weight, bias):
        extra = -weight.shape[0] % LANES
        scale, rows = quantise(np.pad(weight, ((0, extra), (0, 0))))
        self.floats(scale)
        self.floats(np.pad(bias, (0, extra)))
        self.add(pack(rows))


def transitions(train, tokenizer, limit=None):
    """The two tables, attribution's counted over the articles of PolNeAR's training half."""
    sequences = []
    for article in polnear.read(train, limit):
        sequences.append(polnear.labels(article, tokenizer(article["text"])))
    return decode.attribution_transitions(sequences), decode.allowed(len(tokens.NAMES))


def write(path, name, state, vocabulary, tables):
    """`state`: the weights, with an embedding row for each piece of `vocabulary`."""
    w = {k: v.numpy() for k, v in state.items()}
    layers = 1 + max(int(k.split(".")[1]) for k in w if k.startswith("layers."))
    out = Sections()
    words = "\n".join(vocabulary).encode()
    out.add(words)
    scale, rows = quantise(w["word.weight"])
    out.floats(scale)
    out.add(rows)
    for part in ("pos.weight", "case.weight", "ln.weight", "ln.bias"):
        out.floats(w[part])
    for n in range(layers):
        at = f"layers.{n}."
        for linears, norm in ((("qkv", "out"), "ln1"), (("f1", "f2"), "ln2")):
            for linear in linears:
                out.linear(w[at + linear + ".weight"], w[at + linear + ".bias"])
            out.floats(w[at + norm + ".weight"])
            out.floats(w[at + norm + ".bias"])
    out.linear(np.concatenate([w["attr.weight"], w["ner.weight"]]), np.concatenate([w["attr.bias"], w["ner.bias"]]))
    for table in tables:
        out.floats(table)
    payload = b"".join(out.parts)

    from blake3 import blake3
    header = json.dumps({
        "name": name, "pieces": len(vocabulary), "positions": model.POSITIONS, "cases": tokens.CASES,
        "hidden": model.HIDDEN, "heads": model.HEADS, "feed": model.FEED, "layers": layers,
        "window": tokens.WINDOW, "overlap": tokens.OVERLAP, "cls": vocabulary.index(tokens.CLS),
        "unknown": vocabulary.index(tokens.UNKNOWN), "paragraph": vocabulary.index(tokens.PARAGRAPH),
        "attribution": tokens.ATTRIBUTION, "names": tokens.NAMES, "vocabulary_bytes": len(words),
        "blake3": blake3(payload).hexdigest()}).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % ALIGN)
    with open(path, "wb") as f:
        f.write(MAGIC + struct.pack("<I", len(header)) + header + payload)


def main(argv=None):
    ap = argparse.ArgumentParser(description="Packs the weights into the file that dateline reads.")
    ap.add_argument("--weights", required=True, help="safetensors (fp16 or fp32), or a checkpoint of training.train")
    ap.add_argument("--vocabulary", required=True, help="vocab.txt, one piece a line")
    ap.add_argument("--train", required=True, help="polnear-train.jsonl, for the transitions")
    ap.add_argument("--out", required=True)
    ap.add_argument("--name", default="dateline-tagger-1")
    ap.add_argument("--articles", type=int, help="count the transitions on the first N articles only")
    a = ap.parse_args(argv)
    whole = tokens.read_vocabulary(a.vocabulary)
    kept = [piece for piece in whole if tokens.of_use(piece)]
    state = model.keep_pieces(model.read_state(a.weights), whole, kept)
    write(a.out, a.name, state, kept, transitions(a.train, tokens.Tokenizer(kept), a.articles))
    print(f"{a.out}: {len(kept)} of {len(whole)} pieces")


if __name__ == "__main__":
    main()
