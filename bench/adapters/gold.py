"""The gold set has dateline's own schema. It marks reported speech alone, under a cue of saying, and no speech inside speech."""
from . import text_only as article

LAYERS = ("id", "entities", "officials", "events", "countries", "countries_mentioned")


def is_reported(quote):
    return quote["class"] == "say" and quote["within"] is None and quote["assertion"] != "negated"


def prediction(row, record):
    """The gold marks reported speech alone: no views, and nothing that is told inside another quotation."""
    quotes = [quote for quote in record["quotes"] if quote["class"] == "say" and quote["within"] is None]
    return {**{key: record[key] for key in LAYERS}, "quotes": quotes}
