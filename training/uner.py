"""UNER's English EWT (web text) dev sentences, with names of persons, organisations and places."""
from dataclasses import dataclass, field

# OntoNotes' types as UNER's.
TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


@dataclass
class Sentence:
    text: str
    offsets: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    names: set = field(default_factory=set)

    def token(self, word, tag):
        begin = self.offsets[-1][1] if self.offsets else 0
        at = self.text.find(word, begin)
        at = begin if at < 0 else at
        self.offsets.append((at, at + len(word)))
        self.tags.append(tag)

    def finish(self):
        i = 0
        while i < len(self.tags):
            j = i + 1
            if self.tags[i] in ("B-PER", "B-ORG", "B-LOC"):
                kind = self.tags[i][2:]
                while j < len(self.tags) and self.tags[j] == "I-" + kind:
                    j += 1
                self.names.add((kind, i, j))
            i = j

    def as_tokens(self, spans):
        """Spans (OntoNotes type, start, end in characters) as {(UNER type, begin, end in tokens)}."""
        out = set()
        for kind, start, end in spans:
            at = [k for k, (s, e) in enumerate(self.offsets) if e > start and s < end]
            if kind in TYPES and at:
                out.add((TYPES[kind], at[0], at[-1] + 1))
        return out


def read(path):
    out = []
    with open(path, encoding="utf8") as f:
        for line in f:
            if line.startswith("# text = "):
                out.append(Sentence(line[9:].rstrip("\n")))
            elif line.strip() and line[0] != "#":
                columns = line.rstrip("\n").split("\t")
                out[-1].token(columns[1], columns[2])
    for s in out:
        s.finish()
    return out
