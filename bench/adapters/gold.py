"""The gold set has dateline's own schema. It marks reported speech alone, under a cue of saying, and no speech inside speech."""
from . import text_only as article

LAYERS = ("id", "entities", "quotes", "officials", "events", "countries", "countries_mentioned")


def is_reported(quote):
    return quote["class"] == "say" and quote["within"] is None and quote["assertion"] != "negated"


def prediction(row, record):
    quotes = [quote for quote in record["quotes"] if is_reported(quote)]
    return {key: record[key] for key in LAYERS} | {"quotes": quotes}
