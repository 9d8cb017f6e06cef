"""PLOVER events: one for each pair of actor and recipient; dateline's other types are left out."""
from . import text_only as article


def party(participant):
    if participant is None:
        return None
    country = "IGO" if participant.get("igo") else participant["country"]
    return {"country": country, "role": participant["sector"]}


def prediction(row, record):
    events = []
    for event in record["events"]:
        if event["type"].startswith("OTHER"):
            continue
        for actor in event["actors"] or [None]:
            for recipient in event["recipients"] or [None]:
                events.append({"type": event["type"], "score": event["confidence"],
                               "source": party(actor), "target": party(recipient)})
    return {"id": row["id"], "events": events}
