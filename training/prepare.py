"""Makes the training documents and the vocabulary from the public data.

    python -m training.prepare --shared ../shared --out FOLDER

Writes FOLDER/documents.jsonl (PolNeAR's training half and GUM's, with gold attributions, gold and silver names) and
FOLDER/vocab.txt (the pieces worth keeping). Corpus text stays in FOLDER: never commit it.
"""
import argparse
import collections
import json
import lzma
from pathlib import Path

from . import documents, gum, polnear, teacher, tokens


def news(path, limit):
    """Articles nobody has marked: names by the teacher only, and whatever a model distilled from says of them."""
    with lzma.open(path, "rt", encoding="utf8") as f:
        for n, line in enumerate(f):
            if n >= limit:
                return
            row = json.loads(line)
            title = row["title"] + "\n\n" if row["title"] else ""
            yield documents.Document(str(row["id"]), title + row["text"][:12_000], None)


def frequent(vocabulary, texts, most):
    """At most `most` pieces: single characters (so that every word can still be split), then the most frequent."""
    tokenizer = tokens.Tokenizer(vocabulary)
    count = collections.Counter()
    for text in texts:
        count.update(tokenizer(text).pieces.tolist())
    must = {i for i, piece in enumerate(vocabulary)
            if len(piece.removeprefix("##")) == 1 or piece in (tokens.CLS, tokens.UNKNOWN, tokens.PARAGRAPH)}
    ranked = sorted((i for i in range(len(vocabulary)) if i not in must), key=lambda i: (-count[i], i))
    kept = must | set(ranked[:max(0, most - len(must))])
    return [piece for i, piece in enumerate(vocabulary) if i in kept]


def main(argv=None):
    ap = argparse.ArgumentParser(description="Makes the training documents and the vocabulary.")
    ap.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder with bench/ and model/")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--articles", type=int, help="the first N articles of PolNeAR only")
    ap.add_argument("--gum", type=int, help="the first N documents of GUM only")
    ap.add_argument("--news", type=int, default=0, help="N unmarked articles each of Wikinews and Reuters as well (for --distil)")
    ap.add_argument("--pieces", type=int, help="keep N pieces of the vocabulary only, the most frequent")
    a = ap.parse_args(argv)
    a.out.mkdir(parents=True, exist_ok=True)

    marked = polnear.load(a.shared / "bench/quotes/polnear-train.jsonl", a.articles)
    extra = [d for part in ("wikinews", "reuters") for d in news(a.shared / f"model/data/{part}.jsonl.xz", a.news)] if a.news else []
    for d, found in zip(marked + extra, teacher.names([d.text for d in marked + extra])):
        d.names = [(s, e, [t]) for s, e, t in found]
    others = gum.load(a.shared / "model/data/gum.tar.xz", a.gum)
    for (d, named), found in zip(others, teacher.names([d.text for d, _ in others])):
        d.names = gum.names(d.text, named, found)
    everything = marked + [d for d, _ in others] + extra
    documents.write(a.out / "documents.jsonl", everything)

    kept = [piece for piece in tokens.read_vocabulary(a.shared / "model/vocab.txt") if tokens.of_use(piece)]
    if a.pieces:
        kept = frequent(kept, [d.text for d in everything], a.pieces)
    (a.out / "vocab.txt").write_text("\n".join(kept) + "\n", encoding="utf8")
    print(f"{len(marked)} articles of PolNeAR, {len(others)} documents of GUM, {len(extra)} of other news, {len(kept)} pieces")


if __name__ == "__main__":
    main()
