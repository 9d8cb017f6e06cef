"""Quotations with the spans of cue and source, and the speaker's name."""
from . import text_only as article


def prediction(row, record):
    def one(span):
        return [span] if span else None

    return {"id": row["id"], "quotes": [
        {"kind": quote["kind"], "content": quote["content"], "cue": one(quote["cue"]),
         "source": one(quote["speaker_mention"]), "speaker": quote["speaker_text"]}
        for quote in record["quotes"]]}
