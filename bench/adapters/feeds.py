"""Feeds as servers answered them; `dateline ingest feeds` writes what the scorer reads."""

KIND = "feeds"
GIVEN = ("id", "bytes_b64", "content_type", "url", "content_location", "content_language")


def case(row):
    return {key: row[key] for key in GIVEN if row.get(key) is not None}
