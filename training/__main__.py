"""From the public data to the file that dateline ships, one command: python -m training [--smoke].

Each step is left out when what it makes is there already; an interrupted training goes on at its last checkpoint.
"""
import argparse
from pathlib import Path

from . import calibrate, evaluate, export, prepare, reference, train


def main():
    ap = argparse.ArgumentParser(prog="python -m training", description="From the public data to the shipped file.",
                                 epilog="Further options are passed on to training.train (--device, --epochs, --layers, --distil ...).")
    ap.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder with bench/ and model/")
    ap.add_argument("--work", type=Path, help="where everything goes (target/training, with --smoke target/training-smoke)")
    ap.add_argument("--pieces", type=int, help="keep N pieces of the vocabulary only, the most frequent")
    ap.add_argument("--news", type=int, default=0, help="unmarked articles to learn from as well, see training.prepare")
    ap.add_argument("--smoke", action="store_true", help="every step on a few articles: shows that it runs, not a useful tagger")
    a, passed_on = ap.parse_known_args()
    work = a.work or Path("target/training-smoke" if a.smoke else "target/training")
    polnear, few = a.shared / "bench/quotes/polnear-train.jsonl", a.smoke
    weights, vocabulary = work / "tagger.safetensors", work / "vocab.txt"

    def step(made, name, command, argv):
        if made.exists():
            print(f"== {name}: {made} is there", flush=True)
            return
        print(f"== {name}", flush=True)
        command([str(x) for x in argv])

    step(vocabulary, "prepare", prepare.main, ["--shared", a.shared, "--out", work, "--news", a.news]
         + (["--pieces", a.pieces] if a.pieces else []) + (["--articles", 40, "--gum", 5] if few else []))
    training = ["--data", work, "--vocabulary", a.shared / "model/vocab.txt", "--out", work] + (["--epochs", 2, "--every", 10] if few else [])
    if few and not (work / "checkpoint.pt").exists():
        step(weights, "train, and stop as if interrupted", train.main, [*training, "--stop-after", 5, *passed_on])
    step(weights, "train", train.main, [*training, *passed_on])
    scores, lines = work / "figures.json", work / "contents.jsonl"
    step(scores, "evaluate", evaluate.main, ["--weights", weights, "--vocabulary", vocabulary, "--shared", a.shared, "--json", scores, "--lines", lines]
         + (["--articles", 10, "--sentences", 100, "--transitions", 40] if few else []))
    if lines.exists() and lines.stat().st_size:
        print("== calibrate", flush=True)
        calibrate.main([str(lines)])
    packing = ["--weights", weights, "--vocabulary", vocabulary, "--train", polnear] + (["--articles", 40] if few else [])
    step(work / "tagger.bin", "export", export.main, [*packing, "--out", work / "tagger.bin"])
    step(work / "reference.json", "reference", reference.main, [*packing, "--out", work / "reference.json"])


if __name__ == "__main__":
    main()
