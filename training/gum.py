"""GUM's documents: the text put together from its tokens, and the named entities with their coarse types."""
import re
import tarfile

from .documents import Document, trimmed

# GUM's type -> ours. A place may be any of three: the teacher's opinion decides where it found the same words.
TYPES = {"person": ["PERSON"], "organization": ["ORG"], "place": ["GPE", "LOC", "FAC"], "event": ["EVENT"]}
# What GUM has no names for: here the teacher's opinion stands.
TEACHER_KNOWS = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "NORP", "LANGUAGE", "LAW", "WORK_OF_ART", "PRODUCT"}
LONGEST = 6  # tokens: longer "names" carry an apposition or a relative clause


def _entities(column, at, open_, found):
    """Reads one token's Entity= value: (id-type-status-salience-centering-minspan... opens, id) closes, (...) does both."""
    for part in re.findall(r"\([^()]*\)?|[^()]+\)", column):
        if part[0] == "(":
            fields = part.strip("()").split("-")
            open_.append((fields[0], fields, at))
            if part[-1] == ")":
                _, fields, begin = open_.pop()
                found.append((fields, begin, at + 1))
            continue
        name = part[:-1].split("-")[0]
        for j in range(len(open_) - 1, -1, -1):
            if open_[j][0] == name:
                _, fields, begin = open_.pop(j)
                found.append((fields, begin, at + 1))
                break


def parse(lines):
    """(text, [(type, start, end, tokens)]): entities whose heads are all proper nouns."""
    text, toks, open_, found, paragraph = "", [], [], [], False
    for line in lines:
        if line.startswith("# newpar"):
            paragraph = True
        if not line.strip() or line[0] == "#":
            continue
        columns = line.rstrip("\n").split("\t")
        if "-" in columns[0] or "." in columns[0]:
            continue
        if paragraph and text:
            text = text.rstrip() + "\n"
        paragraph = False
        toks.append((len(text), len(text) + len(columns[1]), columns[4]))
        text += columns[1]
        misc = dict(x.split("=", 1) for x in columns[9].split("|") if "=" in x)
        _entities(misc.get("Entity", ""), len(toks) - 1, open_, found)
        if misc.get("SpaceAfter") != "No":
            text += " "
    named = []
    for fields, begin, end in found:
        minimal = fields[5] if len(fields) > 5 else "1"
        if not re.fullmatch(r"\d+(,\d+)*", minimal):
            continue
        heads = [begin + int(x) - 1 for x in minimal.split(",") if begin + int(x) - 1 < end]
        if heads and all(toks[h][2].startswith("NNP") for h in heads):
            named.append((fields[1], toks[begin][0], toks[end - 1][1], end - begin))
    return text, named


def names(text, named, teacher):
    """The gold names and what of the teacher's they leave standing, in the order documents.name_labels wants."""
    out = [(s, e, [t] if t in TEACHER_KNOWS else []) for s, e, t in teacher]
    same = {(s, e): t for s, e, t in teacher}
    for kind, start, end, length in sorted(named, key=lambda x: x[1] - x[2]):
        start, end = trimmed(text, start, end)
        types = TYPES.get(kind, []) if length <= LONGEST else []
        if same.get((start, end)) in types:
            types = [same[start, end]]
        if end > start:
            out.append((start, end, types))
    return out


def load(archive, limit=None):
    """[(Document without names, named)] of the training half."""
    out = []
    with tarfile.open(archive) as tar:
        members = sorted((m for m in tar.getmembers() if re.match(r"gum/train/.*\.conllu$", m.name)), key=lambda m: m.name)
        for m in members[:limit]:
            text, named = parse(tar.extractfile(m).read().decode().splitlines(True))
            out.append((Document(m.name.rsplit("/", 1)[1], text, None), named))
    return out
