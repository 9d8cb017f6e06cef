"""Scores a tagger as it will be shipped (weights rounded to int8): PolNeAR's dev half and, for names, UNER's EWT dev.

    python -m training.evaluate --weights tagger.safetensors --vocabulary vocab.txt --shared ../shared

Attribution: words, exact spans and overlapping spans (precision: the share of predicted spans that touch a gold one of
the same role; recall the other way round), and by kind of content whether it was found and given the right source by
the simple rule in link(). Names: exact spans over PER, ORG, LOC, sentence by sentence.
"""
import argparse
import collections
import json
import re
from pathlib import Path

import numpy as np
import torch

from . import augment, confidence, decode, documents, export, infer, model, polnear, tokens, uner


def f1(right, predicted, gold):
    p, r = right / max(predicted, 1), right / max(gold, 1)
    return {"p": round(100 * p, 1), "r": round(100 * r, 1), "f": round(200 * p * r / max(p + r, 1e-9), 1)}


def touches(x, others):
    return any(x[0] < e and s < x[1] for s, e in others)


def link(content, cues, sources, paragraph):
    """The source of a content: of the nearest cue the nearest source, else the nearest source. Another paragraph counts as 15 words."""
    def near(x, ys, most):
        gaps = [(max(x[0] - y[1], y[0] - x[1], 0) + (15 if paragraph[y[0]] != paragraph[x[0]] else 0), y) for y in ys]
        gaps = [g for g in gaps if g[0] <= most]
        return min(gaps)[1] if gaps else None

    cue = near(content, cues, 30)
    return (near(cue, sources, 25) if cue else None) or near(content, sources, 60)


def kind_of(words):
    """direct, mixed or indirect, by the quotation marks in a content."""
    if re.match(r"[“\"]", words) and re.search(r"[”\"][.,]?$", words):
        return "direct"
    return "mixed" if re.search(r"[“”\"]", words) else "indirect"


class Attribution:
    """Adds up the figures over articles."""

    def __init__(self):
        self.n = collections.Counter()

    def add(self, article, toks, y):
        n, text = self.n, article["text"]
        gold = polnear.labels(article, toks)
        breaks = np.array([text[s] == "\n" for s, _ in toks.words])
        paragraph = np.cumsum(breaks)
        spans = {}
        for role, name in enumerate(tokens.ROLES):
            ours, theirs = (np.isin(x, (1 + 2 * role, 2 + 2 * role)) & ~breaks for x in (y, gold))
            n[name, "words", "right"] += int((ours & theirs).sum())
            n[name, "words", "predicted"] += int(ours.sum())
            n[name, "words", "gold"] += int(theirs.sum())
            ours, theirs = ([(s, e) for kind, s, e in decode.spans(x, tokens.ATTRIBUTION) if kind == name] for x in (y, gold))
            spans[name] = ours
            for key, right in (("exact", len(set(ours) & set(theirs))), ("found", sum(touches(x, theirs) for x in ours))):
                n[name, key, "right"] += right
                n[name, key, "predicted"] += len(ours)
                n[name, key, "gold"] += len(theirs)
            n[name, "found", "recalled"] += sum(touches(x, ours) for x in theirs)
        for attribution in article["attributions"]:
            sources = [toks.cover(s, e) for s, e in attribution["source"] or []]
            for k, (start, end) in enumerate(attribution["content"]):
                content = toks.cover(start, end)
                if not sources or content[1] <= content[0]:
                    continue
                kind = attribution["kinds"][k] if "kinds" in attribution else kind_of(text[toks.words[content[0]][0]:toks.words[content[1] - 1][1]])
                n[kind] += 1
                n[kind, "exact"] += content in spans["CONTENT"]
                mine = [x for x in spans["CONTENT"] if touches(x, [content])]
                if mine:
                    best = max(mine, key=lambda x: min(x[1], content[1]) - max(x[0], content[0]))
                    source = link(best, spans["CUE"], spans["SOURCE"], paragraph)
                    n[kind, "found"] += 1
                    n[kind, "source"] += bool(source and touches(source, sources))

    def figures(self):
        n, out = self.n, {}
        for name in tokens.ROLES:
            for key in ("words", "exact", "found"):
                right, predicted, gold = (n[name, key, x] for x in ("right", "predicted", "gold"))
                out[f"{name.lower()} {key}"] = f1(right, predicted, gold)
            p, r = n[name, "found", "right"] / max(predicted, 1), n[name, "found", "recalled"] / max(gold, 1)
            out[f"{name.lower()} found"] = {"p": round(100 * p, 1), "r": round(100 * r, 1), "f": round(200 * p * r / max(p + r, 1e-9), 1)}
        kinds = ("direct", "mixed", "indirect")
        for kind in kinds:
            out[kind] = {"n": n[kind]} | {k: round(100 * n[kind, k] / max(n[kind], 1), 1) for k in ("exact", "found", "source")}
        whole = sum(n[k] for k in kinds)
        out["all contents"] = {"n": whole} | {k: round(100 * sum(n[x, k] for x in kinds) / max(whole, 1), 1) for k in ("exact", "found", "source")}
        return out


