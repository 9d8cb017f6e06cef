"""Country and PLOVER sector of an actor phrase, in its sentence or by itself: those of the actor that dateline finds there."""


def article(row):
    given = {"id": row["id"], "text": row.get("context") or row["text"]}
    if row.get("date"):
        given["date"] = row["date"]
    return given


def place(row):
    """Where the phrase stands in the text that dateline was given; without an own place it is the context."""
    if "start" in row:
        return row["start"], row["end"]
    given = article(row)["text"]
    words = row["text"].split()
    for count in range(len(words), 0, -1):  # phrases are shortened in places: its beginning
        part = " ".join(words[:count])
        start = given.find(part)
        if start >= 0:
            return start, start + len(part)
    return 0, len(given)


def prediction(row, record):
    start, end = place(row)
    shared = lambda span: min(span[1], end) - max(span[0], start)
    actors = [actor for actor in record["actors"] if shared(actor["span"]) > 0]
    if actors:
        actor = min(actors, key=lambda actor: actor["span"][0])  # an English phrase begins with its head
        country, org = actor["country"], actor.get("igo", False)
        return {"id": row["id"], "country": None if org else country, "role": actor["sector"], "org": "IGO" if org else None}
    # No actor, but perhaps the name of a place or people.
    toponyms = [toponym for toponym in record["toponyms"] if shared(toponym["span"]) > 0]
    return {"id": row["id"], "country": toponyms[0]["country"] if toponyms else None, "role": None}
