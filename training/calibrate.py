"""Turns a program's confidence into a probability: reliability table and isotonic steps.

    python -m training.calibrate LINES.jsonl [--key confidence] [--steps 8]

A line is {"confidence": number, "right": true or false}; with an "id" (of the article) the halves are split by article,
else line by line. Steps are fitted on one half and judged on the other, both ways; the steps printed last are fitted on
all lines, and their quality is that of the halves or a little better. Lines must come from texts that the weights have
not seen. Needs Python only.
"""
import argparse
import json
import zlib


def isotonic(pairs):
    """Pool adjacent violators: [(least confidence, share right, lines)], rising in both."""
    blocks = []
    for c, right in sorted(pairs):
        if blocks and blocks[-1][3] == c:  # equal confidences belong together
            blocks[-1][1] += right
            blocks[-1][2] += 1
        else:
            blocks.append([c, right, 1, c])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            _, right_, n, last = blocks.pop()
            blocks[-1][1] += right_
            blocks[-1][2] += n
            blocks[-1][3] = last
    return [(c, r / n, n) for c, r, n, _ in blocks]


def few(blocks, most, least):
    """Merges the neighbours that differ least until there are at most `most` blocks, each of at least `least` lines.

    The share of a step is shrunk a little towards a half (one right and one wrong line added): no step says 0 or 1.
    """
    blocks = [list(b) for b in blocks]
    while len(blocks) > 1:
        def cost(i):
            (_, a, m), (_, b, n) = blocks[i], blocks[i + 1]
            small = min(m, n) < least
            return (not small, (a - b) ** 2 * m * n / (m + n))
        i = min(range(len(blocks) - 1), key=cost)
        if len(blocks) <= most and cost(i)[0]:
            break
        (c, a, m), (_, b, n) = blocks[i], blocks.pop(i + 1)
        blocks[i] = [c, (a * m + b * n) / (m + n), m + n]
    return [(c if k else 0.0, (r * n + 1) / (n + 2), n) for k, (c, r, n) in enumerate(blocks)]


def apply(steps, c):
    found = steps[0][1]
    for least, share, _ in steps:
        if c >= least:
            found = share
    return found


def quality(pairs):
    """(Brier score, expected calibration error over ten bins)."""
    brier = sum((c - r) ** 2 for c, r in pairs) / len(pairs)
    return brier, sum(abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins(pairs)) / len(pairs)


def bins(pairs):
    out = [[] for _ in range(10)]
    for c, r in pairs:
        out[min(9, max(0, int(c * 10)))].append((c, r))
    return out


def table(pairs):
    for k, b in enumerate(bins(pairs)):
        if b:
            print(f"  {k / 10:.1f}-{(k + 1) / 10:.1f}  {len(b):6} lines  said {sum(c for c, _ in b) / len(b):.3f}  right {sum(r for _, r in b) / len(b):.3f}")


def halves(rows):
    """Which half a line is in: by its article when it has one."""
    return [zlib.crc32(str(row["id"]).encode()) % 2 if "id" in row else n % 2 for n, row in enumerate(rows)]


def main(argv=None):
    ap = argparse.ArgumentParser(description="Reliability table and isotonic steps of a confidence.")
    ap.add_argument("lines", type=argparse.FileType(encoding="utf8"))
    ap.add_argument("--key", default="confidence")
    ap.add_argument("--right", default="right")
    ap.add_argument("--steps", type=int, default=8, help="at most so many steps")
    ap.add_argument("--least", type=int, default=30, help="at least so many lines a step")
    a = ap.parse_args(argv)
    rows = [json.loads(line) for line in a.lines if line.strip()]
    if len(rows) < 2:
        raise SystemExit("Nothing to calibrate: give a file with a line for each prediction.")
    pairs = [(float(row[a.key]), int(row[a.right])) for row in rows]
    half = halves(rows)
    print(f"{len(pairs)} lines, {100 * sum(r for _, r in pairs) / len(pairs):.1f} % right")
    print("As given: Brier {:.4f}, calibration error {:.4f}".format(*quality(pairs)))
    table(pairs)
    judged = []
    for k in (0, 1):
        learn = [p for p, h in zip(pairs, half) if h != k]
        if learn:
            steps = few(isotonic(learn), a.steps, a.least)
            judged += [(apply(steps, c), r) for (c, r), h in zip(pairs, half) if h == k]
    print("With steps fitted on the other half: Brier {:.4f}, calibration error {:.4f}".format(*quality(judged)))
    table(judged)
    steps = few(isotonic(pairs), a.steps, a.least)
    print("Steps, of all lines (least confidence, probability, lines):")
    for c, p, n in steps:
        print(f"  {c:.4f}  {p:.3f}  {n}")
    print(json.dumps([[round(c, 4), round(p, 3)] for c, p, _ in steps]))


if __name__ == "__main__":
    main()
