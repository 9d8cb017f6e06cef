"""From dateline's annotations to what each scorer reads.

A module each, with two functions:
  article(row)             what dateline is given for a row of gold: never its annotations
  prediction(row, record)  what the scorer is given for dateline's record
or, for what is read by `dateline ingest`, whose records are what the scorer reads:
  KIND                     the kind of input
  case(row)                what dateline is given for a row
  rows(file)               where a file is not JSON a line: its rows
"""

GIVEN = ("id", "title", "source", "date", "language", "url", "text")


def text_only(row):
    """The article of a gold row, without what the gold says about it."""
    return {key: row[key] for key in GIVEN if row.get(key) is not None}
