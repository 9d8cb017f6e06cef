"""Words, pieces and labels: what the model reads and what it answers. The reader in Rust does the same.

A text is cut into runs of line feeds, each of which is one word (the paragraph mark), and the rest. The rest is split as
BERT does it: at white space, and around each punctuation mark. Each word is then cleaned (control characters dropped,
lower case, accents stripped, Chinese characters set apart) and split into the longest pieces that the vocabulary holds;
a part of more than 100 characters, or one that cannot be split so, is the unknown piece. A word that leaves no piece
(a lone zero-width mark) is left out.
"""
import re
import unicodedata
from dataclasses import dataclass

import numpy as np

ROLES = ["SOURCE", "CUE", "CONTENT"]
TYPES = ["PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "DATE",
         "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"]


def _bio(kinds):
    return ["O"] + [mark + kind for kind in kinds for mark in ("B-", "I-")]


ATTRIBUTION = _bio(ROLES)
NAMES = _bio(TYPES)
NAME_ID = {label: i for i, label in enumerate(NAMES)}

CLS, UNKNOWN, PARAGRAPH = "[CLS]", "[UNK]", "[unused0]"
LONGEST_WORD = 100  # characters
CASES = 7


def case_of(word):
    """0 other, 1 lower, 2 UPPER, 3 Title, 4 digits, 5 a single capital, 6 mixed."""
    if not any(c.isalpha() for c in word):
        return 4 if any(c.isdigit() for c in word) else 0
    if word.islower():
        return 1
    if len(word) == 1:
        return 5
    if word.isupper():
        return 2
    if word[0].isupper() and word[1:].islower():
        return 3
    return 6


def read_vocabulary(path):
    """The pieces, one a line; a piece's id is its line."""
    with open(path, encoding="utf8") as f:
        return f.read().rstrip("\n").split("\n")


def of_use(piece):
    """Whether a piece can occur in a text in Latin script, or is one that the tagger needs."""
    if piece in (CLS, UNKNOWN, PARAGRAPH):
        return True
    if re.fullmatch(r"\[(PAD|SEP|MASK|unused\d+)\]", piece):
        return False
    for c in piece.removeprefix("##"):
        kind = unicodedata.category(c)
        if kind[0] in "LM" and not unicodedata.name(c, "").startswith(("LATIN", "MODIFIER", "FEMININE", "MASCULINE")):
            return False
        if kind == "Nd" and not c.isascii():
            return False
    return True


@dataclass
class Tokens:
    """One text. `pieces`, `case`, `word` and `first` have an entry a piece, `words` (start, end in characters) one a word."""

    pieces: np.ndarray
    case: np.ndarray
    word: np.ndarray
    first: np.ndarray
    words: list

    def cover(self, start, end):
        """The words (begin, end) that the characters start..end touch."""
        if not hasattr(self, "_starts"):
            self._starts = np.array([w[0] for w in self.words], np.int64)
            self._ends = np.array([w[1] for w in self.words], np.int64)
        return int(np.searchsorted(self._ends, start, "right")), int(np.searchsorted(self._starts, end, "left"))


class Tokenizer:
    def __init__(self, vocabulary):
        from tokenizers import Tokenizer as Pieces
        from tokenizers import models, normalizers, pre_tokenizers

        self.vocabulary = vocabulary
        ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.cls, self.unknown, self.paragraph = ids[CLS], ids[UNKNOWN], ids[PARAGRAPH]
        self._split = pre_tokenizers.BertPreTokenizer()
        self._pieces = Pieces(models.WordPiece(ids, unk_token=UNKNOWN, max_input_chars_per_word=LONGEST_WORD))
        self._pieces.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._pieces.pre_tokenizer = self._split
        self._seen = {}

    def _of_word(self, word):
        found = self._seen.get(word)
        if found is None:
            found = self._pieces.encode(word, add_special_tokens=False).ids
            if len(self._seen) < 500_000:
                self._seen[word] = found
        return found

    def __call__(self, text):
        pieces, case, word, first, words = [], [], [], [], []

        def add(ids, kind, start, end):
            for k, i in enumerate(ids):
                pieces.append(i)
                case.append(kind)
                word.append(len(words))
                first.append(k == 0)
            words.append((start, end))

        for run in re.finditer(r"\n+|[^\n]+", text):
            if run.group()[0] == "\n":
                add([self.paragraph], 0, run.start(), run.end())
                continue
            for w, (a, b) in self._split.pre_tokenize_str(run.group()):
                ids = self._of_word(w)
                if ids:
                    add(ids, case_of(w), run.start() + a, run.start() + b)
        return Tokens(np.array(pieces, np.int64), np.array(case, np.int64), np.array(word, np.int64),
                      np.array(first, bool), words)


WINDOW = 320  # pieces, the leading [CLS] counted
OVERLAP = 64  # pieces


def windows(first):
    """Where the windows of a document begin and end, as pieces. `first`: whether a piece begins a word.

    A document of at most WINDOW - 1 pieces is one window. In a longer one a window ends at a word, and the next begins
    at the first word that starts OVERLAP pieces before that end or later. Where one word fills a whole window, it is cut.
    """
    n, most, begin, out = len(first), WINDOW - 1, 0, []
    while True:
        end = min(n, begin + most)
        if end < n:
            back = end
            while back > begin and not first[back]:
                back -= 1
            end = back if back > begin else end
        out.append((begin, end))
        if end == n:
            return out
        begin = max(end - OVERLAP, begin + 1)
        while begin < end and not first[begin]:
            begin += 1


def join(parts, spans, n):
    """The windows' answers (arrays with a row a piece) as one: the first half of an overlap from the earlier window."""
    out = np.zeros((n, parts[0].shape[1]), np.float32)
    covered = 0
    for rows, (begin, end) in zip(parts, spans):
        start = begin + (covered - begin) // 2 if covered else begin
        out[start:end] = rows[start - begin:]
        covered = end
    return out