def score_names(tagger, tokenizer, sentences):
    n = collections.Counter()
    table = decode.allowed(len(tokens.NAMES))
    for s in sentences:
        toks = tokenizer(s.text)
        _, rows = infer.logits(tagger, toks, tokenizer.cls)
        y = decode.viterbi(decode.log_softmax(rows[toks.first]), table)
        found = [(kind, *documents.trimmed(s.text, toks.words[i][0], toks.words[j - 1][1])) for kind, i, j in decode.spans(y, tokens.NAMES)]
        found = s.as_tokens(found)
        for kind in ("PER", "ORG", "LOC"):
            ours, theirs = ({x for x in xs if x[0] == kind} for xs in (found, s.names))
            for k in (kind, "all"):
                n[k, "right"] += len(ours & theirs)
                n[k, "predicted"] += len(ours)
                n[k, "gold"] += len(theirs)
    return {f"UNER {k}": f1(n[k, "right"], n[k, "predicted"], n[k, "gold"]) for k in ("PER", "ORG", "LOC", "all")}


def score(tagger, tokenizer, tables, articles, sentences=(), lines=None):
    """The figures; with `lines`, an open file, also a line a predicted content for training.calibrate."""
    attribution = Attribution()
    for article in articles:
        toks = tokenizer(article["text"])
        rows, _ = infer.logits(tagger, toks, tokenizer.cls)
        scores = decode.log_softmax(rows[toks.first])
        y = decode.viterbi(scores, tables[0])
        attribution.add(article, toks, y)
        if lines:
            for line in confidence.contents(article, toks, scores, y, tables[0]):
                lines.write(json.dumps(line) + "\n")
    out = attribution.figures()
    if sentences:
        out |= score_names(tagger, tokenizer, sentences)
    return out


def restyled(article, style):
    """The article in other quotation marks: how much does the tagger hang on those it has learned from?

    Each content keeps the kind that it had in its own marks.
    """
    spans, groups = [], []
    for attribution in article["attributions"]:
        group = {}
        for role, key in enumerate(("source", "cue", "content")):
            group[key] = range(len(spans), len(spans) + len(attribution[key] or []))
            spans += [(role, s, e) for s, e in attribution[key] or []]
        group["kinds"] = [kind_of(article["text"][s:e]) for s, e in attribution["content"]]
        groups.append(group)
    doc = augment.restyled(documents.Document(article["id"], article["text"], spans), style)
    return {"id": article["id"], "text": doc.text, "attributions": [
        {key: [doc.spans[i][1:] for i in group[key]] for key in ("source", "cue", "content")} | {"kinds": group["kinds"]} for group in groups]}


def show(figures):
    for key, values in figures.items():
        print(f"{key:18}" + "".join(f"  {k} {v:>6}" for k, v in values.items()))


def main(argv=None):
    ap = argparse.ArgumentParser(description="Scores a tagger as it will be shipped.")
    ap.add_argument("--weights", required=True)
    ap.add_argument("--vocabulary", required=True, help="the vocab.txt whose rows the weights have")
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--articles", type=int, help="the first N of the dev articles only")
    ap.add_argument("--sentences", type=int, help="the first N of UNER's sentences only")
    ap.add_argument("--transitions", type=int, help="count transitions on the first N training articles only")
    ap.add_argument("--style", choices=augment.STYLES, help="rewrite the articles' quotation marks in this style before scoring")
    ap.add_argument("--float", action="store_true", help="score the weights as they are, not rounded")
    ap.add_argument("--json", type=Path, help="write the figures there as well")
    ap.add_argument("--lines", type=Path, help="write a line a predicted content there, for training.calibrate")
    ap.add_argument("--threads", type=int, default=1)
    a = ap.parse_args(argv)
    torch.set_num_threads(a.threads)
    vocabulary = tokens.read_vocabulary(a.vocabulary)
    state = model.read_state(a.weights)
    tagger, tokenizer = model.from_state(state if a.float else export.dequantised(state)), tokens.Tokenizer(vocabulary)
    quotes = a.shared / "bench/quotes"
    tables = export.transitions(quotes / "polnear-train.jsonl", tokenizer, a.transitions)
    sentences = uner.read(a.shared / "model/data/uner-ewt-dev.iob2")[:a.sentences]
    lines = open(a.lines, "w", encoding="utf8") if a.lines else None
    articles = polnear.read(quotes / "polnear-dev.jsonl", a.articles)
    if a.style:
        articles = (restyled(article, a.style) for article in articles)
    figures = score(tagger, tokenizer, tables, articles, sentences, lines)
    if lines:
        lines.close()
    show(figures)
    if a.json:
        a.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
