"""Countries mentioned, countries it is about, the main one, and the country of each place name."""
from . import text_only as article


def prediction(row, record):
    about = record["countries"]
    return {"id": row["id"], "countries": record["countries_mentioned"], "about": about,
            "primary": about[0] if about else None,
            "mentions": [{"start": toponym["span"][0], "end": toponym["span"][1], "country": toponym["country"]}
                         for toponym in record["toponyms"]]}
