"""Writes what the reader in Rust must reproduce: pieces, offsets and logits of texts written for the purpose.

    python -m training.reference --weights tagger.safetensors --vocabulary vocab.txt --train polnear-train.jsonl --out reference.json
"""
import argparse
import json

import torch

from . import decode, export, infer, model, tokens

SHORT = (
    "“We will not wait,” said Jana Škoda, the U.S. envoy to São Tomé and Príncipe — the 3rd in 18 months. \"It's over.\"\n\n"
    "Minister Łukasz Ng’andu told Reuters that talks in 北京 had cost €1.5bn, 😀 as one aide put it; he called the offer "
    "'a non-starter' and NATO's reply naïve. McDonald added: “Nobody’s asked us.”")

SENTENCES = [
    "The foreign minister of Peru, Ana Quispe, said on Tuesday that the ports would stay open.",
    "“We have been patient, but patience has an end,” she told reporters in Lima.",
    "A spokesman for the World Bank, who asked not to be named, denied that report.",
    "According to the Ministry of Finance, inflation fell to 3.7 % in September 2019.",
    "\"Nobody told us anything,\" said Mr. Chukwuemeka Okonkwo-Nwabueze, a fisherman of 61 from Ouagadougou.",
    "Police arrested four men near the Danube bridge shortly before 10 p.m.",
    "He added that the U.N.-backed court in The Hague had asked for the files twice.",
    "Kassym-Jomart Tokayev's deputy, Yerlan Zhumabayev, flew to Antananarivo and Thiruvananthapuram.",
    "Critics believe the law was written in haste; supporters call it “long overdue”.",
]


def long_text():
    """About 900 words in paragraphs, sentences in another order each time round."""
    paragraphs = []
    for k in range(7):
        turned = SENTENCES[k:] + SENTENCES[:k]
        paragraphs += [" ".join(turned[:3]), " ".join(turned[3:])]
    return "\n\n".join(paragraphs)


def bytes_at(text):
    """The byte offset of each character, and of the end."""
    at = [0]
    for c in text:
        at.append(at[-1] + len(c.encode()))
    return at


def describe(text, tokenizer):
    t, at = tokenizer(text), bytes_at(text)
    return t, {
        "text": text, "pieces": t.pieces.tolist(), "case": t.case.tolist(), "first": t.first.tolist(),
        "words": [list(w) for w in t.words], "words_bytes": [[at[a], at[b]] for a, b in t.words],
        "windows": [list(w) for w in tokens.windows(t.first)]}


def main(argv=None):
    ap = argparse.ArgumentParser(description="Writes the reference answers for the reader in Rust.")
    for name in ("weights", "vocabulary", "train", "out"):
        ap.add_argument("--" + name, required=True)
    ap.add_argument("--articles", type=int)
    a = ap.parse_args(argv)
    torch.set_num_threads(1)
    whole = tokens.read_vocabulary(a.vocabulary)
    kept = [piece for piece in whole if tokens.of_use(piece)]
    state = export.dequantised(model.keep_pieces(model.read_state(a.weights), whole, kept))
    tagger, tokenizer = model.from_state(state), tokens.Tokenizer(kept)
    tables = export.transitions(a.train, tokenizer, a.articles)
    out = []
    for text in (SHORT, long_text(), "\n Škoda\u200b \n\n", "", "北京" * 200 + " said."):
        t, entry = describe(text, tokenizer)
        logits = infer.logits(tagger, t, tokenizer.cls)
        for key, rows, table in zip(("attribution", "names"), logits, tables):
            entry[key + "_tags"] = decode.viterbi(decode.log_softmax(rows[t.first]), table).tolist()
            if text is SHORT:
                entry[key] = rows.tolist()
        out.append(entry)
    with open(a.out, "w", encoding="utf8") as f:
        json.dump({"transitions": [x.tolist() for x in tables], "texts": out}, f, ensure_ascii=False)


if __name__ == "__main__":
    main()
