"""Rewrites a document as another newspaper would set it, marks and all: PolNeAR is American copy of 2015 and 2016.

Each rewriting is a list of edits (start, end, new text) in characters; spans move along.
"""
import bisect
import re

from .documents import Document

OPENERS = "([{—–-/“‘«"
# name: (open, close, inner open, inner close, apostrophe or None: as it is)
STYLES = {
    "curly": ("“", "”", "‘", "’", "’"),
    "straight": ('"', '"', "'", "'", "'"),
    "british": ("‘", "’", "“", "”", "’"),
    "british straight": ("'", "'", '"', '"', "'"),
    "guillemets": ("«", "»", "“", "”", None),
    "spaced guillemets": ("«\u00a0", "\u00a0»", "“", "”", None),
    "low": ("„", "“", "‚", "‘", None),
}


def edited(doc, edits):
    """The document after the edits, which must be in order and not overlap."""
    if not edits:
        return doc
    parts, at, starts, moved = [], 0, [], []
    shift = 0
    for start, end, new in edits:
        parts += [doc.text[at:start], new]
        at = end
        starts.append(start)
        moved.append((start, end, len(new), shift))
        shift += len(new) - (end - start)
    parts.append(doc.text[at:])

    def place(p):
        i = bisect.bisect_right(starts, p) - 1
        if i < 0:
            return p
        start, end, length, before = moved[i]
        if p >= end:
            return p + before + length - (end - start)
        return start + before + (0 if p == start else min(p - start, length))

    spans = doc.spans and [(role, place(s), place(e)) for role, s, e in doc.spans]
    return Document(doc.name, "".join(parts), spans, [(place(s), place(e), types) for s, e, types in doc.names])


def double_marks(text):
    """(position, whether it opens) of each double quotation mark; a straight one opens after a blank or an opening mark."""
    for m in re.finditer(r'["“”]', text):
        before = text[m.start() - 1] if m.start() else "\n"
        yield m.start(), m.group() == "“" or (m.group() == '"' and (before.isspace() or before in OPENERS))


def inner_marks(text, start, end):
    """The single marks of a quotation within the quotation text[start:end], as (position, opens): pairs only."""
    opening = None
    for m in re.finditer(r"['‘’]", text[start:end]):
        p = start + m.start()
        before, after = text[p - 1:p], text[p + 1:p + 2]
        if opening is None and m.group() != "’" and (before.isspace() or before in '"“') and after.isalnum():
            opening = p
        elif opening is not None and m.group() != "‘" and not after.isalnum() and p > opening + 1:
            yield opening, True
            yield p, False
            opening = None


def restyled(doc, style):
    """The document with its quotation marks in another style of STYLES."""
    text = doc.text
    open_, close, inner_open, inner_close, apostrophe = STYLES[style]
    edits, inside = {}, None
    marks = list(double_marks(text))
    for n, (p, opens) in enumerate(marks):
        edits[p] = open_ if opens else close
        if opens:
            following = marks[n + 1][0] if n + 1 < len(marks) else len(text)
            paragraph = text.find("\n", p)
            inside = min(following, paragraph if paragraph >= 0 else len(text))
            for q, begins in inner_marks(text, p + 1, inside):
                edits[q] = inner_open if begins else inner_close
    if apostrophe:
        for m in re.finditer(r"['‘’]", text):
            if m.start() not in edits:
                # of single marks that are nothing of the above, a straight style leaves none curly
                if apostrophe == "'" or m.group() != "‘" and text[m.start() - 1:m.start()].isalnum():
                    edits[m.start()] = apostrophe
    return edited(doc, [(p, p + 1, new) for p, new in sorted(edits.items()) if text[p] != new])


def over_paragraphs(doc, rng, most=2):
    """Breaks up to `most` long quotations in two paragraphs, as is the custom: no closing mark, and a new opening one."""
    places = []
    for role, start, end in doc.spans or []:
        body = doc.text[start:end]
        if role == 2 and len(body) > 160 and body[0] in '"“' and body[-1] in '"”' and "\n" not in body and not re.search(r'["“”]', body[1:-1]):
            places += [(start + m.start() + 1, body[0]) for m in re.finditer(r"[.!?] (?=[A-Z])", body) if 40 < m.start() < len(body) - 40]
    chosen = sorted(rng.sample(places, min(most, len(places))))
    return edited(doc, [(p, p + 1, "\n\n" + mark) for p, mark in chosen])


SMALL = {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "nor", "of", "on", "or", "the", "to", "up", "with"}


def _title(word):
    return word if word in SMALL else word[:1].upper() + word[1:]


def recased(doc, rng):
    """One or two short paragraphs in the capitals of a headline, all capitals, or the first words so (a subhead, an agency's opening)."""
    paragraphs = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", doc.text)]
    short = [p for p in paragraphs if 20 < p[1] - p[0] < 160]
    if not short:
        return doc
    edits = []
    for start, end in sorted(rng.sample(short, min(len(short), rng.choice((1, 2))))):
        how = rng.random()
        if how > 0.8:
            end = start + len(re.match(r"\S+(?:\s\S+){0,2}", doc.text[start:end]).group())
        old = doc.text[start:end]
        new = re.sub(r"[^\s]+", lambda m: _title(m.group()), old) if how < 0.5 else old.upper()
        # a letter whose capital is two letters would move what follows: such a paragraph stays as it is
        if len(new) == len(old):
            edits += [(start + i, start + i + 1, c) for i, c in enumerate(new) if c != old[i]]
    return edited(doc, edits)


def augmented(doc, rng):
    """The document, rewritten by chance: half of the time as it is."""
    if rng.random() < 0.15:
        doc = over_paragraphs(doc, rng)
    if rng.random() < 0.15:
        doc = recased(doc, rng)
    if rng.random() < 0.4:
        doc = restyled(doc, rng.choice(list(STYLES)))
    return doc
